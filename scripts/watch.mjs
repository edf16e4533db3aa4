// `node scripts/watch.mjs`, for dev.mjs: brings every saved source into dist/ at once, without a look at its types. Writes a line of
// JSON for each save: `{ changed }` with the sources that are new in dist/, or `{ error }` when one can't be read as TypeScript, and
// dist/ stays as it was.
import { readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bundleEntries, bundleWorkflows, copy, dist, isCopied, root, sources, stamp } from './compile.mjs';
import { withImports } from './imports.mjs';

const require = createRequire(import.meta.url);
const { transformSync } = /** @type {typeof import('@swc/core')} */ (require('@swc/core'));
const swcOptions = /** @type {import('@swc/core').Options} */ (require('./swc-options.json'));
// An editor may write a file in several steps.
const SETTLED_MS = 30;

/** What is written after a save. @typedef {{ changed?: string[], isBundling?: boolean, error?: string }} Saved */

/** @param {string} file */
const read = (file) => readFileSync(join(root, file), 'utf8');
const known = new Map(sources().map((file) => [file, read(file)]));
/** @type {Set<string>} */
const watched = new Set();
/** @type {NodeJS.Timeout | undefined} */
let looking;
let bundling = Promise.resolve();

// From now on dist/ may be newer than the stamp says.
rmSync(stamp, { force: true });
watchFolders();

// Each folder by itself: what Node calls recursive watches files, and loses one that an editor replaces.
function watchFolders() {
  for (const folder of new Set(sources().map((file) => dirname(file)))) {
    if (watched.has(folder)) continue;
    watched.add(folder);
    watch(join(root, folder), () => {
      clearTimeout(looking);
      looking = setTimeout(look, SETTLED_MS);
    });
  }
}

function look() {
  watchFolders();
  const changed = sources().filter((file) => known.get(file) !== read(file));
  if (changed.length === 0) return;
  try {
    const compiled = new Map(changed.filter((file) => !isCopied(file)).map((file) => [file, compile(file)]));
    for (const [file, code] of compiled) writeFileSync(join(dist, file.replace(/\.ts$/, '.js')), code);
    for (const file of changed.filter(isCopied)) copy(file);
    for (const file of changed) known.set(file, read(file));
    report(changed);
  } catch (error) {
    // The place in swc that follows is of no interest.
    const { message } = /** @type {Error} */ (error);
    tell({ error: message.replace(/\n\nCaused by[^]*/, '').trim() });
  }
}

/** @param {string} file */
function compile(file) {
  return transformSync(read(file), { ...swcOptions, filename: join(root, file), sourceMaps: 'inline' }).code;
}

/** @param {string[]} changed */
function report(changed) {
  const bundled = withImports(Object.values(bundleEntries).map((file) => join(root, file)));
  const inBundle = changed.filter((file) => bundled.has(join(root, file)));
  // The api does not wait for the bundle, even if the same source is in both.
  tell({ changed, isBundling: inBundle.length > 0 });
  if (inBundle.length === 0) return;
  bundling = bundling
    .then(() => bundleWorkflows(join(dist, '.webpack')))
    .then(
      () => tell({ changed: inBundle }),
      (error) => tell({ error: error.message }),
    );
}

/** @param {Saved} message */
function tell(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
