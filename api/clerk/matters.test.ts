import request from 'supertest';
import { noteTry } from '../../db/matters/deliveries';
import { matterOf } from '../../test/matters';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';

let api: TestApi;
let clerk: Clerk;
/** How far the clock of the api is ahead, in ms. */
let ahead = 0;
const now = () => new Date(Date.now() + ahead);

beforeAll(async () => {
  api = await startApi({ now, sessionLimits: { slidingMinutes: 24 * 60, limitHours: 24 } });
  clerk = await api.addClerk('clerk');
});
afterAll(() => api.end());

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

async function push(id: string, changes: Parameters<typeof matterOf>[0] = {}): Promise<string> {
  const path = `/api/registry/matters/${id}`;
  const matter = matterOf(changes);
  const { status, body } = await request(api.server)
    .put(path)
    .set(api.signed('PUT', path, matter))
    .send(JSON.stringify(matter));
  expect([status, body.error]).toEqual([201, undefined]);
  return api.pseudonyms.matterId('test-registry', id, matter.version);
}

const get = async (path: string, { headers }: Clerk = clerk) =>
  await request(api.server).get(`/api/clerk/${path}`).set(headers);
const page = (id: string, by?: Clerk) => get(`matters/test-registry/${id}`, by);
const invite = async (toDo: string, key: string, { headers }: Clerk = clerk) =>
  await request(api.server)
    .post(`/api/clerk/to-dos/${toDo}/invitation`)
    .set({ ...headers, 'idempotency-key': key })
    .send({});
const issuedAgain = async (matter: string) =>
  (
    await api.store
      .knex('deliveries')
      .where({ matter_id: matter, event: 'invitation.issued' })
      .orderBy('sequence')
      .select('body')
  )
    .slice(1)
    .map(({ body }) => (JSON.parse(body) as { persons: unknown }).persons);

it('shows its persons masked, its callbacks with their tries, and its earlier versions', async () => {
  const markup = '<b>=1+1 有限公司';
  await push('M-1');
  const clock = now();
  const matter = await push('M-1', { version: 2, entity: { name: markup } });
  const [delivery] = await api.store.knex('deliveries').where({ matter_id: matter }).select('id');
  const nextAt = new Date(clock.getTime() + 1000);
  const failed = { outcome: 'callback_rejected', status: 500, nextAt } as const;
  await noteTry(api.store.knex, delivery!.id, failed, clock);
  await noteTry(api.store.knex, delivery!.id, { outcome: 'callback_timeout' }, nextAt);
  const { status, body } = await page('M-1');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ matter, registry: 'test-registry', registryName: '测试登记系统' },
    ...{ externalId: 'M-1', version: 2, state: 'open' },
    ...{ authority: '110105', kind: 'establishment', entity: markup, flags: [] },
    persons: [
      {
        ...{ reference: 'P-1', name: '**甲', number: '110*************14', state: 'pending' },
        ...{ roles: ['legal-representative', 'shareholder'], mayBeInvited: true, withdrawnConsents: [] },
      },
    ],
    callbacks: [
      {
        ...{ id: delivery!.id, event: 'invitation.issued', state: 'waiting', references: ['P-1'] },
        tries: [
          { at: nextAt.toISOString(), outcome: 'callback_timeout' },
          {
            ...{ at: clock.toISOString(), outcome: 'callback_rejected', status: 500 },
            nextAt: nextAt.toISOString(),
          },
        ],
      },
    ],
    earlierVersions: [{ version: 1, state: 'superseded' }],
  });
  for (const personal of ['110101190001010014', '试验甲'])
    expect(JSON.stringify(body)).not.toContain(personal);
});

it('only the last twenty tries of a delivery are kept', async () => {
  const matter = await push('M-tries');
  const [delivery] = await api.store.knex('deliveries').where({ matter_id: matter }).select('id');
  for (let n = 0; n < 25; n += 1)
    await noteTry(api.store.knex, delivery!.id, { outcome: 'callback_rejected', status: 500 + n }, now());
  const { tries } = (await page('M-tries')).body.callbacks[0] as { tries: { status: number }[] };
  expect(tries.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, (_, n) => 524 - n));
});

