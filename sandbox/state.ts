import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Reads the state of an earlier run, or returns the empty state. */
export function loadState<T>(file: string | undefined, empty: T): T {
  return file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : empty;
}

/** Writes another file and renames it, so that a kill leaves either the old or the new state. */
export function saveState(file: string | undefined, state: unknown): void {
  if (file === undefined) return;
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
