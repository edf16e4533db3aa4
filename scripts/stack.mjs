import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { provideKeys, writeRegistries } from './embedded-keys.mjs';
import { provideOpenssl } from './evidence-authorities.mjs';
import { signInFirst } from './first-sign-in.mjs';
import { provideDatabaseServer, startDatabase } from './mysql.mjs';
import { createPorts, greeting } from './ports.mjs';
import { UserError } from './user-error.mjs';
import {
  addClerks,
  build,
  migrate,
  pushSamples,
  serviceEnvironment,
  startApi,
  startSandbox,
  startWorker,
} from './services.mjs';
import { provideRareFont } from './rare-font.mjs';
import { provideTemporalCli, startTemporal } from './temporal.mjs';

/**
 * @import { Keys } from './embedded-keys.mjs'
 * @import { Database, DatabaseServer } from './mysql.mjs'
 * @import { Ports } from './ports.mjs'
 * @import { Processes } from './processes.mjs'
 * @import { Progress } from './progress.mjs'
 * @import { Holder } from '../sandbox/alipay/settings.ts'
 */

/**
 * The addresses in `urls.json`, and the persons and clerks that one can be there.
 * @typedef Urls
 * @property {string} [miniapp] if it is built
 * @property {string} [console]
 * @property {string} api
 * @property {string} apiDocs
 * @property {string} [temporalUi] unless TEMPORAL_ADDRESS names a server of others
 * @property {string} [temporalMetrics]
 * @property {string} temporalAddress
 * @property {string} databaseUrl
 * @property {string} alipaySandbox
 * @property {string} registrySandbox
 * @property {string} timeStampingSandbox
 * @property {string} signerCaSandbox
 * @property {string} workerMetrics
 * @property {{ persons: { account: string, name: string }[], clerks: DemoClerk[] }} demo
 * @property {string} [caFile] whose certificates are to be trusted, where servers have TLS
 * @property {string} [operatorCertFile] who an operator is, for Temporal
 * @property {string} [operatorKeyFile]
 * @property {string} [temporalNamespace] unless it is `default`
 */

/** @typedef {Pick<Keys['clerks'][number], 'login' | 'password' | 'role' | 'passkey' | 'totp'>} DemoClerk */

/** Each starts a part again that has ended. @typedef {Awaited<ReturnType<typeof startStack>>['parts']} Parts */

/**
 * @typedef StackOptions
 * @property {string} root
 * @property {string} dataDir
 * @property {Processes} processes
 * @property {Progress} progress
 * @property {boolean} samples whether the sample matters are pushed
 * @property {string} [personsFile] the account holders of Alipay's sandbox, the samples unless given
 * @property {string | undefined} [profiles] the folder for a CPU profile of each service, written when it ends
 */

/** @typedef {Pick<StackOptions, 'dataDir' | 'processes'> & Pick<Progress, 'during'> & { ports: Ports }} Preparation */
/** @typedef {{ address: string, ui?: string, metrics?: string }} Temporal */

/**
 * Starts everything: database and Temporal unless the environment names them, then the sandbox, the worker and the api.
 * @param {StackOptions} options
 */
export async function startStack({ root, dataDir, processes, progress, samples, personsFile, profiles }) {
  const { say, during } = progress;
  const ports = createPorts(dataDir, say);
  // People remember the api's port, so the api goes back to it; the others stay where they once moved to.
  const api = at(await ports.take('the api', portFrom(process.env.PORT) ?? 8080, { stay: false }));
  const alipay = at(await ports.take('the Alipay sandbox', 9101));
  const registry = at(await ports.take('the registration sandbox', 9102));
  const timeStamping = at(await ports.take('the time-stamping sandbox', 9103));
  const signerCa = at(await ports.take('the certification sandbox', 9104));
  const virusScanner = at(await ports.take('the virus scanner sandbox', 9105));
  const metricsPort = await ports.take("the worker's figures", 9464);
  await provideOpenssl({ processes, report: () => undefined });
  const keys = provideKeys(dataDir);

  const servers = async () => {
    const startingDatabase = await prepareDatabase({ dataDir, processes, ports, during });
    const startingTemporal = await prepareTemporal({ dataDir, processes, ports, during });
    // Without it, documents name the code points of rare characters.
    await during('font of rare characters', (report) => provideRareFont({ processes, report })).catch(
      () => {},
    );
    const [database, temporal] = await Promise.all([startingDatabase(), startingTemporal()]);
    return { database, temporal, startingDatabase, startingTemporal };
  };
  const [{ database, temporal, startingDatabase, startingTemporal }] = await Promise.all([
    servers(),
    during('build', () => build({ processes, root })),
  ]);

  const registriesFile = writeRegistries(keys, `${registry.url}/callbacks`);
  const env = serviceEnvironment({
    api,
    database,
    temporalAddress: temporal.address,
    temporalUi: temporal.ui,
    alipaySandbox: alipay.url,
    timeStamping,
    signerCa,
    virusScanner,
    keys,
    registriesFile,
    metricsPort,
  });
  const sandboxes = { alipay, registry, timeStamping, signerCa, virusScanner };
  const service = { processes, root, dataDir, env, database, keys, api, ...sandboxes, personsFile, profiles };
  await during('migrations', () => migrate(service));
  await during('sandbox, worker, api and clerks', () =>
    Promise.all([startSandbox(service), startWorker(service), startApi(service), addClerks(service)]),
  );
  await during('first sign-in of the clerks', () => signInFirst(service));
  if (samples) await during('sample matters', () => pushSamples(registry.url));

  /** @type {Urls} */
  const urls = {
    ...(existsSync(join(root, 'miniapp/dist/h5')) && { miniapp: `${api.url}/` }),
    ...(existsSync(join(root, 'console/dist/pages')) && { console: `${api.url}/console` }),
    api: api.url,
    apiDocs: `${api.url}/docs`,
    ...(temporal.ui && { temporalUi: temporal.ui, temporalMetrics: temporal.metrics }),
    temporalAddress: temporal.address,
    databaseUrl: database.url,
    alipaySandbox: alipay.url,
    registrySandbox: registry.url,
    timeStampingSandbox: timeStamping.url,
    signerCaSandbox: signerCa.url,
    workerMetrics: `http://127.0.0.1:${metricsPort}/metrics`,
    demo: demoOf(root, keys),
  };
  const parts = {
    database: startingDatabase,
    temporal: startingTemporal,
    sandbox: () => startSandbox(service),
    worker: (name = 'worker') =>
      // A second worker leaves the port for figures to the first.
      startWorker(name === 'worker' ? service : { ...service, env: { ...env, METRICS_PORT: '0' } }, name),
    api: () => startApi(service),
    migrations: () => migrate(service),
  };
  return { urls, parts };
}

