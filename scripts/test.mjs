// `npm test`: prepares what the tests need, runs jest, and stops everything. Arguments go to jest (`npm test -- workflows`).
// `--database mysql` tests with MySQL where MariaDB is here too. `--record FOLDER` is for record-histories.mjs; `--pictures FOLDER`, with
// `--width PIXELS` of the phone's screen, for `npm run manual`; `--seeds COUNT` and `--seed FIRST` for `npm run interleavings`.
import './node-version.mjs';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { provideChromium } from './chromium.mjs';
import { buildConsole } from './console.mjs';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { provideKustomize } from './kustomize.mjs';
import { provideLogVerifiers } from './log-verifiers.mjs';
import { provideJoseVerifier } from './jose-verifier.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { provideDatabaseServer, provideMysql, startTestDatabase } from './mysql.mjs';
import { providePdfVerifiers } from './pdf-verifiers.mjs';
import { createPorts } from './ports.mjs';
import { createProcesses, endGroup } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { providePrometheus } from './prometheus.mjs';
import { provideRareFont } from './rare-font.mjs';
import { UserError, userMessageOf } from './user-error.mjs';
import { provideExamplesPython, provideJava, provideRegistryClient } from './registry-client.mjs';
import { build } from './services.mjs';
import { provideTemporalCli, startTemporal } from './temporal.mjs';
import { needsOf } from './test-needs.mjs';
import { provideTimeSkippingServer } from './time-skipping.mjs';

/** @import { Tools } from './processes.mjs' */

const root = join(import.meta.dirname, '..');
const jestProgram = join(root, 'node_modules/jest/bin/jest.js');
const { args, databaseKind, options } = readArguments(process.argv.slice(2));

const dataDir = mkdtempSync(join(tmpdir(), 'rid-test-'));
const processes = createProcesses(dataDir);
const { say, during } = createProgress();
/** @type {Promise<number>} */
const interrupted = new Promise((resolve) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => resolve(130));
});
/** @type {import('node:child_process').ChildProcess | undefined} */
let jest;
let exitCode = 1;
let keepLogs = false;
try {
  exitCode = await Promise.race([test(), processes.crashed, interrupted]);
} catch (error) {
  process.stderr.write(`\n${userMessageOf(error)}\n`);
  keepLogs = true;
}
// A test that was cut off has not ended what it started, and that still needs the servers to end in order.
if (jest) await endGroup(jest);
await processes.stop();
if (!keepLogs) rmSync(dataDir, { recursive: true, force: true });
process.exit(exitCode);

async function test() {
  if (!areDependenciesInstalled(root)) {
    await during('dependencies', (report) => installDependencies({ processes, report }, root));
  }
  const list = [jestProgram, '--listTests', '--json', ...args];
  const { stdout } = await promisify(execFile)(process.execPath, list, { cwd: root });
  return await runJest(await prepare(needsOf(JSON.parse(stdout))));
}

/**
 * @param {Set<string>} needs names of files in test/setup/needs/
 * @returns what each of them hands out
 */
