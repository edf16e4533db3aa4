import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive, startOf } from './lock.mjs';
import { until } from './ports.mjs';
import { codeOf, UserError } from './user-error.mjs';

const LINES_SHOWN = 15;
const MAX_LOG_BYTES = 16 * 1024 * 1024;
// Longer than the worker's own grace for calls to vendors.
const STOP_MS = 25_000;

/** @import { ChildProcessByStdio } from 'node:child_process' */
/** @import { Readable, Writable } from 'node:stream' */
/** @import { Report } from './progress.mjs' */

/** @typedef {ReturnType<typeof createProcesses>} Processes */
/** What functions get that install or start something. @typedef {{ processes: Processes, report: Report }} Tools */

/**
 * @typedef Program
 * @property {string} name of the process and of its log
 * @property {string} command
 * @property {string[]} [args]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {string} [input] what it reads from stdin
 * @property {(line: string) => void} [onLine] is called for each line of its output
 */

/** @typedef {{ code?: number | null, signalName?: NodeJS.Signals | null, error?: unknown, lines: string[] }} End how a process ended */
/** @typedef {{ name: string, rank: number, pid: number | undefined, started: string | undefined, ended: Promise<End> }} Running */
/** What processes.json holds of a process. @typedef {{ name: string, rank: number, pid: number, started: string }} Recorded */
/** @typedef {(name: string, error: UserError) => boolean} MayEnd */

/**
 * Starts processes, watches them and stops them: each in its own process group, so that Ctrl-C in a terminal reaches only us and
 * we stop them in order; each with its output in `logs/<name>.log` under `dataDir`; all of them recorded in `processes.json`,
 * so that the next start finds what a killed one left behind.
 * @param {string} dataDir
 * @param {{ mayEnd?: MayEnd | undefined }} [options] `mayEnd` is called when a process has ended by itself; `crashed` rejects unless it
 *   returns true
 */
export function createProcesses(dataDir, { mayEnd = () => false } = {}) {
  const logsDir = join(dataDir, 'logs');
  const record = join(dataDir, 'processes.json');
  mkdirSync(logsDir, { recursive: true });
  /** @type {Set<Running>} */
  const running = new Set();
  /** Processes that are ended on purpose while the others go on. @type {Set<Running>} */
  const taken = new Set();
  let stopping = false;
  /** @type {(error: UserError) => void} */
  let reportCrash;
  /** Rejects when a process that should run stops by itself. @type {Promise<never>} */
  const crashed = new Promise((_, reject) => (reportCrash = reject));
  crashed.catch(() => undefined);

  /**
   * @param {Program & { rank: number }} program
   * @returns {Running}
   */
  function launch({
    name,
    rank,
    command,
    args = [],
    env = process.env,
    cwd,
    input,
    onLine = () => undefined,
  }) {
    if (stopping) throw new UserError('stopped before everything was running');
    const child = /** @type {ChildProcessByStdio<Writable | null, Readable, Readable>} */ (
      spawn(command, args, {
        cwd,
        env,
        detached: true,
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      })
    );
    child.stdin?.end(input);
    const log = openLog(join(logsDir, `${name}.log`));
    /** @type {string[]} */
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.pipe(log, { end: false });
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > LINES_SHOWN) lines.shift();
        onLine(line);
      });
    }
    const ended = endOf(child).then((how) => {
      running.delete(process_);
      writeRecord();
      log.end();
      return { ...how, lines };
    });
    const { pid } = child;
    const process_ = { name, rank, pid, started: pid === undefined ? undefined : startOf(pid), ended };
    running.add(process_);
    writeRecord();
    return process_;
  }

  /**
   * Starts a process that is to run until `stop`.
   * @param {Program & { rank: number, ready?: ((line: string) => unknown) | undefined }} program a higher `rank` stops earlier; with
   *   `ready`, it resolves at the first line for which that is true
   */
  async function start({ ready, onLine = () => undefined, ...options }) {
    let isReady = () => {};
    const waiting = ready && /** @type {Promise<void>} */ (new Promise((resolve) => (isReady = resolve)));
    const process_ = launch({
      ...options,
      onLine: (line) => {
        onLine(line);
        if (ready?.(line)) isReady();
      },
    });
    const gone = process_.ended.then((how) => {
      const error = new UserError(`${options.name} ${wayOf(how)}${lastLines(how, logsDir, options.name)}`);
      if (!stopping && !taken.has(process_) && !mayEnd(options.name, error)) reportCrash(error);
      throw error;
    });
    gone.catch(() => undefined);
    if (waiting) await Promise.race([waiting, gone]);
    return process_;
  }

  /**
   * Runs a command to its end.
   * @param {Program & { withinMs?: number }} program
   * @returns its output
   * @throws {UserError} if it fails or takes longer than `withinMs`
   */
  async function run({ withinMs, onLine = () => undefined, ...options }) {
    /** @type {string[]} */
    const output = [];
    const process_ = launch({
      rank: 9,
      ...options,
      onLine: (line) => {
        output.push(line);
        onLine(line);
      },
    });
    const timer =
      withinMs === undefined ? undefined : setTimeout(() => signal(process_, 'SIGKILL'), withinMs);
    const how = await process_.ended;
    clearTimeout(timer);
    if (how.code !== 0) {
      throw new UserError(`${options.name} ${wayOf(how)}${lastLines(how, logsDir, options.name)}`);
    }
    return output.join('\n');
  }

  /** Stops everything, highest rank first, and waits for each to end. */
  async function stop() {
    stopping = true;
    for (const rank of ranksOf(running)) {
      await Promise.all([...running].filter((process_) => process_.rank === rank).map(end));
    }
  }

  /**
   * Ends one process by a signal, SIGKILL as a crash would, while the others go on.
   * @param {string} name
   * @param {NodeJS.Signals} signalName
   * @returns how it ended
   */
  async function take(name, signalName) {
    const process_ = [...running].find((one) => one.name === name);
    if (!process_) throw new UserError(`${name} is not running.`);
    taken.add(process_);
    signal(process_, signalName);
    return await process_.ended;
  }

  /** The id of a process, undefined if it is not running. @param {string} name */
  const pidOf = (name) => [...running].find((one) => one.name === name)?.pid;

  /** Ends everything at once, without an order. */
  function kill() {
    stopping = true;
    for (const process_ of running) signal(process_, 'SIGKILL');
  }

  /** Stops what an earlier start left running because it was killed itself. @returns the names */
  async function stopLeftovers() {
    if (!existsSync(record)) return [];
    /** @type {Recorded[]} */
    const recorded = JSON.parse(readFileSync(record, 'utf8'));
    const left = recorded.filter(isAlive);
    for (const rank of ranksOf(left)) {
      await Promise.all(
        left
          .filter((process_) => process_.rank === rank)
          .map(async (process_) => {
            signal(process_, 'SIGTERM');
            const isGone = async () => !isAlive(process_);
            if (!(await until(isGone, STOP_MS))) signal(process_, 'SIGKILL');
            await until(isGone, STOP_MS);
          }),
      );
    }
    return left.map(({ name }) => name);
  }

  function writeRecord() {
    const rows = [...running].map(({ name, rank, pid, started }) => ({ name, rank, pid, started }));
    writeFileSync(record, `${JSON.stringify(rows, null, 2)}\n`);
  }

  return { start, run, stop, take, pidOf, kill, stopLeftovers, crashed };
}

