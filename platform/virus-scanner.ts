import { once } from 'node:events';
import { connect } from 'node:net';

/** Looks for viruses in files. */
export interface VirusScanner {
  /** `unknown` where the scanner can't be reached or gives no verdict: such a file must not be kept. */
  examine(content: Buffer): Promise<'clean' | 'infected' | 'unknown'>;
}

// A large PDF takes some seconds; people wait for it.
const TIMEOUT_MS = 30_000;
const CHUNK_BYTES = 64 * 1024;
const LONGEST_REPLY = 1024;

/**
 * clamd over TCP, by its command INSTREAM (clamd(8), "COMMANDS"): `zINSTREAM\0`, then chunks, each after its length as a 32-bit number in
 * network order, and one of length 0; the reply is `stream: OK`, `stream: <name> FOUND` or `… ERROR`, and a zero byte.
 * @param address `host:port`
 */
export function createVirusScanner(address: string, timeoutMs = TIMEOUT_MS): VirusScanner {
  const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(address) ?? [];
  return {
    async examine(content) {
      const reply = await ask({ host, port: Number(port) }, content, timeoutMs).catch(() => '');
      if (reply === 'stream: OK\0') return 'clean';
      return /^stream: [^\0\n]+ FOUND\0$/.test(reply) ? 'infected' : 'unknown';
    },
  };
}

async function ask(at: { host: string; port: number }, content: Buffer, timeoutMs: number): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  const socket = connect(at);
  signal.addEventListener('abort', () => socket.destroy(new Error('The virus scanner does not answer.')));
  try {
    await once(socket, 'connect', { signal });
    const reply = read(socket);
    // A scanner that has seen enough replies before everything is sent, and may then close.
    await Promise.race([send(socket, content), reply]);
    return await reply;
  } finally {
    socket.destroy();
  }
}

type Socket = ReturnType<typeof connect>;

async function send(socket: Socket, content: Buffer): Promise<void> {
  const write = async (bytes: Buffer | string) => {
    if (!socket.write(bytes)) await once(socket, 'drain');
  };
  await write('zINSTREAM\0');
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    const chunk = content.subarray(at, at + CHUNK_BYTES);
    await write(lengthOf(chunk));
    await write(chunk);
  }
  await write(lengthOf(Buffer.alloc(0)));
}

function lengthOf(chunk: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(chunk.length);
  return bytes;
}

async function read(socket: Socket): Promise<string> {
  let reply = '';
  for await (const bytes of socket) {
    reply += (bytes as Buffer).toString('latin1');
    if (reply.includes('\0') || reply.length > LONGEST_REPLY) break;
  }
  return reply;
}
