import request from 'supertest';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.end());

type Headers = Awaited<ReturnType<TestApi['signInAgain']>>;
const list = async (headers: Headers) =>
  await request(api.server).get('/api/clerk/own-sessions').set(headers);
const end = async (path: string, headers: Headers) =>
  await request(api.server).post(`/api/clerk/own-sessions/${path}`).set(headers).send({});

const idsOf = async (headers: Headers) => {
  const { sessions } = (await list(headers)).body as { sessions: { id: string; isThisOne: boolean }[] };
  const [own] = sessions.filter(({ isThisOne }) => isThisOne);
  return { own: own!.id, all: sessions.map(({ id }) => id) };
};

it('is listed to its owner, with its times and whether it is the one in use', async () => {
  const { login, headers } = await api.addClerk('clerk');
  const again = await api.signInAgain(login);
  await api.signInAgain((await api.addClerk('clerk')).login);
  const { status, body } = await list(again);
  expect(status).toBe(200);
  expect(body.sessions).toHaveLength(2);
  expect(body.sessions[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{64}$/),
    beganAt: expect.any(String),
    usedAt: expect.any(String),
    expiresAt: expect.any(String),
    isThisOne: expect.any(Boolean),
  });
  const [first, second] = [await idsOf(headers), await idsOf(again)];
  expect(first.own).not.toBe(second.own);
  expect(first.all.sort()).toEqual(second.all.sort());
});

it('has an id that is neither the token nor its stored hash', async () => {
  const { headers } = await api.addClerk('clerk');
  const { own } = await idsOf(headers);
  const rows = await api.store.knex('clerk_sessions').select('token_hash');
  expect(rows.map(({ token_hash }) => token_hash)).not.toContain(own);
  const shown = { ...headers, cookie: `clerk_session=${own.slice(0, 43)}` };
  expect((await list(shown)).status).toBe(401);
});

it('that is idle for too long is not listed', async () => {
  const { id, login, headers } = await api.addClerk('clerk');
  const again = await api.signInAgain(login);
  const { own } = await idsOf(again);
  await api.store
    .knex('clerk_sessions')
    .where({ clerk_id: id })
    .update({ used_at: new Date(Date.now() - 24 * 3_600_000) });
  expect((await list(again)).status).toBe(401);
  expect((await list(headers)).status).toBe(401);
  expect((await idsOf(await api.signInAgain(login))).all).not.toContain(own);
});

it('is kept alive by what its clerk does, and not by what a page reads by itself', async () => {
  const { id, headers } = await api.addClerk('clerk');
  const usedAt = async () =>
    (await api.store.knex('clerk_sessions').where({ clerk_id: id }).first('used_at'))!.used_at.getTime();
  const before = Date.now() - 300_000;
  await api.store
    .knex('clerk_sessions')
    .where({ clerk_id: id })
    .update({ used_at: new Date(before) });
  const worklist = (more: object) =>
    request(api.server)
      .get('/api/clerk/worklist')
      .set({ ...headers, ...more });
  expect((await worklist({ 'x-background': 'true' })).status).toBe(200);
  expect(await usedAt()).toBeLessThanOrEqual(before + 1_000);
  expect((await worklist({})).status).toBe(200);
  expect(await usedAt()).toBeGreaterThan(before + 200_000);
  // It is a look like any other.
  const looks = await api.store.knex('clerk_actions').where({ clerk_id: id, action: 'list-worklist' });
  expect(looks).toHaveLength(2);
});

it('is ended by its owner, and the others go on', async () => {
  const { id, login, headers } = await api.addClerk('clerk');
  const again = await api.signInAgain(login);
  const { own } = await idsOf(again);
  expect((await end(`${own}/end`, headers)).status).toBe(204);
  expect((await list(again)).status).toBe(401);
  expect((await list(headers)).status).toBe(200);
  expect((await end(`${own}/end`, headers)).status).toBe(404);
  const [ended] = await api.store.knex('clerk_actions').where({ clerk_id: id, action: 'end-session' });
  expect(ended).toMatchObject({ result: 'done', subject_kind: 'session', subject_id: own });
});

it('of another clerk is not found, also for an admin, and goes on', async () => {
  const [owner, admin] = [await api.addClerk('clerk'), await api.addClerk('admin')];
  const { own } = await idsOf(owner.headers);
  const { status, body } = await end(`${own}/end`, admin.headers);
  expect([status, body.error.code]).toEqual([404, 'not_found']);
  expect((await list(owner.headers)).status).toBe(200);
});

it('ends with all others of the account, and with none of another, by signing out everywhere', async () => {
  const [{ login, headers }, another] = [await api.addClerk('clerk'), await api.addClerk('clerk')];
  const again = await api.signInAgain(login);
  const { status, headers: sent } = await end('end', headers);
  expect([status, sent['set-cookie']]).toEqual([
    204,
    ['clerk_session=; Max-Age=0; Path=/api/clerk; HttpOnly; SameSite=Strict'],
  ]);
  for (const gone of [headers, again]) expect((await list(gone)).status).toBe(401);
  expect((await list(another.headers)).status).toBe(200);
});
