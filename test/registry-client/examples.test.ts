import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { freeLoopbackPort } from '../../platform/worker-metrics';
import { createCallbackSender } from '../../registry/callback';
import { signedHeaders } from '../../sandbox/registry/signing';
import { examplesPython } from '../setup/needs/examples-python';
import { javaProgram } from '../setup/needs/java';

// The receivers in Java and Python, as processes of their own, at which the product's own sender and a liar deliver. The examples
// that push are run by kinds.mjs.

const examples = join(__dirname, '../../registry-client/examples');
const newPair = () =>
  generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const [ours, another] = [newPair(), newPair()];
const programs = {
  Java: () => [javaProgram(), join(examples, 'java/Callbacks.java')],
  Python: () => [examplesPython(), join(examples, 'python/callbacks.py')],
};

const callbackOf = (deliveryId: string) => ({
  deliveryId,
  event: 'matter.confirmed',
  occurredAt: new Date().toISOString(),
  matter: { externalId: 'KIND-01', version: 1 },
});

describe.each(['Java', 'Python'] as const)('the receiver in %s', (language) => {
  let receiver: ChildProcess;
  let output: Interface;
  let folder: string;
  let url = '';
  const lines: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rid-example-'));
    const keyFile = join(folder, 'check.pem');
    writeFileSync(keyFile, ours.publicKey);
    const port = await freeLoopbackPort();
    url = `http://127.0.0.1:${port}/callbacks`;
    const [program = '', script = ''] = programs[language]();
    receiver = spawn(program, [script, String(port), url, 'check-1', keyFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    output = createInterface({ input: receiver.stdout! });
    output.on('line', (line) => lines.push(line));
    await once(output, 'line');
    expect(lines).toEqual(['listening']);
  }, 60_000);
  afterAll(async () => {
    const ended = once(receiver, 'exit');
    receiver.kill();
    await ended;
    rmSync(folder, { recursive: true });
  });

  it('handles a callback of the product once, and acknowledges each repetition', async () => {
    const sender = createCallbackSender({ keyId: 'check-1', privateKey: ours.privateKey, timeoutMs: 10_000 });
    const [first, second] = [randomUUID(), randomUUID()];
    for (const id of [first, first, second]) await sender.deliver(url, callbackOf(id));
    while (!lines.at(-1)?.endsWith(second)) await once(output, 'line');
    expect(lines).toEqual(['listening', ...[first, second].map((id) => `handled matter.confirmed ${id}`)]);
  });

  const send = async (headers: Record<string, string>, body: string) =>
    (await fetch(url, { method: 'POST', headers, body })).status;

  it.each<
    [string, { keyId?: string; privateKey?: string; skewSeconds?: number; sent?: string; address?: string }]
  >([
    ['another key', { privateKey: another.privateKey }],
    ['an unknown key id', { keyId: 'check-2' }],
    ['an old time', { skewSeconds: -600 }],
    ['a time in the future', { skewSeconds: 600 }],
    ['another body', { sent: JSON.stringify(callbackOf(randomUUID())) }],
    ['another address', { address: 'http://127.0.0.1:9/callbacks' }],
  ])(
    'does not believe one with %s',
    async (_, { keyId = 'check-1', privateKey = ours.privateKey, ...lie }) => {
      const body = JSON.stringify(callbackOf(randomUUID()));
      const message = { method: 'POST', url: lie.address ?? url, body };
      const headers = signedHeaders(message, { keyId, privateKey }, { skewSeconds: lie.skewSeconds ?? 0 });
      expect(await send(headers, lie.sent ?? body)).toBe(401);
    },
  );

  it.each([-280, 280])('believes one by a clock that is %i s away', async (skewSeconds) => {
    const body = JSON.stringify(callbackOf(randomUUID()));
    const key = { keyId: 'check-1', privateKey: ours.privateKey };
    expect(await send(signedHeaders({ method: 'POST', url, body }, key, { skewSeconds }), body)).toBe(200);
  });

  it('does not read a body without an end', async () => {
    const { hostname, port, pathname } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    // Whatever follows, the answer comes before the end that was promised.
    const head = `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 1000000000\r\n\r\n`;
    socket.on('error', () => undefined);
    socket.write(`${head}${' '.repeat(257 * 1024)}`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.[01] 413/);
  });

  it('does not believe the same bytes twice, nor one without a signature', async () => {
    const body = JSON.stringify(callbackOf(randomUUID()));
    const headers = signedHeaders(
      { method: 'POST', url, body },
      { keyId: 'check-1', privateKey: ours.privateKey },
    );
    expect([await send(headers, body), await send(headers, body)]).toEqual([200, 401]);
    expect(await send({ 'content-type': 'application/json' }, body)).toBe(401);
  });
});
