import { keepPortrait, dropPortraits } from '../../db/attempts/portraits';
import { sealFor } from '../../db/store/sealed-values';
import { NO_END } from '../../domain/window-check';
import { seenAt } from '../../test/setup/acceptances';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { holdJourney, person } from '../../test/setup/held-journey';
import type { HeldJourney } from '../../test/setup/held-journey';
import request from 'supertest';

let api: TestApi;
let held: HeldJourney;

beforeEach(async () => {
  api = await startApi({ temporalUi: 'https://temporal.example/namespaces/default/workflows' });
  held = await holdJourney(api, () => new Date());
  await held.show({ step: 'stuck', cause: 'in-person' });
});
afterEach(() => api.end());

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

const show = async ({ headers }: Clerk) =>
  await request(api.server).get(`/api/clerk/journeys/${held.id}`).set(headers);
const ask = ({ headers }: Clerk, what: 'person' | 'portraits', reason = 'at-window') =>
  request(api.server).post(`/api/clerk/journeys/${held.id}/${what}`).set(headers).send({ reason });
const actionsOf = ({ id }: Clerk) =>
  api.store
    .knex('clerk_actions')
    .where({ clerk_id: id })
    .orderBy('id')
    .select('action', 'subject_id', 'reason', 'result');

it('is masked in the journey, and in full for a reason, which is recorded', async () => {
  const clerk = await api.addClerk('clerk', ['national']);
  const { body } = await show(clerk);
  expect(body.person).toMatchObject({ name: '**甲', number: '110*************14' });
  const text = JSON.stringify(body);
  for (const secret of [person.name, person.number]) expect(text).not.toContain(secret);
  const answer = await ask(clerk, 'person');
  expect([answer.status, answer.body]).toEqual([200, { person: { ...person } }]);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(await actionsOf(clerk)).toEqual([
    { action: 'show-journey', subject_id: held.id, reason: null, result: 'done' },
    { action: 'show-person', subject_id: held.id, reason: 'at-window', result: 'done' },
  ]);
});

it.each(['person', 'portraits'] as const)(
  '%s: refused without a known reason, to other scopes and to auditors',
  async (what) => {
    const clerk = await api.addClerk('clerk', ['national']);
    expect((await ask(clerk, what, 'curious')).status).toBe(422);
    const elsewhere = await api.addClerk('reviewer', ['110105']);
    expect((await ask(elsewhere, what)).status).toBe(404);
    const action = what === 'person' ? 'show-person' : 'show-portraits';
    const refused = { action, subject_id: held.id, reason: 'at-window', result: 'not_found' };
    expect(await actionsOf(elsewhere)).toEqual([refused]);
    const auditor = await api.addClerk('auditor', ['national']);
    expect((await ask(auditor, what)).body.error.code).toBe('not_your_right');
  },
);

it('says that a person was deleted, and shows neither a face check’s address nor the workflow to a clerk', async () => {
  const clerk = await api.addClerk('clerk', ['national']);
  const { body } = await show(clerk);
  expect([body.workflow, body.seen.step, body.seen.faceCheck]).toEqual([undefined, 'stuck', undefined]);
  const reviewer = await api.addClerk('reviewer', ['national']);
  const address = `https://temporal.example/namespaces/default/workflows/${held.id}`;
  expect((await show(reviewer)).body.workflow).toBe(address);
  await held.show({ step: 'closed' });
  expect((await ask(clerk, 'person')).body).toEqual({});
});

/** Adds a proposal that waits, as its workflow would. */
async function propose(validUntil?: string): Promise<void> {
  const { store } = api;
  const owner = `journey:${held.id}`;
  const key = (await store.dataKeys.find(store.knex, owner))!;
  await store.knex('decisions').insert({
    ...{ id: 'a'.repeat(64), journey_id: held.id, cause: 'in-person' as const, decision: 'accept' as const },
    ...{ reason: 'online-check-failed' as const, state: 'proposed' as const, acceptance: 'on-site' as const },
    ...{ clerk: 'c'.repeat(36), reviewer: 'd'.repeat(36), decided_at: new Date() },
    seen: sealFor(store, key, owner, 'seen', { ...seenAt('on-site'), validUntil }),
    note: sealFor(store, key, owner, 'decision-note', NOTE),
  });
}
const NOTE = '已与试验甲本人电话核实';

