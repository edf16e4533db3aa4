// `npm test`: starts a database and a Temporal server of its own, runs jest against them, and stops them.
// Arguments go to jest (`npm test -- workflows`); `--no-build` tests against dist/ as it is; `--record FOLDER` is for
// record-histories.mjs, `--pictures FOLDER`, with
// `--width PIXELS` of the phone's screen, for `npm run manual`; `--seeds COUNT` and `--seed FIRST` for `npm run interleavings`.
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideChromium } from './chromium.mjs';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { provideDatabaseServer, startDatabase } from './mysql.mjs';
import { createPorts } from './ports.mjs';
import { createProcesses } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { userMessageOf } from './user-error.mjs';
import { build } from './services.mjs';
import { provideTemporalCli, startTemporal } from './temporal.mjs';
import { provideTimeSkippingServer } from './time-skipping.mjs';

const root = join(import.meta.dirname, '..');
const { args, build: isBuilt, given } = readArguments(process.argv.slice(2));

const dataDir = mkdtempSync(join(tmpdir(), 'rid-test-'));
const processes = createProcesses(dataDir);
const interrupted = new Promise((resolve) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => resolve(name));
});
let exitCode = 1;
let keepLogs = false;
try {
  exitCode = await Promise.race([test(), processes.crashed, interrupted.then(() => 130)]);
} catch (error) {
  process.stderr.write(`\n${userMessageOf(error)}\n`);
  keepLogs = true;
}
await processes.stop();
if (!keepLogs) rmSync(dataDir, { recursive: true, force: true });
process.exit(exitCode);

async function test() {
  const { say, during } = createProgress();
  say('Preparing the tests');
  if (!areDependenciesInstalled(root)) {
    await during('dependencies', (report) => installDependencies({ processes, report }, root));
  }
  const chromium = await during('Chromium', (report) => provideChromium({ processes, report }));
  await during('mini-program', (report) =>
    buildMiniapp({ processes, report }, root, ['h5', 'alipay', 'weapp']),
  );
  const [servers] = await Promise.all([
    startServers({ say, during }),
    isBuilt ? during('build', () => build({ processes, root })) : undefined,
  ]);
  return await runJest({ ...servers, chromium, ...given });
}

// Each in turn as far as something may have to be installed; then both servers at once.
async function startServers({ say, during }) {
  const ports = createPorts(dataDir, say);
  const server = await during('database server', (report) => provideDatabaseServer({ processes, report }));
  const cli = await during('Temporal CLI', (report) => provideTemporalCli({ processes, report }));
  const timeSkippingServer = await during('time-skipping server', (report) =>
    provideTimeSkippingServer({ processes, report }),
  );
  const port = await ports.take('the database', 23_306);
  const temporalPort = await ports.take('Temporal', 27_233);
  const [database, temporalAddress] = await Promise.all([
    during('database', (report) =>
      startDatabase({ processes, report, dataDir, port, server, forTests: true, durable: false }),
    ),
    during('Temporal', () => startTemporal({ processes, cli, dataDir, port: temporalPort })),
  ]);
  return {
    databaseUrl: database.url,
    databaseAdminUrl: database.adminUrl,
    temporalAddress,
    temporalCli: cli,
    timeSkippingServer,
  };
}

async function runJest(servers) {
  const jest = spawn(
    process.execPath,
    [
      join(root, 'node_modules/jest/bin/jest.js'),
      '--globals',
      JSON.stringify({ testServers: servers }),
      ...args,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, TZ: 'Asia/Shanghai' } },
  );
  const ended = once(jest, 'exit');
  void interrupted.then((name) => jest.kill(name));
  const [code] = await ended;
  return code ?? 1;
}

function readArguments(all) {
  const args = [...all];
  const take = (name) => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args.splice(at, 2)[1];
  };
  const given = {
    recordTo: take('--record'),
    picturesTo: take('--pictures'),
    picturesWidth: Number(take('--width')) || undefined,
    interleavings: {
      seeds: Number(take('--seeds')) || undefined,
      seed: Number(take('--seed')) || undefined,
    },
  };
  return {
    args: args.filter((arg) => arg !== '--no-build'),
    build: !args.includes('--no-build'),
    given,
  };
}