/**
 * Installs what is missing, one after the other (apt runs once at a time).
 * @param {Preparation} preparation
 * @returns {Promise<() => Promise<Database>>} a function that starts it
 */
async function prepareDatabase({ dataDir, processes, ports, during }) {
  const url = process.env.DATABASE_URL;
  if (url) {
    return () => during('database of DATABASE_URL', () => checkDatabase(url));
  }
  const server = await during(
    'database server',
    (report) => provideDatabaseServer({ processes, report }),
    kindOf,
  );
  const port = await ports.take('the database', 13_306);
  return () => during('database', (report) => startDatabase({ processes, report, dataDir, port, server }));
}

/**
 * @param {Preparation} preparation
 * @returns {Promise<() => Promise<Temporal>>}
 */
async function prepareTemporal({ dataDir, processes, ports, during }) {
  const address = process.env.TEMPORAL_ADDRESS;
  if (address) {
    return () => during('Temporal of TEMPORAL_ADDRESS', () => checkTemporal(address));
  }
  const cli = await during('Temporal CLI', (report) => provideTemporalCli({ processes, report }));
  const port = await ports.take('Temporal', 7233);
  const uiPort = await ports.take("Temporal's UI", 8233);
  const metricsPort = await ports.take("Temporal's figures", 9465);
  return async () => ({
    address: await during('Temporal', () =>
      startTemporal({ processes, cli, dataDir, port, uiPort, metricsPort }),
    ),
    ui: `http://127.0.0.1:${uiPort}`,
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
  });
}

/**
 * @param {string} url
 * @returns {Promise<Database>}
 */
async function checkDatabase(url) {
  const { hostname, port } = new URL(url);
  const bytes = await greeting(hostname, Number(port || 3306), 5_000).catch(() => Buffer.alloc(0));
  if (bytes[4] !== 10) throw new UserError('No MySQL answers at the address in DATABASE_URL.');
  const {
    KEYS_DATABASE: keysDatabase,
    DATABASE_API_URL: apiUrl,
    DATABASE_WORKER_URL: workerUrl,
  } = process.env;
  if (!apiUrl || !workerUrl) return { url, keysDatabase, apiUrl, workerUrl };
  const users = { api: new URL(apiUrl).username, worker: new URL(workerUrl).username };
  return { url, keysDatabase, users, apiUrl, workerUrl };
}

/** @param {string} address */
async function checkTemporal(address) {
  const { hostname, port } = new URL(`tcp://${address}`);
  await greeting(hostname, Number(port || 7233), 5_000).catch(() => {
    throw new UserError(`Nothing answers at TEMPORAL_ADDRESS (${address}).`);
  });
  return { address };
}

/** @param {DatabaseServer} server */
function kindOf({ kind, program }) {
  return `${{ mariadb: 'MariaDB', mysql: 'MySQL', docker: 'MySQL in Docker' }[kind]} (${program})`;
}

/** @param {string | undefined} text */
function portFrom(text) {
  if (!text) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UserError(`PORT must be a port number, not ${JSON.stringify(text)}.`);
}

/** @param {number} port */
export function at(port) {
  return { port, url: `http://127.0.0.1:${port}` };
}

/**
 * Whom people and drivers can be.
 * @param {string} root
 * @param {Keys} keys
 * @returns {Urls['demo']}
 */
export function demoOf(root, keys) {
  const clerks = keys.clerks.map(({ login, password, role, passkey, totp }) => ({
    ...{ login, password, role, passkey, totp },
  }));
  return { persons: demoPersons(root), clerks };
}

/**
 * @param {string} root
 * @returns {Urls['demo']['persons']}
 */
function demoPersons(root) {
  const file = join(root, 'samples/persons.json');
  if (!existsSync(file)) return [];
  /** @type {Holder[]} */
  const holders = JSON.parse(readFileSync(file, 'utf8'));
  return holders.map(({ account, name }) => ({ account, name }));
}
