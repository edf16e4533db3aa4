import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { withdrawMatter } from '../../db/matters/matters';
import { readRegistries } from '../../registry/registries';
import { signedHeaders } from '../../sandbox/registry/signing';
import { matterOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;

const systems = ['one', 'other'].map((id) => ({
  id,
  ...generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }),
}));

beforeAll(async () => {
  const registries = systems.map(({ id, publicKey }) => ({
    ...{ id, name: '测试系统', callbackUrl: 'http://127.0.0.1:9/' },
    ...{ authorities: ['11'], kinds: ['establishment'] },
    keys: [{ id, algorithm: 'ed25519', publicKey }],
  }));
  api = await startApi({ registries: readRegistries(JSON.stringify({ registries }), 'development') });
  for (const id of ['A-1', 'A-2', 'A-3']) await push(id);
  await push('A-2', 2);
  await push('B-1', 1, 'other');
  await withdrawMatter(api.store, api.pseudonyms.matterId('one', 'A-3', 1), new Date());
});
afterAll(() => api.end());

function send(method: 'get' | 'put', path: string, by: string, body?: string) {
  const privateKey = systems.find(({ id }) => id === by)?.privateKey ?? '';
  const message = { method: method.toUpperCase(), url: `http://registration.example${path}`, body };
  const asking = method === 'get' ? request(api.server).get(path) : request(api.server).put(path);
  return asking.set(signedHeaders(message, { keyId: by, privateKey })).send(body);
}

async function push(id: string, version = 1, by = 'one') {
  const body = JSON.stringify(matterOf({ version }));
  expect((await send('put', `/api/registry/matters/${id}`, by, body)).status).toBe(201);
}

interface Listed {
  externalId: string;
  version: number;
  state: string;
}

const list = async (query = '', by = 'one') => await send('get', `/api/registry/matters${query}`, by);
const named = (matters: Listed[]) =>
  matters.map(({ externalId, version, state }) => `${externalId}/${version} ${state}`);

describe('the list of matters', () => {
  it('has every version of the own matters, in the order of their pushes', async () => {
    const { status, body } = await list();
    expect([status, named(body.matters)]).toEqual([
      200,
      ['A-1/1 open', 'A-2/1 superseded', 'A-3/1 withdrawn', 'A-2/2 open'],
    ]);
    expect(body.matters[0]).toEqual({
      ...{ externalId: 'A-1', version: 1, state: 'open', authority: '110105', kind: 'establishment' },
      pushedAt: expect.any(String),
    });
    expect(body.matters[2].decidedAt).toEqual(expect.any(String));
    expect(named((await list('', 'other')).body.matters)).toEqual(['B-1/1 open']);
  });

  it('has those of one state, or since a time', async () => {
    expect(named((await list('?state=open')).body.matters)).toEqual(['A-1/1 open', 'A-2/2 open']);
    expect((await list('?state=frozen')).body).toEqual({ matters: [] });
    const { pushedAt } = (await list()).body.matters[2];
    expect(named((await list(`?since=${pushedAt}&state=open`)).body.matters)).toEqual(['A-2/2 open']);
  });

  it('is read page by page, each matter once', async () => {
    const read: string[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const { body } = await list(`?limit=1${next && `&after=${next}`}`);
      read.push(...named(body.matters));
      ({ next } = body);
    }
    expect(read).toEqual(named((await list()).body.matters));
  });

  it.each(['?state=gone', '?after=1', '?after=1.x', '?limit=0', '?limit=501', '?since=today', '?page=2'])(
    'is refused with %s',
    async (query) => expect((await list(query)).status).toBe(422),
  );
});

describe('the feed of events', () => {
  const feed = async (query = '', by = 'one') => await send('get', `/api/registry/events${query}`, by);

  it('has the own events only, and goes on after the last one that was read', async () => {
    const { status, body } = await feed('?limit=3');
    const events = body.events as { position: number; event: string; matter: Listed }[];
    expect([status, body.next]).toEqual([200, '3']);
    const second = (await feed(`?after=${body.next}`)).body;
    expect(
      [...events, ...second.events].map(
        ({ position, event, matter }) => `${position} ${event} ${matter.externalId}/${matter.version}`,
      ),
    ).toEqual([
      '1 invitation.issued A-1/1',
      '2 invitation.issued A-2/1',
      '3 invitation.issued A-3/1',
      '4 matter.superseded A-2/1',
      '5 invitation.issued A-2/2',
      '6 matter.withdrawn A-3/1',
    ]);
    expect((await feed(`?after=${second.next}`)).body).toEqual({ events: [], next: '6' });
    const others = (await feed('', 'other')).body;
    expect([others.events.length, others.events[0].position, others.next]).toEqual([1, 1, '1']);
  });

  it.each(['?after=-1', '?after=x', '?limit=0', '?limit=501', '?from=1'])(
    'is refused with %s',
    async (query) => expect((await feed(query)).status).toBe(422),
  );
});
