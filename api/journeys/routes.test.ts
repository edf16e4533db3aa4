import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { Alipay } from '../../alipay/alipay';
import { AlipayError } from '../../alipay/errors';
import type { Projection } from '../../db/journeys/journeys';
import { pushMatter } from '../../db/matters/pushes';
import { askForReissue } from '../../db/confirmations/re-issues';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney, person } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';
import { matterOf, personOf } from '../../test/matters';
import type { ReportedRejection } from './commands';

let api: TestApi;
let authorization: string;
let session: { id: string; account: string };
let journey: string;
let personKey: string;
let clock: Date;
let held: HeldJourney;

beforeEach(async () => {
  clock = new Date();
  api = await startApi({ now: () => clock });
  held = await holdJourney(api, () => clock);
  ({ authorization, session, personKey, id: journey } = held);
});
afterEach(() => api.end());

let revision = 0;
const show = async (changes: Partial<Projection>) => {
  revision = await held.show(changes);
};

const get = (path: string) => request(api.server).get(path).set({ authorization });
const post = (path: string, body: object, key?: string) => held.post(path, body, key);

describe('the answer to a command', () => {
  beforeEach(() => show({ step: 'to-dos', allowed: ['confirm', 'refuse', 'close'] }));

  it('is the view as it stands in the database, masked', async () => {
    api.next.outcome = { outcome: 'done', view: {} as never };
    const { status, body } = await post('close', { revision });
    expect([status, body]).toEqual([
      200,
      {
        id: journey,
        step: 'to-dos',
        allowed: ['confirm', 'refuse', 'close'],
        revision,
        notices: [],
        consentsGiven: [],
        caseNumber: expect.stringMatching(/^\d{14}$/),
        person: {
          name: '**甲',
          documentType: 'resident-id',
          documentName: '居民身份证',
          number: '110*************14',
        },
      },
    ]);
    expect(api.commands).toEqual([
      {
        command: 'close',
        journey,
        payload: { session: session.id, expectedRevision: revision },
        updateId: expect.any(String),
      },
    ]);
  });

  it('says that the machine is still at work', async () => {
    api.next.outcome = { outcome: 'accepted' };
    const { status, headers, body } = await post('close', { revision });
    expect([status, headers['retry-after'], body.step, body.allowed]).toEqual([202, '2', 'working', []]);
  });

  it.each<[ReportedRejection, number, string]>([
    ['not_allowed_now', 409, 'not_allowed_now'],
    ['stale', 409, 'stale'],
    ['busy', 409, 'busy'],
    ['session_replaced', 404, 'not_found'],
  ])('%s is a %i with where the journey stands', async (rejection, expected, code) => {
    api.next.outcome = { outcome: 'rejected', rejection };
    const { status, body } = await post('close', { revision });
    expect([status, body.error.code]).toEqual([expected, code]);
    if (expected === 409) expect(body.journey).toMatchObject({ step: 'to-dos', revision });
  });

  it('says that the journey is over', async () => {
    api.next.outcome = { outcome: 'closed' };
    const { status, body } = await post('close', { revision });
    expect([status, body.error.code]).toEqual([409, 'journey_closed']);
  });

  it('asks for the same again where nobody knows', async () => {
    const { status, headers } = await post('close', { revision });
    expect([status, headers['retry-after']]).toEqual([503, '2']);
    await post('close', { revision });
    expect(api.commands[0]?.updateId).toBe(api.commands[1]?.updateId);
  });
});

