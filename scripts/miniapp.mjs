import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';

// What the build reads, beside src/ and config/: its settings, and what it shares with the server.
const SETTINGS = [
  'package.json',
  'package-lock.json',
  'babel.config.js',
  'tsconfig.json',
  'scripts/build.mjs',
  '../domain/signature.ts',
  '../domain/refusals.ts',
];

/**
 * Builds the mini-program, for what of `targets` anything has changed since. The api serves what lies in miniapp/dist/h5.
 * @param targets of h5, alipay and weapp
 * @returns how large each is that was built
 */
export async function buildMiniapp({ processes, report }, root, targets) {
  const folder = join(root, 'miniapp');
  const wanted = stampOf(folder);
  const stamp = (target) => join(folder, `dist/${target}.stamp`);
  const isBuilt = (target) => existsSync(stamp(target)) && readFileSync(stamp(target), 'utf8') === wanted;
  const missing = targets.filter((target) => !isBuilt(target));
  if (missing.length === 0) return '';
  if (!areDependenciesInstalled(folder)) {
    report('npm fetches what it is built with');
    await installDependencies({ processes, report }, folder);
  }
  report(`compiling for ${missing.join(', ')}`);
  const output = await processes.run({
    name: 'build-miniapp',
    command: process.execPath,
    args: [join(folder, 'scripts/build.mjs'), ...missing],
    cwd: folder,
  });
  for (const target of missing) writeFileSync(stamp(target), wanted);
  return [...output.matchAll(/^(\w+: \d+ KB) in /gm)].map(([, size]) => size).join(', ');
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
