import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Running } from '../serve';

// The test file of EICAR (eicar.org), in two parts: else scanners would take this file for it.
const TEST_FILE = Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-' + 'ANTIVIRUS-TEST-FILE!$H+H*');
const COMMAND = 'zINSTREAM\0';
/** clamd's StreamMaxLength, in bytes. */
const LONGEST_STREAM = 25 * 1024 * 1024;

/**
 * A virus scanner that speaks the protocol of clamd (clamd(8), INSTREAM) and knows one virus: the test file of EICAR. What the protocol does
 * not have is answered as clamd does, and the connection ends.
 */
export async function startVirusScannerSandbox({
  host,
  port,
}: {
  host: string;
  /** 0 for any free port. */
  port: number;
}): Promise<Running> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The caller has left.
    socket.on('error', () => socket.destroy());
    void serve(socket).then(
      (reply) => socket.end(`${reply}\0`),
      () => socket.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `tcp://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** @returns the reply to what a caller sends */
async function serve(socket: Socket): Promise<string> {
  let received = Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let streamed = 0;
  let isStream = false;
  // The reply goes out after the loop.
  for await (const bytes of socket.iterator({ destroyOnReturn: false })) {
    received = Buffer.concat([received, bytes as Buffer]);
    if (!isStream) {
      const command = received.subarray(0, COMMAND.length).toString('latin1');
      if (!COMMAND.startsWith(command)) return 'UNKNOWN COMMAND';
      if (command !== COMMAND) continue;
      received = received.subarray(COMMAND.length);
      isStream = true;
    }
    while (received.length >= 4) {
      const length = received.readUInt32BE();
      if (length === 0) return verdictOn(Buffer.concat(chunks));
      if (streamed + length > LONGEST_STREAM) return 'INSTREAM size limit exceeded. ERROR';
      if (received.length < 4 + length) break;
      chunks.push(received.subarray(4, 4 + length));
      streamed += length;
      received = received.subarray(4 + length);
    }
  }
  throw new Error('The caller has left within a stream.');
}

function verdictOn(content: Buffer): string {
  return content.includes(TEST_FILE) ? 'stream: Eicar-Signature FOUND' : 'stream: OK';
}
