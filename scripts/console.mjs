import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { stampOf } from './source-stamp.mjs';

/** @import { Tools } from './processes.mjs' */

// What the build reads, with what the console shares with the server and the mini-program.
const SOURCES = {
  files: [
    'package.json',
    'package-lock.json',
    'index.html',
    'tsconfig.json',
    'vite.config.ts',
    '../texts/user-messages.ts',
    '../miniapp/src/texts/server-messages.en.ts',
  ],
  folders: ['build', 'src', '../domain'],
};

/**
 * Builds the clerk console if its sources have changed since the last build. The api serves console/dist/pages.
 * @param {Tools} tools
 * @param {string} root
 */
export async function buildConsole({ processes, report }, root) {
  const folder = join(root, 'console');
  const stamp = join(folder, 'dist/pages.stamp');
  const wanted = stampOf(folder, SOURCES);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true });
  if (!areDependenciesInstalled(folder)) {
    report('npm fetches what it is built with');
    await installDependencies({ processes, report }, folder);
  }
  report('compiling');
  await processes.run({
    name: 'build-console',
    command: process.execPath,
    args: [join(folder, 'node_modules/vite/bin/vite.js'), 'build'],
    cwd: folder,
    // Started from a test, it would build what developers look at, which is half as large again.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  writeFileSync(stamp, wanted);
}

/**
 * Starts the server of the console's pages, which compiles them itself and passes their requests on to the api.
 * @param {Tools} tools
 * @param {string} root
 * @param {number} port
 * @param {string} api its address
 */
export async function serveConsole({ processes, report }, root, port, api) {
  const folder = join(root, 'console');
  if (!areDependenciesInstalled(folder)) await installDependencies({ processes, report }, folder);
  await processes.start({
    name: 'console',
    rank: 5,
    command: process.execPath,
    args: [join(folder, 'node_modules/vite/bin/vite.js')],
    cwd: folder,
    env: { ...process.env, PAGES_PORT: String(port), API_BEHIND_PAGES: api },
    ready: (line) => line.includes('ready in'),
  });
}
