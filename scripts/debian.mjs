import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findProgram, toolsDir } from './machine.mjs';
import { UserError } from './user-error.mjs';

/** @import { Tools } from './processes.mjs' */

// Debian's release with MySQL; the others have MariaDB in its place.
const NEWEST = 'sid';

/**
 * Unpacks Debian packages, with everything that they need, into a folder of the tools, and changes nothing else on this machine. Their
 * programs run with the libraries that came with them, so they fit into every Debian.
 * @param {Tools} tools
 * @param {string} name of the folder
 * @param {string[]} packages
 * @param {{ own?: boolean }} [options] `own` takes them from this machine's own release, without those that are installed: for programs that
 *   start others, which then use the libraries of this machine
 * @returns the folder
 * @throws {UserError} if this machine is no Debian or its mirror can't be reached
 */
export async function provideDebianTree({ processes, report }, name, packages, { own = false } = {}) {
  const release = own ? ownRelease() : NEWEST;
  const tree = join(toolsDir, `${name}-${release}`);
  if (existsSync(tree)) return tree;
  if (!findProgram('apt-get') || !findProgram('dpkg-deb')) {
    throw new UserError(`Install ${packages[0]}, or start this on Debian or a system derived from it.`);
  }
  const draft = `${tree}.${process.pid}`;
  const apt = join(draft, 'apt');
  for (const folder of ['lists/partial', 'archives/partial', 'root']) {
    mkdirSync(join(apt, folder), { recursive: true });
  }
  try {
    writeFileSync(join(apt, 'status'), own ? readFileSync('/var/lib/dpkg/status') : '');
    writeFileSync(join(apt, 'sources.list'), `deb ${await mirror(processes)} ${release} main\n`);
    const options = aptOptions(apt);
    report('reading the list of packages');
    await processes.run({ name: 'apt', command: 'apt-get', args: ['-q', ...options, 'update'] });
    report('downloading packages');
    const install = ['-y', '-q', '--no-install-recommends', '--download-only', 'install', ...packages];
    await processes.run({ name: 'apt', command: 'apt-get', args: [...options, ...install] });
    report('unpacking packages');
    const archives = readdirSync(join(apt, 'archives')).filter((file) => file.endsWith('.deb'));
    for (const archive of archives) {
      const args = ['-x', join(apt, 'archives', archive), join(apt, 'root')];
      await processes.run({ name: 'dpkg-deb', command: 'dpkg-deb', args });
    }
    renameSync(join(apt, 'root'), tree);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return tree;
}

/**
 * A program of such a folder as a file that can be started like any other, under its own name.
 * @param {string} tree
 * @param {string} program its path in the folder
 * @param {string[]} [more] arguments that every start of it needs, after the caller's
 */
export function programOf(tree, program, more = []) {
  const libraries = readdirSync(join(tree, 'usr/lib')).find((name) => name.endsWith('-linux-gnu'));
  if (!libraries) throw new UserError(`${tree} is not whole: delete it and start again.`);
  const folder = join(tree, 'usr/lib', libraries);
  const loader = readdirSync(folder).find((name) => name.startsWith('ld-linux'));
  const file = join(tree, 'start', basename(program));
  mkdirSync(dirname(file), { recursive: true });
  const words = [join(folder, loader ?? ''), '--library-path', folder, join(tree, program)];
  const quoted = (/** @type {string[]} */ list) => list.map((word) => `'${word}'`).join(' ');
  writeFileSync(file, `#!/bin/sh\nexec ${quoted(words)} "$@" ${quoted(more)}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Debian's release of this machine. */
function ownRelease() {
  const [, name] = /^VERSION_CODENAME=(.+)$/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
  if (!name) throw new UserError('This is no release of Debian.');
  return name;
}

/** The mirror that this machine is set up with. @param {Tools['processes']} processes */
async function mirror(processes) {
  const targets = await processes.run({
    name: 'apt',
    command: 'apt-get',
    args: ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages', 'Label: Debian'],
  });
  const [first] = targets.split('\n').filter((line) => line.includes('://'));
  if (!first) throw new UserError('apt knows no mirror of Debian.');
  return first;
}

/** So that apt uses nothing of this machine but its settings for the network and Debian's keys. @param {string} folder */
function aptOptions(folder) {
  return Object.entries({
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache::archives': join(folder, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    // Not even a lock of the machine's own packages.
    'Debug::NoLocking': 'true',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}
