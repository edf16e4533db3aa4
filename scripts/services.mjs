import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './ports.mjs';
import { UserError } from './user-error.mjs';

/**
 * @import { Keys } from './embedded-keys.mjs'
 * @import { Database } from './mysql.mjs'
 * @import { Processes } from './processes.mjs'
 */

const APP_ID = '2021000000000001';
const CALLBACK_KEY_ID = 'embedded-callbacks-1';
const READY_MS = 60_000;

/** @typedef {{ port: number, url: string }} Address */

/**
 * What the services are started with.
 * @typedef Installation
 * @property {Processes} processes
 * @property {string} root
 * @property {string} dataDir
 * @property {NodeJS.ProcessEnv} env
 * @property {Database} database
 * @property {Keys} keys
 * @property {Address} api
 * @property {Address} alipay
 * @property {Address} registry
 * @property {Address} timeStamping
 * @property {Address} signerCa
 * @property {Address} virusScanner
 * @property {string | undefined} [personsFile] the account holders of Alipay's sandbox, the samples unless given
 * @property {string | undefined} [profiles] the folder for a CPU profile of each service, written when it ends
 */

/**
 * The environment of all services, except the address by which api and worker reach the database. All other variables of
 * docs/configuration.md come from this process's environment.
 * @param {object} options
 * @param {Address} options.api
 * @param {Database} options.database
 * @param {string} options.temporalAddress
 * @param {string | undefined} options.temporalUi
 * @param {string} options.alipaySandbox
 * @param {Address} options.timeStamping
 * @param {Address} options.signerCa
 * @param {Address} options.virusScanner
 * @param {Keys} options.keys
 * @param {string} options.registriesFile
 * @param {number} options.metricsPort
 * @returns {NodeJS.ProcessEnv}
 */
export function serviceEnvironment({
  api,
  database,
  temporalAddress,
  temporalUi,
  alipaySandbox,
  timeStamping,
  signerCa,
  virusScanner,
  keys,
  registriesFile,
  metricsPort,
}) {
  return {
    LOG_LEVEL: 'info',
    // No balancer stands before it.
    DRAIN_SECONDS: '0',
    // The sandbox's; Alipay publishes no list, so a deployment has its contract's.
    ALIPAY_FACE_FAIL_REASONS: JSON.stringify({
      Z1146: 'poor-picture',
      Z1147: 'portrait',
      Z5110: 'unavailable',
      Z5114: 'identity',
      Z5120: 'source-unusable',
      Z5130: 'undecidable',
    }),
    ALIPAY_BANK_CARD_REASONS: '{"MISMATCH":"mismatch","NO_RECORD":"undecidable"}',
    ALIPAY_AUTHORIZED_IDENTITY: 'true',
    ALIPAY_CONFIRMED_TEMPLATE: '5a0db0c5a0db0c5a0db0c5a0db0c0001',
    SUPPORT_QR_FILE: join(import.meta.dirname, '../samples/support-qr.png'),
    NATIONAL_DESK_FILE: join(import.meta.dirname, '../samples/national-desk.json'),
    VIRUS_SCANNER_ADDRESS: new URL(virusScanner.url).host,
    FACE_DOCUMENTS:
      'resident-id,hmt-residence-permit,hk-macau-travel-permit,taiwan-travel-permit,foreign-permanent-resident-id',
    ...process.env,
    APP_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(api.port),
    PUBLIC_URL: api.url,
    DATABASE_URL: database.url,
    ...(database.keysDatabase && { KEYS_DATABASE: database.keysDatabase }),
    ...(database.users && {
      DATABASE_API_USER: database.users.api,
      DATABASE_WORKER_USER: database.users.worker,
    }),
    TEMPORAL_ADDRESS: temporalAddress,
    ...(temporalUi && { TEMPORAL_UI_URL: temporalUi }),
    TEMPORAL_NAMESPACE: process.env.TEMPORAL_NAMESPACE || 'default',
    ALIPAY_GATEWAY: `${alipaySandbox}/gateway.do`,
    ALIPAY_APP_ID: APP_ID,
    ALIPAY_PRIVATE_KEY_FILE: keys.alipayApp.privateKey,
    ...(keys.alipayCertificates
      ? {
          ALIPAY_APP_CERT_FILE: keys.alipayCertificates.appFile,
          ALIPAY_ROOT_CERT_FILE: keys.alipayCertificates.rootFile,
          ALIPAY_PUBLIC_CERT_FILE: keys.alipayCertificates.alipayFile,
        }
      : { ALIPAY_PUBLIC_KEY_FILE: keys.alipayGateway.publicKey }),
    KEYS_FILE: keys.keyRing,
    REGISTRIES_FILE: registriesFile,
    REGISTRY_SIGNING_KEY_FILE: keys.callbacks.privateKey,
    REGISTRY_SIGNING_KEY_ID: CALLBACK_KEY_ID,
    ...logVariables(keys),
    SIGNING_KEYS_FILE: keys.evidence.signing.list,
    SIGNING_KEY_FILE: keys.evidence.signing.key,
    TIME_STAMP_URL: timeStamping.url,
    TIME_STAMP_ROOTS_FILE: keys.evidence.timeStamping.roots,
    SIGNER_CA_URL: signerCa.url,
    SIGNER_CA_ROOTS_FILE: keys.evidence.signerCa.authority.certificate,
    H5_AUTHORIZE_URL: `${alipaySandbox}/authorize`,
    METRICS_TOKEN: keys.metricsToken,
    METRICS_PORT: String(metricsPort),
    TZ: 'Asia/Shanghai',
  };
}

