import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const FILE = 'provenance.json';

/**
 * Writes into dist/ what it was made of and what it consists of (docs/deployment.md, "Provenance").
 * @param {string} root
 * @param {string} dist
 * @param {string} sources stands for the sources and what compiles them
 */
export function writeProvenance(root, dist, sources) {
  const outputs = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && entry.name !== FILE)
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
    .sort();
  const provenance = {
    commit: commitOf(root),
    sources,
    lockfile: hashOf(join(root, 'package-lock.json')),
    node: process.version,
    files: Object.fromEntries(outputs.map((file) => [file, hashOf(join(dist, file))])),
  };
  writeFileSync(join(dist, FILE), `${JSON.stringify(provenance, null, 2)}\n`);
}

/**
 * The commit, followed by `-changed` if the sources are not as it has them. An image is built without the repository, so its build is told.
 * @param {string} root
 */
function commitOf(root) {
  if (process.env.COMMIT) return process.env.COMMIT;
  /** @param {string[]} args */
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    return `${git('rev-parse', 'HEAD')}${git('status', '--porcelain') ? '-changed' : ''}`;
  } catch {
    return 'unknown';
  }
}

/** @param {string} file */
function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
