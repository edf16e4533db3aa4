import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { acquireLock } from './lock.mjs';
import { toolsDir } from './machine.mjs';
import { UserError } from './user-error.mjs';

/** @typedef {ReturnType<typeof createPorts>} Ports */

const MAX_TRIES = 200;

/**
 * Hands out ports of 127.0.0.1, and remembers them in the data directory. Each is reserved among all starts of this user
 * until this process ends: the server that gets it may take a while before it listens.
 * @param {string} dataDir
 * @param {(line: string) => void} say is called if a port is taken
 */
export function createPorts(dataDir, say) {
  const file = join(dataDir, 'ports.json');
  /** @type {Record<string, number>} */
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  /** @type {Record<string, number>} */
  const given = {};
  /** @type {(() => void)[]} */
  const reservations = [];
  process.once('exit', () => reservations.forEach((release) => release()));

  /**
   * A free port: the wanted one, or the next that is free.
   * @param {string} name
   * @param {number} wanted
   * @param {{ stay?: boolean }} [options] with `stay`, the port that `name` had last time is wanted instead
   */
  async function take(name, wanted, { stay = true } = {}) {
    const first = (stay && before[name]) || wanted;
    for (let port = first; port < first + MAX_TRIES && port < 65_536; port += 1) {
      const release = reserve(port);
      if (!release) continue;
      reservations.push(release);
      if (!(await isFree(port))) continue;
      given[name] = port;
      if (port !== first) say(`  ! port ${first} is taken, so ${name} uses ${port}`);
      writeFileSync(file, `${JSON.stringify({ ...before, ...given }, null, 2)}\n`);
      return port;
    }
    throw new UserError(`No port from ${first} on is free for ${name}.`);
  }

  return { take };
}

/**
 * A process's own reservations count as well, so that no two names get one port.
 * @param {number} port
 */
function reserve(port) {
  const folder = join(toolsDir, 'ports');
  mkdirSync(folder, { recursive: true });
  try {
    return acquireLock(join(folder, String(port)), () => `Port ${port} is reserved.`);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/**
 * Whether nothing listens on this port of 127.0.0.1, or of all addresses.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The first bytes that a server sends after a connection, empty if it sends none within the time.
 * @param {string} host
 * @param {number} port
 * @param {number} withinMs
 * @returns {Promise<Buffer>}
 * @throws if nothing listens there
 */
export function greeting(host, port, withinMs) {
  const socket = connect({ host, port });
  return new Promise((resolve, reject) => {
    // Only the first outcome counts.
    socket.setTimeout(withinMs, () => resolve(Buffer.alloc(0)));
    socket.once('data', resolve);
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.alloc(0)));
  }).finally(() => socket.destroy());
}

/**
 * Asks again and again until `question` resolves with something truthy.
 * @template T
 * @param {() => Promise<T>} question
 * @param {number} withinMs
 * @param {number} [everyMs]
 * @returns {Promise<T | undefined>} that value; undefined once the time is over
 */
export async function until(question, withinMs, everyMs = 100) {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await question().catch(() => undefined);
    if (answer) return answer;
    if (Date.now() > end) return undefined;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
