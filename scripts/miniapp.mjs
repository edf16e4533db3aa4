import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areDependenciesInstalled, installDependencies } from './dependencies.mjs';
import { stampOf } from './source-stamp.mjs';

/** @import { Tools } from './processes.mjs' */

/** @typedef {'h5' | 'alipay' | 'weapp'} Target */

// What the build reads besides src/ and config/: its settings, and what it shares with the server.
const SETTINGS = [
  'package.json',
  'package-lock.json',
  'babel.config.js',
  'tsconfig.json',
  'scripts/build.mjs',
  '../domain/document-validity.ts',
  '../domain/signature.ts',
  '../domain/refusals.ts',
  '../domain/shanghai-time.ts',
];

/**
 * Builds the mini-program for those targets whose sources have changed since the last build. The api serves miniapp/dist/h5.
 * @param {Tools} tools
 * @param {string} root
 * @param {Target[]} targets
 * @returns the size of each that was built, in words
 */
export async function buildMiniapp({ processes, report }, root, targets) {
  const folder = join(root, 'miniapp');
  const wanted = stampOf(folder, { files: SETTINGS, folders: ['config', 'src'] });
  /** @param {Target} target */
  const stamp = (target) => join(folder, `dist/${target}.stamp`);
  /** @param {Target} target */
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
