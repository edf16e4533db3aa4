import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCallbackReceiver, memoryDeliveries, memoryNonces } from '../../registry-client/src';
import type { Callback, ReceiverSettings } from '../../registry-client/src';
import { createCallbackSender } from '../../registry/callback';
import { signedHeaders } from '../../sandbox/registry/signing';

// The client's receiver, at which the product's own sender and a liar deliver.

const newPair = () =>
  generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const [ours, another] = [newPair(), newPair()];

let handled: Callback[] = [];
let failures: string[] = [];
let handle: ReceiverSettings['handle'];
let now: () => Date;
let receiver: ReturnType<typeof createCallbackReceiver>;
const server = createServer((request, response) => void receiver(request, response));
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks?system=1`;
});
beforeEach(() => {
  [handled, failures] = [[], []];
  now = () => new Date();
  handle = async (callback) => void handled.push(callback);
  receiver = createCallbackReceiver({
    url,
    keys: [{ id: 'check-1', publicKey: ours.publicKey }],
    nonces: memoryNonces(() => now()),
    deliveries: memoryDeliveries(),
    handle: async (callback) => handle(callback),
    onFailure: (error) => failures.push(String((error as { code?: string }).code ?? error)),
    now: () => now(),
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const callbackOf = (deliveryId: string) => ({
  deliveryId,
  event: 'matter.confirmed',
  occurredAt: new Date().toISOString(),
  matter: { externalId: '设立-1', version: 1 },
});
const sender = createCallbackSender({ keyId: 'check-1', privateKey: ours.privateKey, timeoutMs: 5_000 });
const deliver = (deliveryId: string) => sender.deliver(url, callbackOf(deliveryId));

it('takes a callback of the product, handles it once, and acknowledges every repetition', async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  await deliver(first);
  await deliver(first);
  await deliver(second);
  await Promise.all([deliver(second), deliver(second)]);
  expect(handled.map(({ deliveryId }) => deliveryId)).toEqual([first, second]);
  expect(handled[0]).toMatchObject({ event: 'matter.confirmed', matter: { externalId: '设立-1' } });
  expect(failures).toEqual([]);
});

it('acknowledges nothing that could not be handled, and handles it when it comes again', async () => {
  const id = randomUUID();
  const works = handle;
  handle = async () => {
    throw new Error('The database is away.');
  };
  await expect(deliver(id)).rejects.toMatchObject({ code: 'callback_rejected', status: 500 });
  handle = works;
  await deliver(id);
  expect(handled.length).toBe(1);
});

interface Lie {
  key?: { keyId: string; privateKey: string };
  skewSeconds?: number;
  address?: string;
  change?: (headers: Record<string, string>) => Record<string, string>;
  sent?: string;
}

/** @returns status, and why the receiver did not believe it */
async function lie({ key, skewSeconds = 0, address = url, change = (headers) => headers, sent }: Lie) {
  const body = JSON.stringify(callbackOf(randomUUID()));
  const signing = key ?? { keyId: 'check-1', privateKey: ours.privateKey };
  const headers = change(signedHeaders({ method: 'POST', url: address, body }, signing, { skewSeconds }));
  const { status } = await fetch(url, { method: 'POST', headers, body: sent ?? body });
  return [status, ...failures];
}

const replaced = (name: string, from: string | RegExp, to: string) => (headers: Record<string, string>) => ({
  ...headers,
  [name]: headers[name]?.replace(from, to) ?? '',
});
const without = (name: string) => (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));

it.each<[string, Lie, string]>([
  [
    'signed by another key',
    { key: { keyId: 'check-1', privateKey: another.privateKey } },
    'signature_invalid',
  ],
  [
    'of an unknown key id',
    { key: { keyId: 'check-2', privateKey: ours.privateKey } },
    'signature_key_unknown',
  ],
  ['for another address', { address: 'http://127.0.0.1:1/callbacks' }, 'signature_invalid'],
  ['that is old', { skewSeconds: -301 }, 'signature_expired'],
  ['of the future', { skewSeconds: 400 }, 'signature_not_yet_valid'],
  ['with another body', { sent: '{"deliveryId":"x","event":"matter.confirmed"}' }, 'digest_mismatch'],
  ['without a signature', { change: without('signature') }, 'signature_missing'],
  ['without what it covers', { change: without('signature-input') }, 'signature_missing'],
  [
    'that covers less',
    { change: replaced('signature-input', ' "content-digest"', '') },
    'signature_components',
  ],
  [
    'that covers a part of the digest',
    { change: replaced('signature-input', '"content-digest"', '"content-digest";key="x"') },
    'signature_components',
  ],
  [
    'with times changed',
    { change: replaced('signature-input', /expires=\d/, 'expires=2') },
    'signature_lifetime',
  ],
  [
    'by another algorithm',
    { change: replaced('signature-input', 'ed25519', 'hmac-sha256') },
    'signature_algorithm',
  ],
  [
    'with a parameter twice',
    { change: replaced('signature-input', /$/, ';alg="none"') },
    'signature_malformed',
  ],
  ['with two signatures', { change: replaced('signature', /$/, ', sig2=:AA==:') }, 'signature_malformed'],
  ['with another digest', { change: replaced('content-digest', /:.{4}/, ':AAAA') }, 'signature_invalid'],
])('does not believe a callback %s', async (_, how, code) => {
  expect(await lie(how)).toEqual([401, code]);
  expect(handled).toEqual([]);
});

it('does not believe the same bytes twice, until their signature has expired by itself', async () => {
  const body = JSON.stringify(callbackOf(randomUUID()));
  const key = { keyId: 'check-1', privateKey: ours.privateKey };
  const headers = signedHeaders({ method: 'POST', url, body }, key);
  const send = async () => (await fetch(url, { method: 'POST', headers, body })).status;
  expect([await send(), await send()]).toEqual([200, 401]);
  now = () => new Date(Date.now() + 301_000);
  expect(await send()).toBe(401);
  expect(failures).toEqual(['nonce_replayed', 'signature_expired']);
  expect(handled.length).toBe(1);
});

it.each(['[]', '"x"', '{"event":"x"}', 'no JSON'])('does not take %s for a callback', async (body) => {
  const key = { keyId: 'check-1', privateKey: ours.privateKey };
  const headers = signedHeaders({ method: 'POST', url, body }, key);
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401);
  expect(failures).toEqual(['body_malformed']);
});