/** @param {Running} process_ */
async function end(process_) {
  signal(process_, 'SIGTERM');
  const timer = setTimeout(() => signal(process_, 'SIGKILL'), STOP_MS);
  await process_.ended;
  clearTimeout(timer);
}

/**
 * Ends a process that was started `detached`, and all that it has started in its group; waits until they have ended.
 * @param {{ pid?: number | undefined }} leader
 */
export async function endGroup(leader) {
  signal(leader, 'SIGTERM');
  // Among them may be `npm start`, which gives each of its own processes as long as we give ours.
  if (!(await until(async () => !signal(leader, 0), 2 * STOP_MS))) signal(leader, 'SIGKILL');
}

/**
 * Signals the whole group: a tool such as npm or go has children of its own.
 * @param {{ pid?: number | undefined }} process_
 * @param {NodeJS.Signals | 0} name 0 only looks
 * @returns whether there is such a group
 */
function signal({ pid }, name) {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH' && codeOf(error) !== 'EPERM') throw error;
    return false;
  }
}

/**
 * @param {ChildProcessByStdio<Writable | null, Readable, Readable>} child
 * @returns {Promise<Omit<End, 'lines'>>}
 */
async function endOf(child) {
  try {
    const [code, signalName] = await once(child, 'exit');
    // The last lines may still be in the pipe; a daemon that inherited the pipe may keep it open for ever.
    if (!child.stdout.closed)
      await Promise.race([once(child, 'close'), new Promise((done) => setTimeout(done, 300))]);
    return { code, signalName };
  } catch (error) {
    return { error };
  }
}

/** @param {End} how */
function wayOf({ code, signalName, error }) {
  if (error instanceof Error) return `could not be started (${codeOf(error) ?? error.message})`;
  return signalName ? `was ended by ${signalName}` : `ended with exit code ${code}`;
}

/**
 * @param {End} how
 * @param {string} logsDir
 * @param {string} name
 */
function lastLines({ lines }, logsDir, name) {
  const where = `The whole log: ${join(logsDir, `${name}.log`)}`;
  if (lines.length === 0) return `. ${where}`;
  return `; its last lines:\n${lines.map((line) => `    ${line}`).join('\n')}\n${where}`;
}

/** @param {Iterable<{ rank: number }>} processes */
function ranksOf(processes) {
  return [...new Set([...processes].map(({ rank }) => rank))].sort((one, other) => other - one);
}

/** @param {string} file */
function openLog(file) {
  if (existsSync(file) && statSync(file).size > MAX_LOG_BYTES) renameSync(file, `${file}.old`);
  return createWriteStream(file, { flags: 'a' });
}
