import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { acquireLock } from './lock.mjs';
import { createProcesses } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { UserError, userMessageOf } from './user-error.mjs';

/**
 * @import { MayEnd, Processes } from './processes.mjs'
 * @import { StackOptions, Urls } from './stack.mjs'
 */

const root = join(import.meta.dirname, '..');
// A terminal and npm may both pass on the same Ctrl-C; only a later one means that everything is to end at once.
const SAME_SIGNAL_MS = 1_500;

/**
 * Starts everything, waits for a signal or a crash, and stops everything.
 * @param {{ dataDir: string, samples: boolean, waits: boolean, personsFile?: string }} options
 * @param {(run: StackOptions & { waits: boolean }) => Promise<Urls>} start returns the content of urls.json
 * @param {MayEnd} [mayEnd] see createProcesses
 * @returns the exit code
 */
export async function runInForeground({ dataDir, samples, waits, personsFile }, start, mayEnd) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = acquireLock(
    join(dataDir, 'start.lock'),
    (pid) =>
      `It is already running on ${dataDir} (process ${pid}). Stop that one first, or give this one a directory of its own with --data.`,
  );
  const urlsFile = join(dataDir, 'urls.json');
  const progress = createProgress();
  const processes = createProcesses(dataDir, { mayEnd });
  const interrupted = interruption(processes);
  try {
    rmSync(urlsFile, { force: true });
    const began = Date.now();
    const started = prepare({ dataDir, processes, progress }).then(() =>
      start({ root, dataDir, samples, waits, personsFile, processes, progress }),
    );
    const outcome = await Promise.race([interrupted, processes.crashed, started]);
    if (outcome !== 'interrupted') {
      // Renamed once it is complete: other programs wait for this file.
      writeFileSync(`${urlsFile}.new`, `${JSON.stringify(outcome, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${urlsFile}.new`, urlsFile);
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

/** @param {Pick<StackOptions, 'dataDir' | 'processes' | 'progress'>} run */
async function prepare({ dataDir, processes, progress: { say, during } }) {
  say(`Starting, with data in ${dataDir}`);
  const left = await processes.stopLeftovers();
  if (left.length > 0) say(`  ! stopped what a start that was killed had left running: ${left.join(', ')}`);
  if (!areDependenciesInstalled(root)) {
    await during('dependencies', (report) => installDependencies({ processes, report }, root));
  }
}

/**
 * @param {Processes} processes
 * @returns {Promise<'interrupted'>}
 */
function interruption(processes) {
  return new Promise((resolve) => {
    /** @type {number | undefined} */
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

/** The command line of `npm start` and `npm run dev`. @param {string} command */
export function readArguments(command) {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string', default: join(root, '.data') },
        'no-samples': { type: 'boolean' },
        'nobody-waits': { type: 'boolean' },
        persons: { type: 'string' },
      },
    });
    const { data, persons, 'no-samples': none, 'nobody-waits': nobody } = values;
    const personsFile = persons && { personsFile: resolve(persons) };
    return { dataDir: resolve(data), samples: !none, waits: !nobody, ...personsFile };
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const flags = '[--data <directory>] [--no-samples] [--nobody-waits] [--persons <file>]';
    throw new UserError(`${message}\nUsage: ${command} [-- ${flags}]`);
  }
}

/**
 * @param {Urls} urls
 * @param {string} dataDir
 * @param {number} milliseconds
 */
function printUrls(urls, dataDir, milliseconds) {
  const persons = urls.demo.persons.map(({ account, name }) => `${name} (${account})`);
  const [clerk, ...others] = urls.demo.clerks;
  const clerks = others.map(({ login }) => login);
  /** @type {[string, string | undefined][]} */
  const rows = [
    ['Mini-program (H5)', urls.miniapp],
    ['  persons to be', persons.slice(0, 3).join(', ') || undefined],
    ['Clerk console', urls.console],
    ['  sign in as', clerk && `${clerk.login}, password ${clerk.password}`],
    ['  then the code of', clerk && `npm run clerk-code -- ${clerk.login}`],
    ['  other clerks', `${clerks.join(', ')}: ${join(dataDir, 'keys/clerks.json')}`],
    ['API', urls.api],
    ['API, to read', urls.apiDocs],
    ["Temporal's UI", urls.temporalUi],
    ['Alipay sandbox', urls.alipaySandbox],
    ['Registration sandbox', urls.registrySandbox],
  ];
  const lines = rows.flatMap(([name, url]) => (url ? [`  ${name.padEnd(22)}${url}`] : []));
  process.stdout.write(
    [
      `\nReady after ${(milliseconds / 1000).toFixed(1)} s.\n`,
      ...lines,
      `  ${'Everything as JSON'.padEnd(22)}${join(dataDir, 'urls.json')}`,
      `  ${'Logs'.padEnd(22)}${join(dataDir, 'logs')}`,
      '\nCtrl-C stops it.\n',
    ].join('\n'),
  );
}