describe('to-dos', () => {
  const push = (version = 1) =>
    pushMatter(
      api.store,
      {
        registry: 'test-registry',
        externalId: 'M-1',
        id: api.pseudonyms.matterId('test-registry', 'M-1', version),
        content: matterOf({ version, persons: [personOf({ name: person.name })] }),
        persons: [
          {
            ...{
              name: person.name,
              matchKey: person.name,
              documentType: 'resident-id',
              number: person.number,
            },
            ...{ reference: 'P-1', roles: ['shareholder'], personKey },
          },
        ],
        signaturePerRole: false,
        carryOverDays: 30,
        tellsPersons: false,
      },
      clock,
    );

  it.each(['face', 'face-failed', 'bank-card', 'portrait', 'stuck'])(
    'at %s nothing tells whether there are any',
    async (step) => {
      await push();
      const to_do_id = (await api.store.knex('confirmations').first('to_do_id'))?.to_do_id;
      await show({ step });
      for (const path of ['to-dos', `to-dos/${to_do_id}`, 'to-dos/00000000-0000-4000-8000-000000000001']) {
        const { status, body } = await get(`/api/journeys/${journey}/${path}`);
        expect([status, body.error.code]).toEqual([409, 'not_allowed_now']);
      }
    },
  );

  it('are listed, and shown whole with what signing means', async () => {
    await push();
    await show({ step: 'to-dos' });
    const list = await get(`/api/journeys/${journey}/to-dos`);
    expect(list.body.toDos).toEqual([
      {
        toDoId: expect.any(String),
        entity: '北京试验有限公司',
        kind: { code: 'establishment', name: '设立登记' },
        roles: [{ code: 'shareholder', name: '股东' }],
        authority: '110105',
        pushedBy: '测试登记系统',
        state: 'pending',
        pushedAt: expect.any(String),
        listedUntil: expect.any(String),
        expiresAt: expect.any(String),
      },
    ]);
    const { body } = await get(`/api/journeys/${journey}/to-dos/${list.body.toDos[0].toDoId}`);
    expect(body).toMatchObject({
      ...list.body.toDos[0],
      nameDiffers: false,
      sections: [{ title: '基本信息', fields: [{ label: '住所', value: '试验路1号' }] }],
      documents: [{ name: '章程' }],
    });
    expect(body.liability.length).toBeGreaterThan(20);
    expect((await get(`/api/journeys/${journey}/to-dos?tab=past`)).body).toEqual({
      toDos: [],
      carried: [],
      isAllDone: false,
    });
  });

  it('that a new version carries are told of with the open ones while they are new, and stand among the past ones', async () => {
    await push();
    await show({ step: 'to-dos' });
    const signedAt = clock.toISOString();
    const signed = { state: 'confirmed' as const, settled_at: clock, evidence_id: randomUUID() };
    await api.store.knex('confirmations').update(signed);
    clock = new Date(clock.getTime() + 60_000);
    await push(2);
    const list = async (tab: string) => (await get(`/api/journeys/${journey}/to-dos?tab=${tab}`)).body;
    const carried = { state: 'carried', pushedAt: clock.toISOString(), carried: { version: 2, signedAt } };
    expect(await list('open')).toMatchObject({ toDos: [], carried: [carried] });
    expect(await list('past')).toMatchObject({ toDos: [carried], carried: [] });
    expect((await list('past')).toDos).toHaveLength(1);
    await api.store.knex('matters').update({ listed_until: clock });
    expect(await list('open')).toEqual({ toDos: [], carried: [], isAllDone: false });
  });

  it('are all done as soon as the last one was refused, also beside one that is only told of', async () => {
    await push();
    await show({ step: 'to-dos' });
    const list = async (tab: string) => (await get(`/api/journeys/${journey}/to-dos?tab=${tab}`)).body;
    expect(await list('open')).toMatchObject({ isAllDone: false });
    const settled = { journey_id: journey, settled_at: clock, update_id: 'a'.repeat(64) };
    await api.store.knex('confirmations').update({ ...settled, state: 'refused' });
    expect(await list('open')).toEqual({ toDos: [], carried: [], isAllDone: true });
    expect((await list('past')).toDos).toMatchObject([{ refusalNumber: expect.stringMatching(/^\d{14}$/) }]);
    await api.store.knex('confirmations').update({ ...settled, state: 'carried' });
    expect(await list('open')).toMatchObject({ toDos: [], carried: [{}], isAllDone: false });
    await api.store.knex('confirmations').insert({
      ...(await api.store.knex('confirmations').first())!,
      ...{ to_do_id: randomUUID(), role: 'director', state: 'confirmed' },
    });
    expect(await list('open')).toMatchObject({ toDos: [], carried: [{}], isAllDone: true });
  });

  it('that are listed no more are among the past ones, opened by their id, and can be asked to be pushed anew', async () => {
    await push();
    await show({ step: 'to-dos' });
    const past = async () => (await get(`/api/journeys/${journey}/to-dos?tab=past`)).body.toDos;
    const days = async (count: number) => {
      clock = new Date(clock.getTime() + count * 24 * 3_600_000);
      // A session does not live as long.
      await api.store
        .knex('sessions')
        .update({ used_at: clock, ends_at: new Date(clock.getTime() + 60_000) });
    };
    const toDoId = (await api.store.knex('confirmations').first('to_do_id'))?.to_do_id;
    const details = async () => (await get(`/api/journeys/${journey}/to-dos/${toDoId}`)).body;
    expect(await details()).not.toHaveProperty('reIssue');
    await days(8);
    expect(await past()).toMatchObject([{ toDoId, state: 'pending', reIssue: { askable: true } }]);
    expect(await details()).toMatchObject({ textHash: expect.any(String), reIssue: { askable: true } });
    const command = { command: 'a'.repeat(64), toDo: String(toDoId), personKey };
    await askForReissue(api.store, command, clock);
    const requestedAt = clock.toISOString();
    expect((await past())[0].reIssue).toEqual({ askable: false, requestedAt });
    await days(1);
    expect((await past())[0].reIssue).toEqual({ askable: true, requestedAt });
    await days(21);
    expect((await past())[0]).not.toHaveProperty('reIssue');
  });

  it('a command that asks for it goes to the journey', async () => {
    await show({ step: 'to-dos' });
    const toDo = '00000000-0000-4000-8000-000000000001';
    await post(`to-dos/${toDo}/re-issue`, { revision });
    expect(api.commands).toMatchObject([
      { command: 'ask-re-issue', payload: { toDo, expectedRevision: revision } },
    ]);
  });

  it('are one for each role where each is to be signed for', async () => {
    const other = await startApi({ now: () => clock, signaturePerRole: true });
    const path = '/api/registry/matters/M-1';
    const matter = matterOf({ persons: [personOf({ name: person.name })] });
    const pushed = await request(other.server)
      .put(path)
      .set(other.signed('PUT', path, matter))
      .send(JSON.stringify(matter));
    expect(pushed.status).toBe(201);
    const holding = await holdJourney(other, () => clock);
    await holding.show({ step: 'to-dos' });
    const list = await holding.get(`/api/journeys/${holding.id}/to-dos`);
    const roles = list.body.toDos.map((toDo: { roles: { code: string }[] }) =>
      toDo.roles.map(({ code }) => code),
    );
    expect(roles.sort()).toEqual([['legal-representative'], ['shareholder']]);
    const hashes = new Set<string>();
    for (const toDo of list.body.toDos) {
      const details = await holding.get(`/api/journeys/${holding.id}/to-dos/${toDo.toDoId}`);
      expect(details.body.roles).toEqual(toDo.roles);
      hashes.add(details.body.textHash);
    }
    expect(hashes.size).toBe(2);
    const status = await request(other.server).get(path).set(other.signed('GET', path));
    const ids = list.body.toDos.map(({ toDoId }: { toDoId: string }) => toDoId).sort();
    const persons = status.body.persons as { reference: string; toDoId: string; roles: object[] }[];
    expect(persons.map(({ reference, roles: of }) => [reference, of.length])).toEqual([
      ['P-1', 1],
      ['P-1', 1],
    ]);
    expect(persons.map(({ toDoId }) => toDoId).sort()).toEqual(ids);
    await other.end();
  });

  it('a signature goes to the to-do that is at hand and to no other', async () => {
    await show({ step: 'signing', toDo: '00000000-0000-4000-8000-000000000001' });
    const drawn = { strokes: [[[1, 1, 0]]], width: 100, height: 100 };
    const body = { revision, ...drawn, liabilityVersion: '2026-3' };
    const other = '00000000-0000-4000-8000-000000000002';
    expect((await post(`to-dos/${other}/signature`, body)).status).toBe(404);
    expect(api.commands).toEqual([]);
  });
});

