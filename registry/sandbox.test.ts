import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistrySandbox } from '../sandbox/registry/server';
import { createCallbackSender } from './callback';
import { readRegistries } from './registries';
import { verifyRequest } from './request-signature';
import type { SignatureError } from './signature-error';

// This system and the sandbox have separate code for signatures. These tests check each against the other.

const keyPair = () =>
  generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const ours = keyPair();
const theirs = keyPair();
const another = keyPair();

const registriesKnowing = (keyId: string, publicKey: string) =>
  readRegistries(
    JSON.stringify({
      registries: [
        {
          id: 'sample-registry',
          name: '示例登记系统',
          callbackUrl: 'http://127.0.0.1:9/callbacks',
          authorities: ['110105'],
          kinds: ['change'],
          keys: [{ id: keyId, algorithm: 'ed25519', publicKey }],
        },
      ],
    }),
    'development',
  );
/** The version that the api returns for a matter, the received bodies, and the known systems. */
let version: number | undefined;
let bodies: string[] = [];
let registries = registriesKnowing('theirs-1', theirs.publicKey);

/** Acts as the api. */
const api = createServer((request, response) => {
  void received(request).then(
    (sender) => response.end(JSON.stringify(sender)),
    (error: unknown) =>
      response.writeHead(401).end(JSON.stringify({ rejected: (error as SignatureError).code })),
  );
});
let apiUrl = '';

async function received(request: IncomingMessage): Promise<object> {
  const { method = '', url = '', headersDistinct: headers } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const body = bytes.length > 0 ? async () => bytes : undefined;
  const message = { method, url: `${apiUrl}${url}`, headers, body };
  const { registry, keyId, nonce } = await verifyRequest(message, registries, new Date());
  bodies.push(bytes.toString());
  return { registry: registry.id, keyId, nonce, method, url, version };
}

const folder = mkdtempSync(join(tmpdir(), 'registry-sandbox-'));
let sandbox: Awaited<ReturnType<typeof startRegistrySandbox>>;

beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  writeFileSync(join(folder, 'theirs.pem'), theirs.privateKey);
  writeFileSync(join(folder, 'ours.pem'), ours.publicKey);
  sandbox = await startRegistrySandbox({
    host: '127.0.0.1',
    port: 0,
    apiUrl,
    systemId: 'sample-registry',
    keyId: 'theirs-1',
    privateKeyFile: join(folder, 'theirs.pem'),
    callbackKeyId: 'ours-1',
    callbackPublicKeyFile: join(folder, 'ours.pem'),
    samplesDir: folder,
  });
});
beforeEach(async () => {
  registries = registriesKnowing('theirs-1', theirs.publicKey);
  [version, bodies] = [undefined, []];
  await admin('reset');
});
afterAll(async () => {
  await sandbox.close();
  api.closeAllConnections();
  await new Promise((resolve) => api.close(resolve));
  rmSync(folder, { recursive: true });
});