async function prepare(needs) {
  if (needs.size > 0) say('Preparing the tests');
  /**
   * @template T
   * @param {string} need
   * @param {() => T} work
   */
  const ifNeeded = (need, work) => (needs.has(need) ? work() : undefined);
  /**
   * @template T
   * @param {string} need
   * @param {string} title
   * @param {(tools: Tools) => Promise<T>} program
   */
  const provide = (need, title, program) =>
    ifNeeded(need, () => during(title, (report) => program({ processes, report })));
  // One after the other: what has to be installed is installed by apt, which runs once at a time.
  const chromium = await provide('chromium', 'Chromium', provideChromium);
  const databaseServer = await provide(
    'database',
    'database server',
    databaseKind === 'mysql' ? provideMysql : provideDatabaseServer,
  );
  // Tests start servers of their own too.
  if (databaseServer && databaseKind) {
    process.env.PATH = [dirname(databaseServer.program), process.env.PATH].join(delimiter);
  }
  const cli = await provide('temporal', 'Temporal CLI', provideTemporalCli);
  const timeSkippingServer = await provide(
    'time-skipping-server',
    'time-skipping server',
    provideTimeSkippingServer,
  );
  const java = await provide('java', 'Java', provideJava);
  const examplesPython = await provide('examples-python', 'Python', provideExamplesPython);
  const registryClient = await provide(
    'registry-client',
    'client for registration systems',
    provideRegistryClient,
  );
  const rareFont = await provide('rare-font', 'font of rare characters', provideRareFont);
  const pdfVerifiers = await provide('pdf-verifiers', 'verifiers of PDFs', providePdfVerifiers);
  const logVerifiers = await provide('log-verifiers', 'verifiers of the log', provideLogVerifiers);
  const prometheus = await provide('prometheus', 'Prometheus', providePrometheus);
  const kustomize = await provide('kustomize', 'kustomize', provideKustomize);
  const joseVerifier = await provide('jose-verifier', 'Python libraries', provideJoseVerifier);
  const ports = createPorts(dataDir, say);
  const databasePort = await ifNeeded('database', () => ports.take('the database', 23_306));
  const temporalPort = await ifNeeded('temporal', () => ports.take('Temporal', 27_233));
  const targets = /** @type {const} */ (['h5', 'alipay', 'weapp']).filter((target) => needs.has(target));
  const [database, address] = await Promise.all([
    databaseServer &&
      databasePort &&
      during('database', (report) =>
        startTestDatabase({ processes, report, dataDir, port: databasePort, server: databaseServer }),
      ),
    cli &&
      temporalPort &&
      during('Temporal', () =>
        // So that tests reach several runs of one journey within seconds.
        startTemporal({ processes, cli, dataDir, port: temporalPort, longHistory: 400 }),
      ),
    ifNeeded('services', () => during('build', () => build({ processes, root }))),
    ifNeeded('console', () => during('clerk console', (report) => buildConsole({ processes, report }, root))),
    targets.length > 0 &&
      during('mini-program', (report) => buildMiniapp({ processes, report }, root, targets)),
  ]);
  return {
    ...{ chromium, database, temporal: { address, cli }, 'time-skipping-server': timeSkippingServer },
    ...{ java, 'examples-python': examplesPython, 'registry-client': registryClient },
    ...{ 'rare-font': rareFont, 'pdf-verifiers': pdfVerifiers },
    ...{ 'log-verifiers': logVerifiers, 'jose-verifier': joseVerifier, prometheus, kustomize },
    console: join(root, 'console/dist/pages'),
    ...Object.fromEntries(targets.map((target) => [target, join(root, 'miniapp/dist', target)])),
  };
}

/** @param {object} testPreparations */
async function runJest(testPreparations) {
  const globals = JSON.stringify({ testPreparations, testRunOptions: options });
  jest = spawn(process.execPath, [jestProgram, '--globals', globals, ...args], {
    ...{ cwd: root, stdio: 'inherit', env: { ...process.env, TZ: 'Asia/Shanghai' } },
    // In a group with all that its tests start.
    detached: true,
  });
  const [code] = await once(jest, 'exit');
  return code ?? 1;
}

/** @param {string[]} all */
function readArguments(all) {
  const args = [...all];
  /** @param {string} name */
  const take = (name) => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args.splice(at, 2)[1];
  };
  const databaseKind = take('--database');
  if (![undefined, 'mysql'].includes(databaseKind)) throw new UserError('--database can be mysql.');
  const options = {
    recordTo: take('--record'),
    picturesTo: take('--pictures'),
    picturesWidth: Number(take('--width')) || undefined,
    interleavings: {
      seeds: Number(take('--seeds')) || undefined,
      seed: Number(take('--seed')) || undefined,
    },
  };
  return { args, databaseKind, options };
}
