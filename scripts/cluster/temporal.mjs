import { dirname, delimiter, join } from 'node:path';
import { greeting, until } from '../ports.mjs';
import { UserError } from '../user-error.mjs';

/**
 * @import { Certificates } from './certificates.mjs'
 * @import { Persistence } from './persistence.mjs'
 * @import { Processes } from '../processes.mjs'
 */

export const NAMESPACE = 'registration-identity';

/** Its processes and the service of each, in the order of their start. */
export const HOSTS = /** @type {const} */ ({
  'history-1': 'history',
  'history-2': 'history',
  'matching-1': 'matching',
  'matching-2': 'matching',
  frontend: 'frontend',
  'system-worker': 'worker',
});

/** @typedef {keyof typeof HOSTS} HostName */

const READY_MS = 60_000;
const deploy = join(import.meta.dirname, '../../deploy/temporal');

/**
 * @typedef TemporalCluster
 * @property {Processes} processes
 * @property {string} programs the folder of Temporal's server
 * @property {string} cli
 * @property {Certificates} certificates
 * @property {Persistence} persistence
 * @property {Record<HostName, { grpc: number, membership: number }>} ports
 */

/**
 * Brings the schemas to the server's version, starts every host and sets the namespace up, with the scripts of deploy/.
 * @param {TemporalCluster} cluster
 * @returns the address of the frontend
 */
export async function startTemporalCluster(cluster) {
  const { processes, programs, cli, certificates, persistence, ports } = cluster;
  await processes.run({
    name: 'temporal-schema',
    command: 'sh',
    args: [join(deploy, 'schema.sh')],
    env: { ...process.env, PATH: [programs, process.env.PATH].join(delimiter), ...persistence.schemaTool },
  });
  const [first, ...others] = /** @type {HostName[]} */ (Object.keys(HOSTS));
  // All at once, they would write the cluster's first metadata at once, and all but one of them would end.
  if (first) await startHost(cluster, first);
  await Promise.all(others.map((name) => startHost(cluster, name)));
  const address = `localhost:${ports.frontend.grpc}`;
  const { certificate, key } = certificates.of('operator');
  const env = {
    ...process.env,
    PATH: [dirname(cli), process.env.PATH].join(delimiter),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: NAMESPACE,
    TEMPORAL_TLS_CLIENT_CERT_PATH: certificate,
    TEMPORAL_TLS_CLIENT_KEY_PATH: key,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: certificates.root,
  };
  const isServing = async () => {
    const args = ['operator', 'cluster', 'health', '--command-timeout', '2s'];
    return (await processes.run({ name: 'temporal-cli', command: cli, args, env })).includes('SERVING');
  };
  if (!(await until(isServing, READY_MS))) {
    throw new UserError(`Temporal did not answer within ${READY_MS / 1000} s.`);
  }
  await processes.run({ name: 'temporal-set-up', command: 'sh', args: [join(deploy, 'set-up.sh')], env });
  return address;
}

/**
 * Starts one host, and waits until it listens.
 * @param {TemporalCluster} cluster
 * @param {HostName} name
 */
export async function startHost({ processes, programs, certificates, persistence, ports }, name) {
  const service = HOSTS[name];
  const { grpc, membership } = ports[name];
  const own = service.toUpperCase();
  const { certificate, key } = certificates.of('temporal');
  await processes.start({
    name,
    rank: 1,
    command: join(programs, 'temporal-server'),
    args: ['start', '--service', service],
    env: {
      ...process.env,
      ...persistence.server,
      LOG_LEVEL: 'warn',
      BIND_ON_IP: '127.0.0.1',
      NUM_HISTORY_SHARDS: '512',
      // Each host writes the frontend's address into the cluster's metadata.
      FRONTEND_GRPC_PORT: String(ports.frontend.grpc),
      [`${own}_GRPC_PORT`]: String(grpc),
      [`${own}_MEMBERSHIP_PORT`]: String(membership),
      // Where the system worker finds the frontend; 0 is no port for HTTP.
      PUBLIC_FRONTEND_ADDRESS: `localhost:${ports.frontend.grpc}`,
      FRONTEND_HTTP_PORT: '0',
      DYNAMIC_CONFIG_FILE_PATH: join(deploy, 'dynamic-config.yaml'),
      TEMPORAL_TLS_REQUIRE_CLIENT_AUTH: 'true',
      TEMPORAL_TLS_SERVER_CERT: certificate,
      TEMPORAL_TLS_SERVER_KEY: key,
      TEMPORAL_TLS_SERVER_CA_CERT: certificates.root,
      TEMPORAL_TLS_FRONTEND_CERT: certificate,
      TEMPORAL_TLS_FRONTEND_KEY: key,
      TEMPORAL_TLS_CLIENT1_CA_CERT: certificates.root,
      TEMPORAL_TLS_CLIENT2_CA_CERT: certificates.root,
      TEMPORAL_TLS_INTERNODE_SERVER_NAME: 'localhost',
      TEMPORAL_TLS_FRONTEND_SERVER_NAME: 'localhost',
    },
  });
  const isListening = async () => (await greeting('127.0.0.1', grpc, 100)) && true;
  if (!(await until(isListening, READY_MS))) {
    throw new UserError(`Temporal's ${name} did not listen within ${READY_MS / 1000} s.`);
  }
}
