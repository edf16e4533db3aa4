import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCallbackSender } from './callback';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const event = { deliveryId: 'delivery-1', event: 'matter.confirmed', text: '已确认' };

let reply: (response: ServerResponse) => void;
let received: { method: string; target: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, target: `${origin}${url}`, headers, body: Buffer.concat(chunks) });
      reply(response);
    });
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  received = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const sender = (timeoutMs = 5_000) => createCallbackSender({ keyId: 'ours-1', privateKey: pem, timeoutMs });
const deliver = (response: typeof reply, timeoutMs?: number) => {
  reply = response;
  return sender(timeoutMs).deliver(`${origin}/callbacks?a=b%20c`, event);
};
const acknowledge = (response: ServerResponse) => void response.end('{"acknowledged":"delivery-1"}');

it('delivers an event and returns after the acknowledgement', async () => {
  await expect(deliver(acknowledge)).resolves.toBeUndefined();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ method: 'POST', target: `${origin}/callbacks?a=b%20c` });
  expect(JSON.parse(received[0]!.body.toString())).toEqual(event);
});

it('carries the newest checkpoint of the transparency log, in what is signed', async () => {
  reply = acknowledge;
  const checkpoint = 'identity.example/log\n7\nroot\n\n— identity.example/log signature\n';
  const settings = { keyId: 'ours-1', privateKey: pem, timeoutMs: 5_000 };
  const url = `${origin}/callbacks`;
  await createCallbackSender({ ...settings, newestCheckpoint: async () => checkpoint }).deliver(url, event);
  await createCallbackSender({ ...settings, newestCheckpoint: async () => undefined }).deliver(url, event);
  expect(received.map(({ body }) => JSON.parse(body.toString()))).toEqual([{ ...event, checkpoint }, event]);
});

it('signs method, target and body by RFC 9421', async () => {
  await deliver(acknowledge);
  const { target, headers, body } = received[0]!;
  const [, input] = /^sig1=(.*)$/.exec(headers['signature-input'] as string)!;
  expect(input).toMatch(
    /^\("@method" "@target-uri" "content-digest" "content-type"\);created=\d+;expires=\d+;nonce="[\w-]{36}";keyid="ours-1";alg="ed25519"$/,
  );
  expect(headers['content-digest']).toBe(`sha-256=:${createHash('sha256').update(body).digest('base64')}:`);
  expect(headers['content-type']).toBe('application/json');
  const base = [
    '"@method": POST',
    `"@target-uri": ${target}`,
    `"content-digest": ${String(headers['content-digest'])}`,
    '"content-type": application/json',
    `"@signature-params": ${input}`,
  ].join('\n');
  const [, signature = ''] = /^sig1=:(.*):$/.exec(headers.signature as string)!;
  expect(verify(null, Buffer.from(base), publicKey, Buffer.from(signature, 'base64'))).toBe(true);

  const [created, expires] = [/created=(\d+)/, /expires=(\d+)/].map((time) => Number(time.exec(input!)![1]));
  expect(expires! - created!).toBe(300);
  expect(Math.abs(created! - Date.now() / 1000)).toBeLessThan(10);
});

it('never uses a nonce twice', async () => {
  await deliver(acknowledge);
  await deliver(acknowledge);
  const nonces = received.map(
    ({ headers }) => /nonce="([^"]+)"/.exec(String(headers['signature-input']))![1],
  );
  expect(new Set(nonces).size).toBe(2);
});

it('signs the requested target in its normalised form', async () => {
  reply = acknowledge;
  await sender().deliver(`${origin.replace('http', 'HTTP')}/a/../callbacks#part`, event);
  const { target, headers } = received[0]!;
  expect(target).toBe(`${origin}/callbacks`);
  const [, input] = /^sig1=(.*)$/.exec(headers['signature-input'] as string)!;
  const [, signature = ''] = /^sig1=:(.*):$/.exec(headers.signature as string)!;
  const base = `"@method": POST\n"@target-uri": ${target}\n"content-digest": ${String(headers['content-digest'])}\n"content-type": application/json\n"@signature-params": ${input}`;
  expect(verify(null, Buffer.from(base), publicKey, Buffer.from(signature, 'base64'))).toBe(true);
});

it.each([500, 503, 404, 401, 202, 204])('treats status %d as a rejection', async (status) => {
  await expect(
    deliver(
      (response) =>
        void response.writeHead(status).end(status === 204 ? undefined : '{"acknowledged":"delivery-1"}'),
    ),
  ).rejects.toMatchObject({ code: 'callback_rejected', status, retry: 'later' });
});

it.each([301, 302, 303, 307, 308])('does not follow a redirect (%d)', async (status) => {
  await expect(
    deliver((response) => void response.writeHead(status, { location: `${origin}/elsewhere` }).end()),
  ).rejects.toMatchObject({ code: 'callback_rejected', status });
  expect(received).toHaveLength(1);
});

it.each([
  ['another delivery', '{"acknowledged":"delivery-2"}'],
  ['nothing', ''],
  ['no JSON', 'ok'],
  ['an empty object', '{}'],
  ['true', '{"acknowledged":true}'],
  ['a list', '{"acknowledged":["delivery-1"]}'],
  ['null', 'null'],
  ['more than 16 KB', `{"acknowledged":"delivery-1"}${' '.repeat(16 * 1024)}`],
])('does not accept %s as an acknowledgement', async (_, text) => {
  await expect(deliver((response) => void response.end(text))).rejects.toMatchObject({
    code: 'callback_unacknowledged',
    retry: 'later',
  });
});

it('stops reading an endless response', async () => {
  const closed = new Promise((resolve) => {
    reply = (response) => {
      response.once('close', resolve);
      const more = () => {
        while (response.write(' '.repeat(4096)));
        response.once('drain', more);
      };
      more();
    };
  });
  await expect(sender().deliver(origin, event)).rejects.toMatchObject({ code: 'callback_unacknowledged' });
  await closed;
});

it.each<[string, typeof reply]>([
  ['does not begin', () => undefined],
  ['does not end', (response) => void response.write('{"acknowledged":')],
])('times out when the response %s', async (_, response) => {
  await expect(deliver(response, 100)).rejects.toMatchObject({ code: 'callback_timeout', retry: 'later' });
});

it('reports a broken connection and does not repeat the delivery', async () => {
  await expect(deliver((response) => void response.destroy())).rejects.toMatchObject({
    code: 'callback_unreachable',
    retry: 'later',
  });
  expect(received).toHaveLength(1);
});

it('reports that nobody listens', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  await expect(sender().deliver(`http://127.0.0.1:${port}/`, event)).rejects.toMatchObject({
    code: 'callback_unreachable',
  });
});

it('has a message with words and codes, and without the delivered content', async () => {
  const error: unknown = await deliver((response) => void response.writeHead(500).end('已确认')).catch(
    (thrown: unknown) => thrown,
  );
  expect((error as Error).message).toBe(
    'The registration system did not respond with status 200 (callback_rejected, 500).',
  );
  expect(JSON.stringify([error, (error as Error).stack])).not.toContain('已确认');
});

it.each([
  ['text', 'SECRET'],
  ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  [
    'an RSA key',
    generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  ],
])('rejects %s as a private key', (_, privateKey) => {
  expect(() => createCallbackSender({ keyId: 'ours-1', privateKey, timeoutMs: 1 })).toThrow(
    expect.objectContaining({
      code: 'callback_key_unusable',
      message: expect.not.stringMatching(/SECRET|BEGIN/),
    }),
  );
});
