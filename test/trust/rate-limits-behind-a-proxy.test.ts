import request from 'supertest';
import { startApi } from '../setup/api';
import type { TestApi } from '../setup/api';

// docs/deployment.md requires a reverse proxy, so every connection comes from it. Here the test itself is the proxy, at 127.0.0.1: it
// appends the client's address to X-Forwarded-For.

const rate = {
  ...{ requestsPerMinutePerAddress: 3, requestsPerMinutePerSession: 10_000 },
  requestsPerMinutePerKey: 5,
};
const behind = (trustedProxies: string[]): object => ({ trustedProxies, rate });

let api: TestApi;
const start = async (trustedProxies: string[]) => {
  api = await startApi(behind(trustedProxies));
};
afterEach(() => api.end());

const ask = async (forwarded?: string) => {
  const call = request(api.server).get('/api/document-types');
  return (await (forwarded === undefined ? call : call.set('X-Forwarded-For', forwarded))).status;
};
const flood = async (forwarded?: string) => {
  const responses = [];
  for (let time = 0; time < 4; time += 1) responses.push(await ask(forwarded));
  return responses;
};
const FULL = [200, 200, 200, 429];

describe('behind a trusted proxy', () => {
  beforeEach(() => start(['127.0.0.0/8', '10.1.0.7']));

  it('a flood by one client limits only that client', async () => {
    expect(await flood('203.0.113.5')).toEqual(FULL);
    expect(await ask('203.0.113.6')).toBe(200);
  });

  it('the last hop that is not trusted is the client, whatever the client wrote', async () => {
    const invented = Array.from({ length: 4 }, (_, at) => `198.51.100.${at}, 203.0.113.5`);
    const responses = [];
    for (const forwarded of invented) responses.push(await ask(forwarded));
    expect(responses).toEqual(FULL);
    expect(await ask('203.0.113.5, 10.1.0.7')).toBe(429);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
    ['203.0.113.5', '::ffff:203.0.113.5', '203.0.113.6'],
  ])('%s and %s are one client, and %s is another', async (one, same, another) => {
    expect(await flood(one)).toEqual(FULL);
    expect(await ask(same)).toBe(429);
    expect(await ask(another)).toBe(200);
  });

  it('if a hop is no address, the proxy that named it is counted', async () => {
    expect(await flood('unknown')).toEqual(FULL);
    expect(await ask('203.0.113.5:4711')).toBe(429);
    expect(await ask('203.0.113.5')).toBe(200);
  });

  it('a sign-in is counted for the client as well', async () => {
    const signIn = (forwarded: string) =>
      request(api.server)
        .post('/api/clerk/sessions')
        .set('X-Forwarded-For', forwarded)
        .send({ login: 'nobody', password: 'wrong' });
    const responses = [];
    for (const at of ['203.0.113.5', '203.0.113.5', '203.0.113.6']) responses.push((await signIn(at)).status);
    expect(responses).toEqual([401, 401, 401]);
    const rows = await api.store.knex('rate_limits').where('key', 'like', 'sign-in:%').select('points');
    expect(rows.map(({ points }) => points).sort()).toEqual([1, 2]);
  });
});

it.each(['/API/clerk/sessions', '/api/clerk/sessions/'])(
  '%s is no way around the count of sign-ins',
  async (path) => {
    await start([]);
    const answer = await request(api.server).post(path).send({ login: 'nobody', password: 'wrong' });
    expect(answer.status).toBe(404);
  },
);

it('without a trusted proxy the header is ignored', async () => {
  await start([]);
  expect([await ask('203.0.113.5'), ...(await flood('203.0.113.6'))]).toEqual([200, ...FULL.slice(1), 429]);
});

describe('a registration system', () => {
  const path = '/api/registry/matters/M-1';
  const push = async (headers: Record<string, string>) =>
    (
      await request(api.server)
        .get(path)
        .set({ ...headers, 'X-Forwarded-For': '203.0.113.5' })
    ).status;

  beforeEach(() => start(['127.0.0.1']));

  it('is counted by its key once its signature is verified, and not by its address', async () => {
    await flood('203.0.113.5');
    const responses = [];
    for (let time = 0; time < 6; time += 1) responses.push(await push(api.signed('GET', path)));
    expect(responses).toEqual([404, 404, 404, 404, 404, 429]);
  });

  it('is counted by its address without a valid signature', async () => {
    const responses = [];
    for (let time = 0; time < 4; time += 1) responses.push(await push({}));
    expect(responses).toEqual([401, 401, 401, 429]);
  });
});
