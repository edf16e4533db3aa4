import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @import { Tools } from './processes.mjs' */

/** @typedef {{ packages: Record<string, { optional?: boolean, version?: string }> }} LockFile */

/** Whether node_modules has the packages that package-lock.json lists. @param {string} root */
export function areDependenciesInstalled(root) {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const { packages: has } = readLock(installed);
  const { packages: wants } = readLock(join(root, 'package-lock.json'));
  return Object.entries(wants).every(
    ([path, { optional, version }]) => path === '' || optional || has[path]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {LockFile}
 */
function readLock(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Installs what package-lock.json lists; development packages too, since the build needs them.
 * @param {Tools} tools
 * @param {string} root
 */
export async function installDependencies({ processes, report }, root) {
  report('npm fetches and unpacks some 700 packages');
  await processes.run({
    name: 'npm',
    command: 'npm',
    args: ['ci', '--include=dev', '--no-progress'],
    cwd: root,
  });
}
