// `npm run build`: compiles what changed since the last build into dist/. Start and test run it too.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleWorkflows, copy, dist, isCopied, root, sources, stamp } from './compile.mjs';
import { acquireLock } from './lock.mjs';
import { until } from './ports.mjs';
import { writeProvenance } from './provenance.mjs';
import { UserError, userMessageOf } from './user-error.mjs';

const SETTINGS = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.mjs',
  'scripts/compile.mjs',
  'scripts/provenance.mjs',
];

const WAIT_MS = 300_000;

try {
  process.stdout.write(`${await build()}\n`);
} catch (error) {
  process.stderr.write(`${userMessageOf(error)}\n`);
  process.exitCode = 1;
}

async function build() {
  mkdirSync(dist, { recursive: true });
  const unlock = await until(async () => acquireLock(join(dist, '.lock'), () => ''), WAIT_MS);
  if (!unlock) throw new UserError('Another build has been running for minutes; stop it and try again.');
  try {
    const files = sources();
    const wanted = stampOf(files);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 'nothing changed';
    rmSync(stamp, { force: true });
    await compile();
    removeOutputsWithoutSource(new Set(files));
    for (const file of files.filter(isCopied)) copy(file);
    await bundleWorkflows();
    writeProvenance(root, dist, wanted);
    writeFileSync(stamp, wanted);
    return 'dist/ is new';
  } finally {
    unlock();
  }
}

/** @param {string[]} files */
function stampOf(files) {
  const hash = createHash('sha256');
  for (const file of [...SETTINGS, ...files]) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

async function compile() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root });
  } catch (error) {
    const { stdout, message } = /** @type {Error & { stdout?: string }} */ (error);
    throw new UserError(`The sources can't be compiled:\n${stdout || message}`);
  }
}

/** @param {Set<string>} files */
function removeOutputsWithoutSource(files) {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const output = join(entry.parentPath, entry.name);
    const name = output.slice(dist.length + 1).replace(/\.js(\.map)?$/, '.ts');
    if (name.endsWith('.ts') && !files.has(name)) rmSync(output);
  }
}
