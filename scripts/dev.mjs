// `npm run dev`: like `npm start`, and after every save what was changed runs: api, worker and sandbox start anew, with database
// and Temporal as they are, and the pages of the mini-program and of the console load again.
import './node-version.mjs';
import { join } from 'node:path';
import { serveConsole } from './console.mjs';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { readArguments, runInForeground } from './foreground.mjs';
import { withImports } from './imports.mjs';
import { createPorts } from './ports.mjs';
import { userMessageOf } from './user-error.mjs';
import { startStack } from './stack.mjs';

/**
 * @import { MayEnd, Tools } from './processes.mjs'
 * @import { Parts, StackOptions } from './stack.mjs'
 * @import { Saved } from './watch.mjs'
 */

const root = join(import.meta.dirname, '..');
const miniapp = join(root, 'miniapp');
/** The services that restart after a change, by their main file. The worker runs what is in the bundle of workflows, and starts a thread. */
const entries = {
  api: ['api/main.ts'],
  worker: ['worker.ts', 'workflows/index.ts', 'evidence/documents/drawing-thread.ts'],
  sandbox: ['sandbox/main.ts'],
};
/** @typedef {keyof typeof entries} Service */
const services = /** @type {Service[]} */ (Object.keys(entries));

try {
  process.exitCode = await runInForeground(readArguments('npm run dev'), start, mayEnd);
} catch (error) {
  process.stderr.write(`\n${userMessageOf(error)}\n`);
  process.exitCode = 1;
}
process.exit();

/** @param {StackOptions} run */
async function start(run) {
  const { dataDir, processes, progress } = run;
  const ports = createPorts(dataDir, progress.say);
  const port = await ports.take('the pages', 10_086);
  const consolePort = await ports.take("the console's pages", 10_087);
  const pages = `http://127.0.0.1:${port}/`;
  process.env.FACE_RETURN_URL ??= pages;
  const { urls, parts } = await startStack(run);
  restartAfterSaves({ processes, progress, parts });
  await progress.during('mini-program', (report) => servePages({ processes, report }, port, urls.api));
  await progress.during('clerk console', (report) =>
    serveConsole({ processes, report }, root, consolePort, urls.api),
  );
  return { ...urls, miniapp: pages, console: `http://127.0.0.1:${consolePort}/console/` };
}

/** A service that a change has broken waits for the next change. @type {MayEnd} */
function mayEnd(name, error) {
  if (!services.some((service) => service === name)) return false;
  process.stdout.write(`${error.message}\nThe next save starts it again.\n`);
  return true;
}

/**
 * Starts the server of the pages, which compiles them itself and passes their requests on to the api.
 * @param {Tools} tools
 * @param {number} port
 * @param {string} api its address
 */
async function servePages({ processes, report }, port, api) {
  if (!areDependenciesInstalled(miniapp)) await installDependencies({ processes, report }, miniapp);
  const settings = {
    NODE_ENV: 'development',
    TARO_ENV: 'h5',
    PAGES_PORT: String(port),
    API_BEHIND_PAGES: api,
  };
  await processes.start({
    name: 'pages',
    rank: 5,
    command: process.execPath,
    args: [join(miniapp, 'node_modules/@tarojs/cli/bin/taro'), 'build', '--type', 'h5', '--watch'],
    cwd: miniapp,
    env: { ...process.env, ...settings },
    ready: (line) => line.includes('compiled'),
    onLine: (line) => {
      if (line.startsWith('ERROR in')) process.stdout.write(`\nPages: ${line}\n`);
    },
  });
}

/** @param {Pick<StackOptions, 'processes' | 'progress'> & { parts: Parts }} run */
function restartAfterSaves({ processes, progress: { say }, parts }) {
  const restart = new Map(services.map((name) => [name, restarting(name)]));
  /**
   * @param {string} name
   * @param {string[]} args
   * @param {(line: string) => void} onLine
   */
  const watching = (name, args, onLine) =>
    void processes.start({ name, rank: 5, command: process.execPath, args, cwd: root, onLine });
  watching('watch', ['scripts/watch.mjs'], (line) => {
    if (line.startsWith('{')) void handle(JSON.parse(line));
  });
  // Takes longer than people want to wait for a start.
  const types = ['-p', 'tsconfig.build.json', '--noEmit', '--watch', '--preserveWatchOutput'];
  watching('types', ['node_modules/typescript/bin/tsc', ...types], (line) => {
    if (line.includes('error TS')) say(`  ! ${line}`);
  });

  /** @param {Saved} saved */
  async function handle({ changed = [], isBundling = false, error }) {
    if (error) return say(`\n${error}\nNothing starts anew until this compiles.`);
    if (changed.some((file) => file.endsWith('.sql'))) await parts.migrations();
    for (const name of services) {
      if (name === 'worker' && isBundling) continue;
      if (changed.some((file) => concerns(name, file))) restart.get(name)?.();
    }
  }

  /**
   * A function that starts the service anew, one start after the other, and no more often than needed.
   * @param {Service} name
   */
  function restarting(name) {
    let last = Promise.resolve();
    let isWaiting = false;
    return () => {
      if (isWaiting) return;
      isWaiting = true;
      last = last.then(async () => {
        isWaiting = false;
        const began = Date.now();
        try {
          if (processes.pidOf(name)) await processes.take(name, 'SIGTERM');
          await parts[name]();
          say(`  ✓ ${name} runs anew (${((Date.now() - began) / 1000).toFixed(1)} s)`);
        } catch {
          // mayEnd has shown why it ended.
        }
      });
    };
  }
}

/**
 * Whether the service has to start anew when the file has changed. A text or a page counts for each service that imports from its folder.
 * @param {Service} service
 * @param {string} file
 */
function concerns(service, file) {
  const files = withImports(entries[service].map((entry) => join(root, entry)));
  if (file.endsWith('.ts')) return files.has(join(root, file));
  const folder = join(root, file.slice(0, file.indexOf('/')));
  return [...files].some((one) => one.startsWith(`${folder}/`));
}