async function admin(path: string, body: object = {}) {
  const response = await fetch(`${sandbox.url}/admin/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

const read = async (path: string) => JSON.parse(await (await fetch(`${sandbox.url}/admin/${path}`)).text());

describe('a push of the registration system', () => {
  const push = { externalId: '设立 2026/1', matter: { version: 1, text: '业务内容' } };
  const path = `/api/registry/matters/${encodeURIComponent(push.externalId)}`;
  const sender = {
    registry: 'sample-registry',
    keyId: 'theirs-1',
    nonce: expect.stringMatching(/^[\w-]{16,}$/),
  };

  it('is accepted, and so is a GET without a body', async () => {
    await expect(admin('push', push)).resolves.toEqual({
      status: 200,
      body: { ...sender, method: 'PUT', url: path },
    });
    await expect(read('matters/2026-1')).resolves.toEqual({
      status: 200,
      body: { ...sender, method: 'GET', url: '/api/registry/matters/2026-1' },
    });
  });

  it.each([
    ['a byte is changed', { changedByte: true }, 'digest_mismatch'],
    ['its clock is six minutes late', { skewSeconds: -360 }, 'signature_expired'],
    ['its clock is six minutes early', { skewSeconds: 360 }, 'signature_not_yet_valid'],
  ])('is rejected when %s', async (_, misbehave, rejected) => {
    await expect(admin('push', { ...push, misbehave })).resolves.toEqual({ status: 401, body: { rejected } });
  });

  it.each([-240, 240])('is accepted when its clock is off by %d seconds', async (skewSeconds) => {
    await expect(admin('push', { ...push, misbehave: { skewSeconds } })).resolves.toMatchObject({
      status: 200,
    });
  });

  it.each([
    ['theirs-1', 'signature_invalid'],
    ['theirs-2', 'signature_key_unknown'],
  ])('is rejected when only another key is known, as %s', async (keyId, rejected) => {
    registries = registriesKnowing(keyId, another.publicKey);
    await expect(admin('push', push)).resolves.toEqual({ status: 401, body: { rejected } });
  });
});

describe('a re-issue of the registration system', () => {
  const sample = { externalId: 'sample-1', matter: { version: 1, text: '样例业务' } };

  beforeAll(() => {
    mkdirSync(join(folder, 'matters'));
    mkdirSync(join(folder, 'documents'));
    writeFileSync(join(folder, 'authorities.json'), '[]');
    writeFileSync(join(folder, 'matters/sample-1.json'), JSON.stringify(sample));
  });

  it('has the pushed content and the next version', async () => {
    await admin('push', { externalId: 'M-1', matter: { version: 2, text: '业务内容' } });
    version = 4;
    await admin('re-issue/M-1');
    expect(JSON.parse(bodies.at(-1) ?? '')).toEqual({ version: 5, text: '业务内容' });
  });

  it('works for a sample from an earlier run, and the sample is not pushed again with its old version', async () => {
    version = 1;
    await admin('re-issue/sample-1');
    expect(JSON.parse(bodies.at(-1) ?? '')).toEqual({ ...sample.matter, version: 2 });
    version = 2;
    const before = bodies.filter((body) => body !== '').length;
    expect(await admin('push-samples')).toEqual([{ externalId: 'sample-1', status: 200 }]);
    expect(bodies.filter((body) => body !== '').length).toBe(before);
  });
});

describe('a callback', () => {
  const deliver = (deliveryId: string, keyId = 'ours-1', { privateKey } = ours) =>
    createCallbackSender({ keyId, privateKey, timeoutMs: 5_000 }).deliver(`${sandbox.url}/callbacks`, {
      deliveryId,
      event: 'matter.confirmed',
      text: '已确认',
    });
  const arrived = async () =>
    (await read('callbacks')).verified.map((callback: { deliveryId: string; repeats: number }) => [
      callback.deliveryId,
      callback.repeats,
    ]);

  it('is verified and acknowledged at every delivery', async () => {
    await deliver('delivery-1');
    await deliver('delivery-1');
    await deliver('delivery-2');
    expect(await arrived()).toEqual([
      ['delivery-1', 1],
      ['delivery-2', 0],
    ]);
  });

  it.each([
    ['another key', 'ours-1', another, 'signature_invalid'],
    ['another key id', 'ours-2', ours, 'signature_key_unknown'],
  ])('signed with %s is rejected', async (_, keyId, key, reason) => {
    await expect(deliver('delivery-1', keyId, key)).rejects.toMatchObject({
      code: 'callback_rejected',
      status: 401,
      retry: 'later',
    });
    expect(await arrived()).toEqual([]);
    expect((await read('callbacks')).rejected).toMatchObject({ [reason]: 1 });
  });

  it.each([
    ['500', 'callback_rejected', 0],
    ['down', 'callback_unreachable', 0],
    ['no-ack', 'callback_unacknowledged', 1],
    ['lost-reply', 'callback_unreachable', 1],
  ])('is repeated until the sandbox in mode %s acknowledges it', async (mode, code, repeats) => {
    await admin('mode', { mode, times: 1 });
    await expect(deliver('delivery-1')).rejects.toMatchObject({ code, retry: 'later' });
    await expect(deliver('delivery-1')).resolves.toBeUndefined();
    expect(await arrived()).toEqual([['delivery-1', repeats]]);
  });
});
