import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

// As prettier writes them. Types are not followed: nothing of them is there when the code runs.
const IMPORT = /^(?:import|export) (?!type )(?:[^'";]*? from )?'(\.[^']+)'/gm;

/** These files, and all files of ours that they import, directly or through others. @param {string[]} files */
export function withImports(files) {
  const reached = new Set(files);
  for (const file of reached) {
    if (!/\.(ts|tsx|mjs)$/.test(file)) continue;
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const imported = fileOf(join(dirname(file), name));
      if (imported) reached.add(imported);
    }
  }
  return reached;
}

/** @param {string} path as an import writes it */
function fileOf(path) {
  if (extname(path) !== '' && existsSync(path)) return path;
  return ['.ts', '.tsx', '/index.ts'].map((ending) => path + ending).find((file) => existsSync(file));
}
