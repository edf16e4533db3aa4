import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Reads what an earlier run left, or begins with nothing. */
export function loadState<T>(file: string | undefined, empty: T): T {
  return file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : empty;
}

/** Written aside and renamed, so that a kill leaves the one or the other. */
export function saveState(file: string | undefined, state: unknown): void {
  if (file === undefined) return;
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
