import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { codeOf, UserError } from './user-error.mjs';

/**
 * When the process with this id was started, as the system tells it; undefined if there is none. An id alone is not enough: after a
 * crash or a reboot another process may have it.
 * @param {number} pid
 */
export function startOf(pid) {
  try {
    // After the command's name, which may contain anything: the 20th field is the start in clock ticks since boot.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : `${bootId()}/${fields[19]}`;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || process.platform === 'linux') return undefined;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * A process, and when it was started.
 * @typedef {{ pid: number, started?: string | undefined }} Holder
 */

/** Whether the process that recorded `{ pid, started }` still runs. @param {Holder} holder */
export function isAlive({ pid, started }) {
  return started !== undefined && startOf(pid) === started;
}

/**
 * Takes the lock. A dead process's lock is taken over.
 * @param {string} file
 * @param {(pid: number) => string} sentence
 * @returns a function that releases the lock
 * @throws {UserError} with `sentence(pid)` if a living process has it
 */
export function acquireLock(file, sentence) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
  try {
    for (;;) {
      if (link(mine, file)) return () => rmSync(file, { force: true });
      const holder = read(file);
      if (holder && isAlive(holder)) throw new UserError(sentence(holder.pid));
      if (holder) removeStale(file, holder);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Moves the lock away first and reads it again: another process may have taken it over in between.
 * @param {string} file
 * @param {Holder} stale
 */
function removeStale(file, stale) {
  const moved = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, moved);
  } catch {
    return;
  }
  const holder = read(moved);
  if (holder && (holder.pid !== stale.pid || holder.started !== stale.started)) link(moved, file);
  rmSync(moved, { force: true });
}

/**
 * A link appears with its whole content or not at all, and never replaces another file.
 * @param {string} from
 * @param {string} to
 */
function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {Holder | undefined}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    return { pid: 0 };
  }
}

function bootId() {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
