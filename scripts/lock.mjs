import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UserError } from './user-error.mjs';

/**
 * When the process with this id was started, as the system tells it; undefined if there is none. An id alone says little:
 * after a crash or a reboot it may belong to somebody else.
 */
export function startOf(pid) {
  try {
    // Behind the command's name, which may hold anything: the 20th field is the start in clock ticks since boot.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return fields[0] === 'Z' ? undefined : `${bootId()}/${fields[19]}`;
  } catch (error) {
    if (error.code !== 'ENOENT' || process.platform === 'linux') return undefined;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process that wrote `{ pid, started }` down is still the one running under that id. */
export function isAlive({ pid, started }) {
  return started !== undefined && startOf(pid) === started;
}

/**
 * Takes the lock and returns what gives it back. A dead process's lock is taken over.
 * @throws UserError with `sentence(pid)` if a living process has it
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

// Moved aside first and looked at again: another process may have taken the stale lock over in between.
function removeStale(file, stale) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved && (moved.pid !== stale.pid || moved.started !== stale.started)) link(aside, file);
  rmSync(aside, { force: true });
}

// A link appears with its whole content or not at all, and never over another file.
function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    return { pid: 0 };
  }
}

function bootId() {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
