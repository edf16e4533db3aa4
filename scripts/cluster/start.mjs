import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databasePasswords, provideMysql, startDatabase } from '../mysql.mjs';
import { temporalStatements } from '../database-users.mjs';
import { provideKeys, writeRegistries } from '../embedded-keys.mjs';
import { signInFirst } from '../first-sign-in.mjs';
import { createPorts } from '../ports.mjs';
import { provideRareFont } from '../rare-font.mjs';
import {
  addClerks,
  build,
  migrate,
  pushSamples,
  serviceEnvironment,
  startApi,
  startSandbox,
  startWorker,
} from '../services.mjs';
import { at, demoOf } from '../stack.mjs';
import { provideTemporalCli } from '../temporal.mjs';
import { provideBalancer, startBalancer } from './balancer.mjs';
import { provideCertificates } from './certificates.mjs';
import { persistenceIn } from './persistence.mjs';
import { providePostgresql, startPostgresql } from './postgresql.mjs';
import { HOSTS, NAMESPACE, startHost, startTemporalCluster } from './temporal.mjs';
import { provideTemporalPrograms } from './temporal-programs.mjs';

/**
 * @import { Certificates } from './certificates.mjs'
 * @import { Engine } from './persistence.mjs'
 * @import { HostName } from './temporal.mjs'
 * @import { Ports } from '../ports.mjs'
 * @import { StackOptions, Urls } from '../stack.mjs'
 */

/** @callback NetworkBefore @param {string} name @param {number} port @returns {Promise<number>} the port that takes its place */

/** Each starts a part again that has ended. @typedef {Awaited<ReturnType<typeof startCluster>>['parts']} ClusterParts */

/**
 * Starts on the loopback what production is: MySQL, Temporal as a cluster, two apis and two workers, and HAProxy before the apis, with
 * TLS between them. The sandboxes act as Alipay and the registration system.
 * @param {StackOptions & { engine: Engine, networkBefore?: NetworkBefore }} options `engine` keeps Temporal's histories; `networkBefore` puts something
 *   between the services and the server at a port
 */
