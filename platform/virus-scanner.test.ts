import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { startVirusScannerSandbox } from '../sandbox/virus-scanner/server';
import { createVirusScanner } from './virus-scanner';

const MIB = 1024 * 1024;
const virus = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-' + 'ANTIVIRUS-TEST-FILE!$H+H*';

describe('a scanner that keeps to the protocol', () => {
  let sandbox: Awaited<ReturnType<typeof startVirusScannerSandbox>>;
  beforeAll(async () => {
    sandbox = await startVirusScannerSandbox({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => sandbox.close());

  it.each([
    ['an empty file', Buffer.alloc(0), 'clean'],
    ['a small one', Buffer.from('%PDF-1.7'), 'clean'],
    ['one of 20 MB', Buffer.alloc(20 * MIB, 'scan'), 'clean'],
    ['a virus', Buffer.from(virus), 'infected'],
    [
      'a virus at the end of a large file',
      Buffer.concat([Buffer.alloc(3 * MIB), Buffer.from(virus)]),
      'infected',
    ],
    ['more than the scanner takes', Buffer.alloc(26 * MIB), 'unknown'],
  ])('%s', async (_, content, verdict) => {
    expect(await createVirusScanner(new URL(sandbox.url).host).examine(content)).toBe(verdict);
  });
});

describe('a scanner that does not', () => {
  let server: Server;
  let answer: (socket: Socket) => void;
  const open = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      answer(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const examine = (timeoutMs?: number) =>
    createVirusScanner(`127.0.0.1:${(server.address() as AddressInfo).port}`, timeoutMs).examine(
      Buffer.alloc(MIB),
    );

  it.each(['', 'stream: OK', 'OK\0', 'stream: OK FOUND \0', 'stream: \0', 'stream: x ERROR\0', '<html>\0'])(
    'answers %j: nobody knows',
    async (reply) => {
      answer = (socket) => {
        socket.resume();
        socket.end(reply);
      };
      expect(await examine()).toBe('unknown');
    },
  );

  it('leaves, or says nothing: nobody knows', async () => {
    answer = (socket) => socket.destroy();
    expect(await examine()).toBe('unknown');
    answer = (socket) => socket.resume();
    expect(await examine(50)).toBe('unknown');
  });
});

it('nobody listens: nobody knows', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  expect(await createVirusScanner(`127.0.0.1:${port}`).examine(Buffer.from('scan'))).toBe('unknown');
});
