import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';

// What the build reads, beside src/ and config/.
const SETTINGS = [
  'package.json',
  'package-lock.json',
  'babel.config.js',
  'tsconfig.json',
  'scripts/build.mjs',
];

/** Builds the mini-program for browsers, if anything of it has changed since. The api serves what lies in miniapp/dist/h5. */
export async function buildMiniapp({ processes, report }, root) {
  const folder = join(root, 'miniapp');
  const stamp = join(folder, 'dist/.stamp');
  const wanted = stampOf(folder);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!areDependenciesInstalled(folder)) {
    report('npm fetches what it is built with');
    await installDependencies({ processes, report }, folder);
  }
  report('compiling');
  await processes.run({
    name: 'build-miniapp',
    command: process.execPath,
    args: [join(folder, 'scripts/build.mjs'), 'h5'],
    cwd: folder,
  });
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function stampOf(folder) {
  const hash = createHash('sha256');
  for (const file of [...SETTINGS, ...filesIn(folder, 'config'), ...filesIn(folder, 'src')]) {
    hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex');
}

function filesIn(folder, path) {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(folder, `${path}/${entry.name}`) : [`${path}/${entry.name}`],
    )
    .sort();
}