describe('sessions', () => {
  const signIn = (alipay: Partial<Alipay>, phone: { device?: string } = {}) =>
    startApi({ alipay: alipay as Alipay }).then(async (other) => {
      const answer = await request(other.server)
        .post('/api/sessions')
        .send({ channel: 'alipay', authCode: 'code-1', ...phone });
      const log = other.log.join('');
      const rows = await other.store.knex('sessions').select('token_hash', 'account', 'device');
      await other.end();
      return { answer, log, rows };
    });

  it('a code that is not good opens none', async () => {
    const { answer, rows } = await signIn({
      exchangeAuthCode: () => Promise.reject(new AlipayError('auth_code_invalid')),
    });
    expect([answer.status, answer.body.error.code, rows]).toEqual([422, 'auth_code_invalid', []]);
  });

  it('a vendor that is away is said plainly', async () => {
    const { answer } = await signIn({
      exchangeAuthCode: () => Promise.reject(new AlipayError('alipay_timeout')),
    });
    expect([answer.status, answer.body.error.code, answer.headers['retry-after']]).toEqual([
      503,
      'vendor_unavailable',
      '5',
    ]);
  });

  const someone: Partial<Alipay> = {
    exchangeAuthCode: async () => ({
      account: { openId: 'open-id-of-someone', userId: undefined },
      accessToken: 'access-token',
      expiresInSeconds: 60,
    }),
  };

  it('know the phone again, if the mini-program names it', async () => {
    const device = 'made-up-once_0123456789';
    const named = await signIn(someone, { device });
    expect(named.rows).toMatchObject([{ device: api.pseudonyms.device(device) }]);
    expect((await signIn(someone)).rows).toMatchObject([{ device: null }]);
    for (const odd of ['too-short', 'with spaces in its name', 'x'.repeat(65)]) {
      const { answer, rows } = await signIn(someone, { device: odd });
      expect([answer.status, answer.body.error.issues, rows]).toEqual([
        ...[422, [{ path: 'device', code: 'wrong_form' }], []],
      ]);
    }
  });

  it('the token is given once, and neither it nor account or phone stand anywhere in clear', async () => {
    const device = 'made-up-once_0123456789';
    const { answer, log, rows } = await signIn(someone, { device });
    expect([answer.status, rows.length]).toEqual([201, 1]);
    const text = log + JSON.stringify(rows);
    for (const secret of [answer.body.token, 'open-id-of-someone', 'access-token', 'code-1', device]) {
      expect(text).not.toContain(secret);
    }
  });

  it('end thirty minutes after the last use, and twelve hours after the sign-in', async () => {
    const begun = clock.getTime();
    const at = async (minutes: number) => {
      clock = new Date(begun + minutes * 60_000);
      return (await get(`/api/journeys/${journey}`)).status;
    };
    for (let minutes = 29; minutes < 12 * 60; minutes += 29) expect(await at(minutes)).toBe(200);
    expect(await at(12 * 60 + 1)).toBe(401);
    clock = new Date(begun);
    authorization = `Bearer ${await api.signIn('someone else')}`;
    expect(await at(0)).toBe(404);
    expect(await at(31)).toBe(401);
  });
});

it('GET /api/journeys/current is the journey of this session, and none of others', async () => {
  await show({ step: 'face' });
  expect((await get('/api/journeys/current')).body).toMatchObject({
    id: journey,
    step: 'face',
    attempts: { left: 10, resetsAt: expect.any(String) },
  });
  authorization = `Bearer ${await api.signIn('someone')}`;
  expect((await get('/api/journeys/current')).status).toBe(404);
});

it('what is wrong is told in a sentence with its code', async () => {
  await show({ step: 'face-failed', codes: ['face_portrait_mismatch'] });
  const { body } = await get(`/api/journeys/${journey}`);
  expect(body.notices).toEqual([
    { code: 'face_portrait_mismatch', message: expect.stringMatching(/\p{Script=Han}/u) },
  ]);
});
