import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** @import { Tools } from './processes.mjs' */

/** Where downloaded and compiled tools stay, for all clones of this user. */
export const toolsDir = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'registration-identity',
);

// Servers are in sbin, which is not on every user's PATH; Go's own installer uses /usr/local/go.
const MORE_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/usr/local/bin', '/usr/local/go/bin'];

/** The full path of the first of these programs that this machine has, or undefined. @param {string[]} names */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS].filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether packages can be installed with apt: as root, on Debian or a system derived from it. */
export function hasApt() {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined
  );
}

/**
 * Installs Debian packages. Only those without a service of their own, so that nothing starts by itself.
 * @param {Tools} tools
 * @param {string[]} packages
 */
export async function installPackages({ processes, report }, packages) {
  /** @param {string[]} args */
  const apt = (...args) =>
    processes.run({
      name: 'apt',
      command: 'apt-get',
      args: ['-y', '-q', '--no-install-recommends', ...args],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      onLine: (line) => report(`apt: ${line.slice(0, 80)}`),
    });
  await apt('update');
  await apt('install', ...packages);
}
