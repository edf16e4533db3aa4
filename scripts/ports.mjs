import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { acquireLock } from './lock.mjs';
import { toolsDir } from './machine.mjs';
import { UserError } from './user-error.mjs';

const MOST_TRIED = 200;

/**
 * Hands out ports of 127.0.0.1, and remembers them in the data directory. Each is reserved among all starts of this user
 * until this process ends: the server that is to have it may take a while to begin listening.
 */
export function createPorts(dataDir, say) {
  const file = join(dataDir, 'ports.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const given = {};
  const reservations = [];
  process.once('exit', () => reservations.forEach((release) => release()));

  /** A free port for `name`: `wanted` (with `stay`, the one it had last time), or the next free one, which is said. */
  async function take(name, wanted, { stay = true } = {}) {
    const first = (stay && before[name]) || wanted;
    for (let port = first; port < first + MOST_TRIED && port < 65_536; port += 1) {
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

// A process's own reservations count as well, so that no two names get one port.
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

/** Whether nothing listens on this port of 127.0.0.1, or of all addresses. */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The first bytes a server sends to whoever connects, empty if it sends none within the time.
 * @throws if nobody listens
 */
export function greeting(host, port, withinMs) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const settle = (outcome, value) => {
      socket.destroy();
      outcome(value);
    };
    socket.setTimeout(withinMs, () => settle(resolve, Buffer.alloc(0)));
    socket.once('data', (bytes) => settle(resolve, bytes));
    socket.once('error', (error) => settle(reject, error));
    socket.once('close', () => settle(resolve, Buffer.alloc(0)));
  });
}

/** Asks again and again until `question` answers with something truthy, and returns that; until the time is over. */
export async function until(question, withinMs, everyMs = 100) {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await question().catch(() => undefined);
    if (answer) return answer;
    if (Date.now() > end) return undefined;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