it('does not exist for clerks of other authorities: its page, its evidence, its invitations', async () => {
  const matter = await push('M-2');
  const other = await api.addClerk('clerk', ['110101', 'national']);
  const [{ toDoId }] = (await page('M-2')).body.persons as [{ toDoId: string }];
  const verification = 'matters/test-registry/M-2/evidence/20260101-AAAAAAAAAA/verification';
  const refused = [await page('M-2', other), await page('M-none'), await invite(toDoId, 'key', other)];
  for (const { status, body } of [...refused, await get(verification, other), await get(verification)])
    expect([status, body.error.code]).toEqual([404, 'not_found']);
  expect((await get('matters', other)).body.matters).toEqual([]);
  expect(await issuedAgain(matter)).toEqual([]);
});

describe('an invitation', () => {
  it('is sent again by a new event, once for a request and once an hour, and is recorded', async () => {
    const matter = await push('M-3');
    const [{ toDoId }] = (await page('M-3')).body.persons as [{ toDoId: string }];
    const answers = [await invite(toDoId, 'one'), await invite(toDoId, 'one')];
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    const again = [{ reference: 'P-1', roles: ['legal-representative', 'shareholder'] }];
    expect(await issuedAgain(matter)).toEqual([again]);
    expect(api.reevaluated.filter((one) => one === matter).length).toBeGreaterThanOrEqual(3);
    const early = await invite(toDoId, 'two');
    expect([early.status, early.body.error.code]).toEqual([429, 'invited_lately']);
    expect(Number(early.headers['retry-after'])).toBeGreaterThan(3500);
    expect((await page('M-3')).body.persons[0]).toMatchObject({
      ...{ invitedAt: expect.any(String), mayBeInvited: false },
    });
    ahead = 3_600_000;
    expect((await invite(toDoId, 'two')).status).toBe(204);
    ahead = 0;
    expect(await issuedAgain(matter)).toEqual([again, again]);
    const recorded = await api.store
      .knex('clerk_actions')
      .where({ clerk_id: clerk.id, action: 'send-invitation-again', subject_id: toDoId })
      .orderBy('id')
      .select('result');
    expect(recorded.map(({ result }) => result)).toEqual(['done', 'done', 'invited_lately', 'done']);
  });

  it('is not sent to anybody who has settled it', async () => {
    const matter = await push('M-4');
    const [{ toDoId }] = (await page('M-4')).body.persons as [{ toDoId: string }];
    await api.store.knex('confirmations').where({ to_do_id: toDoId }).update({ state: 'refused' });
    const { status, body } = await invite(toDoId, 'key');
    expect([status, body.error.code]).toEqual([409, 'invitation_over']);
    expect(await issuedAgain(matter)).toEqual([]);
  });

  it('is sent by clerks who decide, and by no others', async () => {
    await push('M-5');
    const [{ toDoId }] = (await page('M-5')).body.persons as [{ toDoId: string }];
    const { status, body } = await invite(toDoId, 'key', await api.addClerk('auditor'));
    expect([status, body.error.code]).toEqual([403, 'not_your_right']);
  });
});

it('lists matters by state, authority, registration system and age, with the company’s name', async () => {
  await push('M-6', { entity: { name: '北京清单有限公司' } });
  const ids = async (query: string) =>
    ((await get(`matters${query}`)).body.matters as { externalId: string }[]).map(
      ({ externalId }) => externalId,
    );
  const { body } = await get('matters?registry=test-registry&authority=110105');
  expect(body.matters[0]).toMatchObject({ externalId: 'M-6', entity: '北京清单有限公司', state: 'open' });
  expect(body.registries).toEqual([{ id: 'test-registry', name: '测试登记系统' }]);
  expect(await ids('?state=superseded')).toEqual(['M-1']);
  expect(await ids('?registry=another')).toEqual([]);
  expect(await ids('?olderThanDays=1')).toEqual([]);
  const other = await get('matters?authority=310115');
  expect([other.status, other.body.error.issues]).toEqual([
    422,
    [{ path: 'query.authority', code: 'not_in_scope' }],
  ]);
  const wrong = await get('matters?after=1.x');
  expect(wrong.status).toBe(422);
});