/** Of the transparency log. Its name stays when the api's port changes. @param {Keys} keys */
export function logVariables({ transparencyLog }) {
  return {
    TLOG_ORIGIN: 'embedded.localhost/log',
    TLOG_SIGNING_KEY_FILE: transparencyLog.privateKey,
    TLOG_PUBLIC_KEYS_FILE: transparencyLog.publicKey,
  };
}

/**
 * Compiles what changed. In a process of its own, since the bundler takes much memory.
 * @param {Pick<Installation, 'processes' | 'root'>} installation
 * @returns its output
 */
export async function build({ processes, root }) {
  const script = join(root, 'scripts/build.mjs');
  return await processes.run({ name: 'build', command: process.execPath, args: [script], cwd: root });
}

/** Brings the database's tables to what this version needs. @param {Pick<Installation, 'processes' | 'root' | 'env'>} installation */
export async function migrate({ processes, root, env }) {
  await processes.run({
    name: 'migrate',
    command: process.execPath,
    args: [join(root, 'dist/db/migrate.js')],
    env,
  });
}

/** Makes the missing accounts of the clerks, with their one-time passwords. @param {Installation} installation */
export async function addClerks({ processes, root, env, keys }) {
  await processes.run({
    name: 'add-clerk',
    command: process.execPath,
    args: [join(root, 'dist/db/add-clerk.js')],
    env,
    input: JSON.stringify(
      keys.clerks.map(({ login, name, role, scope, oneTimePassword: password }) => ({
        ...{ login, name, role, scope, password },
      })),
    ),
  });
}

/** Starts the servers that act as Alipay, a registration system, the authorities that seal evidence and a virus scanner. @param {Installation} installation */
export async function startSandbox({
  processes,
  root,
  dataDir,
  env,
  keys,
  api,
  alipay,
  registry,
  timeStamping,
  signerCa,
  virusScanner,
  personsFile = join(root, 'samples/persons.json'),
}) {
  const state = join(dataDir, 'sandbox');
  mkdirSync(state, { recursive: true });
  const settings = {
    alipay: {
      ...whereOf(alipay),
      appId: APP_ID,
      ...(keys.alipayCertificates
        ? { certificates: keys.alipayCertificates }
        : { appPublicKeyFile: keys.alipayApp.publicKey }),
      gatewayPrivateKeyFile: keys.alipayGateway.privateKey,
      personsFile,
      stateFile: join(state, 'alipay.json'),
    },
    registry: {
      ...whereOf(registry),
      apiUrl: api.url,
      systemId: 'sample-registry',
      keyId: 'sample-registry-1',
      privateKeyFile: keys.sampleRegistry.privateKey,
      callbackKeyId: CALLBACK_KEY_ID,
      callbackPublicKeyFile: keys.callbacks.publicKey,
      samplesDir: join(root, 'samples'),
      stateFile: join(state, 'registry.json'),
    },
    timeStamping: { ...listeningAt(timeStamping), configFile: keys.evidence.timeStamping.configFile },
    signerCa: {
      ...listeningAt(signerCa),
      ...keys.evidence.signerCa,
      signingKeysFile: keys.evidence.signing.list,
    },
    virusScanner: listeningAt(virusScanner),
  };
  const file = join(state, 'settings.json');
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
  await startService({ processes, root, env }, 'sandbox', 2, ['dist/sandbox/main.js', file], 'sandbox ready');
}

/**
 * @param {Pick<Installation, 'processes' | 'root' | 'env' | 'database'>} installation
 * @param {string} [name]
 */
export async function startWorker({ processes, root, env, database }, name = 'worker') {
  const own = { ...env, DATABASE_URL: database.workerUrl ?? database.url };
  await startService({ processes, root, env: own }, name, 3, ['dist/worker.js'], '"event":"worker_ready"');
}

/**
 * Starts the api and waits until it says that everything behind it answers too.
 * @param {Pick<Installation, 'processes' | 'root' | 'env' | 'database' | 'api'>} installation
 * @param {string} [name]
 */
export async function startApi({ processes, root, env, database, api }, name = 'api') {
  const own = { ...env, PORT: String(api.port), DATABASE_URL: database.apiUrl ?? database.url };
  await startService({ processes, root, env: own }, name, 4, ['dist/api/main.js'], '"event":"api_ready"');
  const isReady = async () => (await fetch(`${api.url}/health/ready`)).ok;
  if (!(await until(isReady, READY_MS))) {
    throw new UserError(
      `The api was not ready within ${READY_MS / 1000} s: ${api.url}/health/ready says why.`,
    );
  }
}

/** Has the sandbox's registration system push the sample matters that are missing. @param {string} registrySandbox its address */
export async function pushSamples(registrySandbox) {
  const response = await fetch(`${registrySandbox}/admin/push-samples`, { method: 'POST' });
  if (!response.ok) {
    throw new UserError(
      `The sample matters could not be pushed (status ${response.status}): ${(await response.text()).slice(0, 500)}`,
    );
  }
}

/**
 * @param {Pick<Installation, 'processes' | 'root' | 'env' | 'profiles'>} installation
 * @param {string} name
 * @param {number} rank
 * @param {[string, ...string[]]} program the script and its arguments
 * @param {string} readyText of the line that it writes when it is ready
 */
async function startService({ processes, root, env, profiles }, name, rank, [script, ...args], readyText) {
  const profiling = profiles ? ['--cpu-prof', '--cpu-prof-dir', join(profiles, name)] : [];
  await processes.start({
    name,
    rank,
    command: process.execPath,
    args: ['--enable-source-maps', ...profiling, join(root, script), ...args],
    cwd: root,
    env,
    ready: (line) => line.includes(readyText),
  });
}

/** @param {Address} address */
function whereOf({ port, url }) {
  return { ...listeningAt({ port }), publicUrl: url };
}

/** @param {Pick<Address, 'port'>} address */
function listeningAt({ port }) {
  return { host: '127.0.0.1', port };
}