export async function startCluster({ root, dataDir, processes, progress, samples, personsFile, ...more }) {
  const { engine, networkBefore = async (_, port) => port } = more;
  const { say, during } = progress;
  const certificates = provideCertificates();
  const mysql = await during('MySQL', (report) => provideMysql({ processes, report }));
  const postgresql =
    engine === 'postgresql'
      ? await during('PostgreSQL', (report) => providePostgresql({ processes, report }))
      : undefined;
  const balancer = await during('HAProxy', (report) => provideBalancer({ processes, report }));
  const cli = await during('Temporal CLI', (report) => provideTemporalCli({ processes, report }));
  const programs = await during('Temporal server', (report) =>
    provideTemporalPrograms({ processes, report }),
  );
  await during('font of rare characters', (report) => provideRareFont({ processes, report })).catch(() => {});
  const ports = createPorts(dataDir, say);
  const api = { port: await ports.take('the balancer', 8443), url: '' };
  api.url = `https://localhost:${api.port}`;
  const apis = /** @type {const} */ ([
    at(await ports.take('the first api', 8081)),
    at(await ports.take('the second api', 8082)),
  ]);
  const sandboxes = {
    alipay: at(await ports.take('the Alipay sandbox', 9101)),
    registry: at(await ports.take('the registration sandbox', 9102)),
    timeStamping: at(await ports.take('the time-stamping sandbox', 9103)),
    signerCa: at(await ports.take('the certification sandbox', 9104)),
    virusScanner: at(await ports.take('the virus scanner sandbox', 9105)),
  };
  const metrics = [
    await ports.take("the first worker's figures", 9464),
    await ports.take("the second worker's figures", 9466),
  ];
  const databasePort = await ports.take('the database', 13_306);
  const postgresqlPort = await ports.take('PostgreSQL', 15_432);
  const hostPorts = await portsOfHosts(ports);
  const keys = provideKeys(dataDir);

  const passwordOf = databasePasswords(dataDir);
  const startingDatabase = () =>
    startDatabase({
      ...{ processes, report: () => undefined, dataDir, port: databasePort, server: mysql },
      host: 'localhost',
      options: databaseOptions(certificates),
      sql: temporalStatements(passwordOf),
    });
  const startingPostgresql =
    postgresql &&
    (() =>
      startPostgresql({
        ...{ processes, server: postgresql, dataDir, port: postgresqlPort, certificates, passwordOf },
      }));
  const enginePort = postgresql ? postgresqlPort : databasePort;
  const persistence = persistenceIn(engine, { port: enginePort, passwordOf, certificates });
  const temporal = { processes, programs, cli, certificates, persistence, ports: hostPorts };
  const servers = async () => {
    const database = await during('database', startingDatabase);
    if (startingPostgresql) await during('PostgreSQL', startingPostgresql);
    const address = await during('Temporal', () => startTemporalCluster(temporal));
    return { database, address };
  };
  const [{ database, address }] = await Promise.all([
    servers(),
    during('build', () => build({ processes, root })),
  ]);

  const portOfDatabase = await networkBefore('database', databasePort);
  const portOfTemporal = await networkBefore('frontend', hostPorts.frontend.grpc);
  /** @param {string} [url] */
  const behindNetwork = (url) => url?.replace(`:${databasePort}/`, `:${portOfDatabase}/`);
  const env = {
    ...serviceEnvironment({
      ...{ api, database, temporalAddress: `localhost:${portOfTemporal}`, temporalUi: undefined, keys },
      ...{ timeStamping: sandboxes.timeStamping, signerCa: sandboxes.signerCa },
      ...{ virusScanner: sandboxes.virusScanner, alipaySandbox: sandboxes.alipay.url },
      registriesFile: writeRegistries(keys, `${sandboxes.registry.url}/callbacks`),
      metricsPort: 0,
    }),
    TEMPORAL_NAMESPACE: NAMESPACE,
    TRUSTED_PROXIES: '127.0.0.1',
    // HAProxy asks twice a second and believes the second no.
    DRAIN_SECONDS: '2',
    // All phones have the address of this machine.
    REQUESTS_PER_MINUTE_PER_ADDRESS: '100000',
    DATABASE_TLS: 'true',
    DATABASE_CA_FILE: certificates.root,
    TEMPORAL_TLS: 'true',
    TEMPORAL_TLS_CA_FILE: certificates.root,
  };
  const service = { processes, root, dataDir, env, database, keys, api, ...sandboxes, personsFile };
  const reached = {
    ...database,
    apiUrl: behindNetwork(database.apiUrl),
    workerUrl: behindNetwork(database.workerUrl),
  };
  /** @param {'api' | 'worker'} name */
  const withCertificate = (name) => ({
    TEMPORAL_TLS_CERT_FILE: certificates.of(name).certificate,
    TEMPORAL_TLS_KEY_FILE: certificates.of(name).key,
  });
  /** @param {0 | 1} at */
  const startingApi = (at) => () =>
    startApi(
      { ...service, database: reached, api: apis[at], env: { ...env, ...withCertificate('api') } },
      `api-${at + 1}`,
    );
  /** @param {0 | 1} at */
  const startingWorker = (at) => () => {
    const own = { ...env, ...withCertificate('worker'), METRICS_PORT: String(metrics[at]) };
    return startWorker({ ...service, database: reached, env: own }, `worker-${at + 1}`);
  };
  const parts = {
    database: startingDatabase,
    ...(startingPostgresql && { postgresql: startingPostgresql }),
    ...hostParts((name) => startHost(temporal, name)),
    'worker-1': startingWorker(0),
    'worker-2': startingWorker(1),
    'api-1': startingApi(0),
    'api-2': startingApi(1),
    balancer: () =>
      startBalancer({ processes, program: balancer, port: api.port, certificates, apis: [...apis] }),
    sandbox: () => startSandbox(service),
  };
  await during('migrations', () => migrate(service));
  await during('sandbox, workers, apis and clerks', () =>
    Promise.all([
      ...[parts.sandbox(), parts['worker-1'](), parts['worker-2'](), parts['api-1'](), parts['api-2']()],
      addClerks(service),
    ]),
  );
  await during('balancer', parts.balancer);
  await during('first sign-in of the clerks', () => signInFirst(service));
  if (samples) await during('sample matters', () => pushSamples(sandboxes.registry.url));

  /** @type {Urls} */
  const urls = {
    ...(existsSync(join(root, 'miniapp/dist/h5')) && { miniapp: `${api.url}/` }),
    ...(existsSync(join(root, 'console/dist/pages')) && { console: `${api.url}/console` }),
    api: api.url,
    apiDocs: `${api.url}/docs`,
    temporalAddress: address,
    temporalNamespace: NAMESPACE,
    databaseUrl: database.url,
    caFile: certificates.root,
    operatorCertFile: certificates.of('operator').certificate,
    operatorKeyFile: certificates.of('operator').key,
    alipaySandbox: sandboxes.alipay.url,
    registrySandbox: sandboxes.registry.url,
    timeStampingSandbox: sandboxes.timeStamping.url,
    signerCaSandbox: sandboxes.signerCa.url,
    workerMetrics: `http://127.0.0.1:${metrics[0]}/metrics`,
    demo: demoOf(root, keys),
  };
  return { urls, parts };
}

/** As docker-compose.yml has them, and nothing without TLS. @param {Certificates} certificates */
function databaseOptions({ root, of }) {
  const { certificate, key } = of('mysql');
  return [
    ...[`--ssl-ca=${root}`, `--ssl-cert=${certificate}`, `--ssl-key=${key}`, '--require-secure-transport=ON'],
    ...['--log-bin=binlog', '--binlog-ignore-db=registration_identity_keys', '--secure-file-priv=NULL'],
  ];
}

/** @param {Ports} ports @returns {Promise<Record<HostName, { grpc: number, membership: number }>>} */
async function portsOfHosts(ports) {
  /** @type {[string, { grpc: number, membership: number }][]} */
  const taken = [];
  for (const [at, name] of Object.keys(HOSTS).entries()) {
    const grpc = await ports.take(`Temporal's ${name}`, 7233 + at);
    taken.push([name, { grpc, membership: await ports.take(`the membership of ${name}`, 6933 + at) }]);
  }
  return /** @type {Record<HostName, { grpc: number, membership: number }>} */ (Object.fromEntries(taken));
}

/** @param {(name: HostName) => Promise<void>} start */
function hostParts(start) {
  const names = /** @type {HostName[]} */ (Object.keys(HOSTS));
  const starts = Object.fromEntries(names.map((name) => [name, () => start(name)]));
  return /** @type {Record<HostName, () => Promise<void>>} */ (starts);
}
