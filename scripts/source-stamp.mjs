import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Stands for everything that a build reads: another stamp means that something has changed.
 * @param {string} folder
 * @param {{ files: string[], folders: string[] }} sources as paths from `folder`
 */
export function stampOf(folder, { files, folders }) {
  const hash = createHash('sha256');
  for (const file of [...files, ...folders.flatMap((one) => filesIn(folder, one))]) {
    hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @param {string} path below it
 * @returns {string[]} paths below `folder`
 */
function filesIn(folder, path) {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(folder, `${path}/${entry.name}`) : [`${path}/${entry.name}`],
    )
    .sort();
}