describe('the validity that a proposal holds', () => {
  it.each(['2036-01-31', NO_END])('%s is masked for everybody, and in full for a reason', async (day) => {
    await propose(day);
    for (const role of ['clerk', 'reviewer', 'auditor'] as const) {
      const { body } = await show(await api.addClerk(role, ['national']));
      expect(body.proposal.seen).toEqual({ checks: seenAt('on-site').checks, validUntil: '****-**-**' });
      expect(JSON.stringify(body)).not.toContain(day);
    }
    const { body } = await ask(await api.addClerk('clerk', ['national']), 'person');
    expect(body).toEqual({ person: { ...person }, proposedValidUntil: day });
  });

  it('is missing where the document was not at the window', async () => {
    await propose();
    const clerk = await api.addClerk('clerk', ['national']);
    expect(Object.keys((await show(clerk)).body.proposal.seen)).toEqual(['checks']);
    expect((await ask(clerk, 'person')).body).toEqual({ person: { ...person } });
  });
});

describe('notes', () => {
  it('are for those who serve; who only looks is told that there are some', async () => {
    const clerk = await api.addClerk('clerk', ['national']);
    const auditor = await api.addClerk('auditor', ['national']);
    expect((await show(auditor)).body).toMatchObject({ notes: [] });
    expect((await show(auditor)).body).not.toHaveProperty('notesHidden');
    await propose('2036-01-31');
    for (const wrote of [NOTE, '试验甲的配偶来电']) {
      const { body } = await show(clerk);
      expect(body.decisions[0].note).toBe(NOTE);
      expect(body.proposal.note).toBe(NOTE);
      expect(body).not.toHaveProperty('notesHidden');
      const hidden = (await show(auditor)).body;
      expect(hidden).toMatchObject({ notes: [], notesHidden: true, clerks: [] });
      expect(JSON.stringify(hidden)).not.toContain('试验甲');
      await request(api.server)
        .post(`/api/clerk/journeys/${held.id}/notes`)
        .set({ ...clerk.headers, 'idempotency-key': wrote.length.toString().repeat(8) })
        .send({ text: wrote });
    }
    expect((await show(clerk)).body.notes).toHaveLength(2);
  });
});

it('names each authority once', async () => {
  const clerk = await api.addClerk('clerk', ['national']);
  await api.store.knex('worklist').update({ authority: '110105', scope: '110105' });
  const [row] = await api.store.knex('worklist').select('*');
  await api.store.knex('worklist').insert(['11', '1101'].map((scope) => ({ ...row!, scope })));
  const above = await api.addClerk('clerk', ['11']);
  expect((await show(above)).body.authorities).toEqual(['110105']);
  expect((await show(clerk)).status).toBe(404);
});

describe('portraits', () => {
  const image = Buffer.from('89504e470d0a1a0a', 'hex');

  /** Adds a face check that was passed, with its picture. */
  const passed = async (purpose: 'identity-face' | 'matter-face', id: string, seconds: number) => {
    const { knex } = api.store;
    const { account, started_at: began } = (await knex('journeys').where({ id: held.id }).first())!;
    const at = new Date(began.getTime() + seconds * 1000);
    await knex('attempts').insert({
      ...{ id, purpose, journey_id: held.id, account, person_key: held.personKey, debits: 'person' as const },
      ...{ day: '2026-03-01', state: 'passed' as const, command: id.repeat(2), authority: 'national' },
      ...{ started_at: at, ended_at: at },
    });
    await keepPortrait(api.store, knex, id, image, at);
  };

  it('the newest of each check, in full; those that were erased are said', async () => {
    await passed('identity-face', 'a'.repeat(32), 1);
    await passed('identity-face', 'b'.repeat(32), 2);
    await passed('matter-face', 'c'.repeat(32), 3);
    const clerk = await api.addClerk('clerk', ['national']);
    const { body } = await ask(clerk, 'portraits');
    const picture = { mediaType: 'image/png', image: image.toString('base64'), sha256: expect.any(String) };
    expect(body.portraits).toEqual([
      { check: 'identity-face', takenAt: expect.any(String), ...picture },
      { check: 'matter-face', takenAt: expect.any(String), ...picture },
    ]);
    await dropPortraits(api.store, api.store.knex, ['b'.repeat(32)], new Date());
    const after = (await ask(clerk, 'portraits')).body.portraits as { image?: string }[];
    expect(after.map((one) => one.image !== undefined)).toEqual([false, true]);
    expect((await actionsOf(clerk)).map(({ action, reason }) => [action, reason])).toEqual([
      ['show-portraits', 'at-window'],
      ['show-portraits', 'at-window'],
    ]);
  });
});
