// `npm start`: everything this system needs, on this machine, until Ctrl-C. See docs/operations.md.
// package.json says `exec node`: npm passes SIGTERM on to the shell between us, which would keep it to itself.
import './node-version.mjs';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { acquireLock } from './lock.mjs';
import { buildMiniapp } from './miniapp.mjs';
import { createProcesses } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { UserError, userMessageOf } from './user-error.mjs';
import { startStack } from './stack.mjs';

const root = join(import.meta.dirname, '..');
// A terminal and npm may both pass on the same Ctrl-C; only a later one means that somebody can't wait.
const SAME_SIGNAL_MS = 1_500;

try {
  const { dataDir, samples } = readArguments();
  process.exitCode = await run(dataDir, samples);
} catch (error) {
  process.stderr.write(`\n${userMessageOf(error)}\n`);
  process.exitCode = 1;
}
process.exit();

/** Starts, waits for a signal or a crash, stops. Resolves with the exit code. */
async function run(dataDir, samples) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = acquireLock(
    join(dataDir, 'start.lock'),
    (pid) =>
      `It is already running on ${dataDir} (process ${pid}). Stop that one first, or give this one a directory of its own with --data.`,
  );
  const urlsFile = join(dataDir, 'urls.json');
  const progress = createProgress();
  const processes = createProcesses(dataDir);
  const interrupted = interruption(processes);
  try {
    rmSync(urlsFile, { force: true });
    const began = Date.now();
    const started = start({ dataDir, samples, processes, progress, urlsFile });
    const outcome = await Promise.race([interrupted, processes.crashed, started]);
    if (outcome !== 'interrupted') {
      printUrls(outcome, dataDir, Date.now() - began);
      await Promise.race([interrupted, processes.crashed]);
    }
    progress.say('\nStopping …');
    return 0;
  } catch (error) {
    process.stderr.write(`\n${userMessageOf(error)}\n\nStopping everything else …\n`);
    return 1;
  } finally {
    rmSync(urlsFile, { force: true });
    await processes.stop();
    unlock();
    progress.say('Stopped.');
  }
}

async function start({ dataDir, samples, processes, progress, urlsFile }) {
  const { say, during } = progress;
  say(`Starting, with data in ${dataDir}`);
  const left = await processes.stopLeftovers();
  if (left.length > 0) say(`  ! stopped what a start that was killed had left running: ${left.join(', ')}`);
  if (!areDependenciesInstalled(root)) {
    await during('dependencies', (report) => installDependencies({ processes, report }, root));
  }
  await during('mini-program', (report) => buildMiniapp({ processes, report }, root, ['h5']));
  const { urls } = await startStack({ root, dataDir, processes, progress, samples });
  // Whole or not at all, for who waits for the file.
  writeFileSync(`${urlsFile}.new`, `${JSON.stringify(urls, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${urlsFile}.new`, urlsFile);
  return urls;
}

function interruption(processes) {
  return new Promise((resolve) => {
    let first;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(name, () => {
        first ??= Date.now();
        if (Date.now() - first > SAME_SIGNAL_MS) processes.kill();
        resolve('interrupted');
      });
    }
  });
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { data: { type: 'string', default: join(root, '.data') }, 'no-samples': { type: 'boolean' } },
    });
    return { dataDir: resolve(values.data), samples: !values['no-samples'] };
  } catch (error) {
    throw new UserError(`${error.message}\nUsage: npm start [-- [--data <directory>] [--no-samples]]`);
  }
}

function printUrls(urls, dataDir, milliseconds) {
  const rows = [
    ['Mini-program (H5)', urls.miniapp],
    ['Clerk console', urls.console],
    ['API', urls.api],
    ['API, to read', urls.apiDocs],
    ["Temporal's UI", urls.temporalUi],
    ['Alipay sandbox', urls.alipaySandbox],
    ['Registration sandbox', urls.registrySandbox],
  ].filter(([, url]) => url);
  const lines = rows.map(([name, url]) => `  ${name.padEnd(22)}${url}`);
  const persons = urls.demo.persons.map(({ account, name }) => `${name} (${account})`);
  const clerks = urls.demo.clerks.map(({ login }) => login).join(', ');
  process.stdout.write(
    [
      `\nReady after ${(milliseconds / 1000).toFixed(1)} s.\n`,
      ...lines,
      ...(persons.length > 0 ? [`  ${'Persons to be'.padEnd(22)}${persons.slice(0, 3).join(', ')}`] : []),
      `  ${'Clerks to be'.padEnd(22)}${clerks}`,
      `  ${'Their passwords'.padEnd(22)}${join(dataDir, 'keys/clerks.json')}`,
      `  ${'Everything as JSON'.padEnd(22)}${join(dataDir, 'urls.json')}`,
      `  ${'Logs'.padEnd(22)}${join(dataDir, 'logs')}`,
      '\nCtrl-C stops it.\n',
    ].join('\n'),
  );
}
