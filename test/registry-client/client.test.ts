import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createRegistryClient,
  memoryDeliveries,
  RegistryApiError,
  RegistryUnreachable,
} from '../../registry-client/src';
import type { ClientSettings, Matter } from '../../registry-client/src';
import { createMiniProgramLinks } from '../../alipay/mini-program-links';
import type { Alipay } from '../../alipay/alipay';
import { readRegistries } from '../../registry/registries';
import { matterOf, personOf } from '../matters';
import { startApi } from '../setup/api';
import type { TestApi } from '../setup/api';

// The client against the real api. A proxy stands between them, because the api's address is in the configuration that is made first.

const pairs = {
  ed25519: generateKeyPairSync('ed25519'),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
const publicKeyOf = (pair: keyof typeof pairs) =>
  pairs[pair].publicKey.export({ type: 'spki', format: 'pem' });

const gateway = { call: () => Promise.reject(new Error('not called')), pageUrl: () => '' };

let api: TestApi;
let baseUrl = '';
/** Answers in place of the api, one after the other; `pass` lets a request through. */
let answers: ((response: ServerResponse) => void)[] = [];
let signatures: string[] = [];
const proxy = createServer((request, response) => {
  signatures.push(String(request.headers.signature));
  const answer = answers.shift();
  if (answer) answer(response);
  else api.server.emit('request', request, response);
});

beforeAll(async () => {
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  baseUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const registry = {
    id: 'test-registry',
    name: '测试登记系统',
    callbackUrl: 'http://127.0.0.1:9/callbacks',
    authorities: ['110105'],
    kinds: ['establishment'],
    keys: [
      { id: 'kit-1', algorithm: 'ed25519', publicKey: publicKeyOf('ed25519') },
      { id: 'kit-2', algorithm: 'ecdsa-p256-sha256', publicKey: publicKeyOf('p256') },
    ],
  };
  api = await startApi({
    publicUrl: baseUrl,
    alipay: createMiniProgramLinks(gateway, '2021000000000001') as Alipay,
    registries: readRegistries(JSON.stringify({ registries: [registry] }), 'development'),
  });
});
beforeEach(() => {
  [answers, signatures] = [[], []];
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await api.end();
});

const waits: number[] = [];
function clientOf(changes: Partial<ClientSettings> = {}, pair: keyof typeof pairs = 'ed25519') {
  const privateKey = pairs[pair].privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return createRegistryClient({
    baseUrl,
    key: { id: pair === 'ed25519' ? 'kit-1' : 'kit-2', privateKey },
    wait: async (ms) => void waits.push(ms),
    ...changes,
  });
}
const matter = (changes: Partial<Matter> = {}) => matterOf(changes) as Matter;
const thrownBy = async (work: Promise<unknown>) => await work.catch((error: unknown) => error);

it('pushes, reads and withdraws a matter, with a key of either algorithm', async () => {
  for (const pair of ['ed25519', 'p256'] as const) {
    const client = clientOf({}, pair);
    const id = `KIT-${pair}`;
    const pushed = await client.pushMatter(id, matter());
    expect(pushed).toMatchObject({ externalId: id, version: 1, state: 'open' });
    expect(await client.readMatter(id)).toEqual(pushed);
    await client.withdrawMatter(id, 1);
    expect((await client.readMatter(id)).state).toBe('withdrawn');
  }
});

it('catches up with the feed of events, and takes none twice that a callback brought', async () => {
  const client = clientOf();
  const deliveries = memoryDeliveries();
  for (const version of [1, 2]) await client.pushMatter('KIT-F', matter({ version }));
  const query = { limit: '500' };
  const { events } = await client.call('get', '/api/registry/events', { query });
  const own = events.filter((event) => event.matter.externalId === 'KIT-F');
  expect(own.map(({ event }) => event)).toEqual([
    'invitation.issued',
    'matter.superseded',
    'invitation.issued',
  ]);
  // The first came as a callback.
  await deliveries.once(own[0]!.deliveryId, async () => undefined);
  const handled: string[] = [];
  const places: string[] = [];
  const handle = async ({ deliveryId }: { deliveryId: string }) => void handled.push(deliveryId);
  const passed = async (after: string) => void places.push(after);
  const before = String(own[0]!.position - 1);
  const end = await client.catchUp(before, { deliveries, handle, passed });
  expect(handled).toEqual(own.slice(1).map(({ deliveryId }) => deliveryId));
  expect([end, places]).toEqual([String(own[2]!.position), [end]]);
  expect(await client.catchUp(end, { deliveries, handle, passed })).toBe(end);
  expect(await client.catchUp('0', { deliveries, handle })).toBe(end);
  expect(new Set(handled).size).toBe(handled.length);
});

it('an event that is not handled is read again', async () => {
  const client = clientOf();
  const deliveries = memoryDeliveries();
  const failing = client.catchUp('0', { deliveries, handle: () => Promise.reject(new Error('database')) });
  expect(await thrownBy(failing)).toMatchObject({ message: 'database' });
  const handled: number[] = [];
  await client.catchUp('0', { deliveries, handle: async ({ position }) => void handled.push(position) });
  expect(handled[0]).toBe(1);
});

it('reads invitations, and is told what cannot be acknowledged as archived', async () => {
  const client = clientOf();
  await client.pushMatter('KIT-I', matter());
  const { version, invitations } = await client.readInvitations('KIT-I');
  expect([version, invitations.map(({ reference }) => reference)]).toEqual([1, ['P-1']]);
  expect(await thrownBy(client.acknowledgeArchived('KIT-I', 1, ['20260101-AAAAAAAAAA']))).toMatchObject({
    ...{ status: 409, code: 'not_confirmed' },
    issues: [{ path: 'evidence.0', code: 'not_confirmed' }],
  });
});

it('uploads a document, which the matter then shows, and tells where an authority is', async () => {
  const client = clientOf();
  const content = Buffer.from('%PDF-1.7\n章程');
  const sha256 = await client.uploadDocument(content, 'application/pdf');
  expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
  const { documents } = await client.pushMatter('KIT-D', matter({ documents: [{ name: '章程', sha256 }] }));
  expect(documents).toEqual([{ sha256, isUploaded: true }]);
  await client.tellAuthority('110105', {
    ...{
      name: '北京市朝阳区市场监督管理局',
      address: '试验路1号',
      hours: '周一至周五',
      phone: '010-0000 0000',
    },
  });
  expect(await api.store.knex('authorities').select('code')).toEqual([{ code: '110105' }]);
});

it('says what is wrong with a matter, and where', async () => {
  const twice = matterOf({ persons: [personOf({}), personOf({ reference: 'P-2' })] }) as Matter;
  const error = await thrownBy(clientOf().pushMatter('KIT-X', twice));
  expect(error).toBeInstanceOf(RegistryApiError);
  expect(error).toMatchObject({
    status: 422,
    code: 'invalid',
    issues: [{ path: 'persons.1.document', code: 'person_repeated' }],
    requestId: expect.any(String),
  });
  expect((error as Error).message).toContain('persons.1.document: person_repeated');
});

it('says what is wrong with a signature', async () => {
  const key = {
    id: 'kit-9',
    privateKey: pairs.ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  const error = await thrownBy(clientOf({ key }).readMatter('KIT-ed25519'));
  expect((error as Error).message).toContain(
    'signature_key_unknown; signature-input.keyid: unknown (the id of a key that is registered here)',
  );
  // What the client signs is another address than the api's own.
  const elsewhere = await thrownBy(
    clientOf({ baseUrl: baseUrl.replace('127.0.0.1', 'localhost') }).readMatter('X'),
  );
  expect((elsewhere as RegistryApiError).issues[0]?.expected).toContain(`@target-uri is ${baseUrl} with`);
});

const busy = (headers: Record<string, string>) => (response: ServerResponse) =>
  void response.writeHead(503, headers).end(JSON.stringify({ error: { code: 'temporarily_unavailable' } }));

it('repeats what got no answer, waits as it is told, and signs anew each time', async () => {
  waits.length = 0;
  answers = [busy({}), (response) => void response.destroy(), busy({ 'retry-after': '2' })];
  expect(await clientOf().pushMatter('KIT-R', matter())).toMatchObject({ state: 'open' });
  expect(new Set(signatures).size).toBe(4);
  const [first = 0, second = 0, third] = waits;
  expect([first >= 250 && first <= 500, second >= 500 && second <= 1000, third]).toEqual([true, true, 2000]);
});

it('gives up after so many tries, and at once after a refusal', async () => {
  answers = Array.from({ length: 3 }, () => busy({}));
  const error = await thrownBy(clientOf({ retries: 2 }).readMatter('KIT-R'));
  expect([error, signatures.length]).toEqual([
    expect.objectContaining({ code: 'temporarily_unavailable' }),
    3,
  ]);
  answers = [(response) => void response.destroy(), (response) => void response.writeHead(502).end('<html>')];
  expect(await thrownBy(clientOf({ retries: 1 }).readMatter('KIT-R'))).toBeInstanceOf(RegistryUnreachable);
  signatures = [];
  expect(await thrownBy(clientOf().readMatter('NOTHING'))).toMatchObject({ status: 404, code: 'not_found' });
  expect(signatures.length).toBe(1);
});
