import request from 'supertest';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { BATCH_STEP } from '../../domain/batches';
import { holdJourney } from '../../test/setup/held-journey';

type Clerk = Awaited<ReturnType<TestApi['addClerk']>>;

let api: TestApi;
let clerk: Clerk;
let other: Clerk;
let journeys: string[];

/** Persons of their own accounts, whose journeys the vendor refuses. */
const NUMBERS = ['110101190001010014', '110101190001010030', '110101190001010057'];

beforeEach(async () => {
  api = await startApi();
  clerk = await api.addClerk('clerk', ['national']);
  other = await api.addClerk('clerk', ['national']);
  journeys = [];
  for (const [at, number] of NUMBERS.entries()) {
    const held = await holdJourney(api, () => new Date(), undefined, { openId: `someone-${at}`, number });
    await held.show({ step: 'stuck', cause: 'vendor-refused' });
    journeys.push(held.id);
  }
  api.next.outcome = done();
});
afterEach(() => api.end());

const done = (codes: string[] = [], step = 'face') =>
  ({
    outcome: 'done',
    view: { journey: journeys[0], step, allowed: [], revision: 2, codes },
  }) as TestApi['next']['outcome'];
const post = async ({ headers }: Clerk, path: string, body: object, key = 'batch-key-1') =>
  await request(api.server)
    .post(`/api/clerk/${path}`)
    .set({ ...headers, 'idempotency-key': key })
    .send(body);
const decided = { decision: 'retry', reason: 'service-restored' };
const items = () => journeys.map((journey) => ({ journey, revision: 1 }));
const make = async (by = clerk, key?: string) =>
  (await post(by, 'batches', { ...decided, items: items() }, key)).body as { id: string; items: object[] };
const get = async ({ headers }: Clerk, path: string) =>
  await request(api.server).get(`/api/clerk/${path}`).set(headers);
const run = async (id: string, by = clerk) => await post(by, `batches/${id}/run`, {});
const results = (body: { items: { journey: string; result?: string }[] }) =>
  journeys.map((journey) => body.items.find((item) => item.journey === journey)?.result);

it('a preview says of each what will be done or why not, and changes nothing', async () => {
  await post(other, `journeys/${journeys[1]}/claim`, {});
  await api.store.knex('worklist').where({ journey_id: journeys[2] }).update({ reviewer: other.id });
  const { body } = await post(clerk, 'batch-previews', { filter: {}, decision: 'retry' });
  const of = (journey = '') =>
    body.entries.find((one: { entry: { journey: string } }) => one.entry.journey === journey);
  expect(of(journeys[0])).toMatchObject({
    revision: 1,
    effects: { next: 'check-result', asksVendor: 'yes' },
  });
  expect(of(journeys[1])).toMatchObject({ leftOut: 'claimed_by_other' });
  expect(of(journeys[2])).toMatchObject({ leftOut: 'proposal_pending' });
  const { body: grants } = await post(clerk, 'batch-previews', { filter: {}, decision: 'grant-attempts' });
  expect(grants.entries[0].leftOut).toBe('not_for_this_cause');
  expect(api.commands).toEqual([]);
});

it('carries each out once, by the claim rules, and says what became of it', async () => {
  await post(other, `journeys/${journeys[1]}/claim`, {});
  const { id } = await make();
  expect((await make()).id).toBe(id);
  const { status, body } = await run(id);
  expect([status, results(body), body.waiting]).toEqual([200, ['done', 'claimed_by_other', 'done'], 0]);
  // They are sent at once, in no order.
  const sent = api.commands.map(({ journey, payload }) => [journey, payload]);
  const payload = { ...decided, clerk: clerk.id, expectedRevision: 1 };
  expect(sent.length).toBe(2);
  expect(sent).toEqual(
    expect.arrayContaining([journeys[0], journeys[2]].map((journey) => [journey, payload])),
  );
  await run(id);
  expect(api.commands.length).toBe(2);
  const actions = await api.store
    .knex('clerk_actions')
    .where({ clerk_id: clerk.id })
    .whereIn('action', ['make-batch', 'run-batch', 'decide'])
    .select('action', 'subject_id', 'result');
  expect(actions.filter(({ action }) => action === 'decide')).toEqual(
    expect.arrayContaining([
      { action: 'decide', subject_id: journeys[0], result: 'done' },
      { action: 'decide', subject_id: journeys[1], result: 'claimed_by_other' },
    ]),
  );
  expect(actions.map(({ action }) => action).sort()).toEqual([
    ...['decide', 'decide', 'decide', 'make-batch', 'make-batch'],
  ]);
});

it('goes on with what is not known, under the same command, and does not repeat what was done', async () => {
  const { id } = await make();
  api.next.outcome = { outcome: 'unknown' };
  expect((await run(id)).body.waiting).toBe(3);
  const sent = api.commands.map(({ updateId }) => updateId).sort();
  // One of them was carried out all the same.
  const [first] = api.commands;
  await api.store.knex('decisions').insert({
    ...{ id: first?.updateId, journey_id: first?.journey, cause: 'vendor-refused', decision: 'retry' },
    ...{ state: 'taken', clerk: clerk.id, decided_at: new Date() },
  });
  api.commands.length = 0;
  api.next.outcome = done();
  expect(results((await run(id)).body)).toEqual(['done', 'done', 'done']);
  expect(api.commands.length).toBe(2);
  for (const { updateId } of api.commands) expect(sent).toContain(updateId);
});

it('records a decision whose outcome is not known once, and again with what became of it', async () => {
  const { id } = await make();
  const recorded = async () =>
    await api.store.knex('clerk_actions').where({ action: 'decide' }).orderBy('id').pluck('result');
  api.next.outcome = { outcome: 'unknown' };
  await run(id);
  await run(id);
  expect(await recorded()).toEqual(Array.from(journeys, () => 'temporarily_unavailable'));
  api.next.outcome = done();
  await run(id);
  await run(id);
  expect((await recorded()).slice(journeys.length)).toEqual(['done', 'done', 'done']);
});

it('goes on to the next items while others never come to an end', async () => {
  const unknown = Array.from({ length: BATCH_STEP }, (_, at) => ({
    journey: `journey-${String(at).padStart(32, '0')}`,
    revision: 1,
  }));
  const { body } = await post(clerk, 'batches', { ...decided, items: [...unknown, ...items()] });
  await api.store
    .knex('decision_batch_items')
    .where('position', '<', BATCH_STEP)
    .update({ tried_at: new Date() });
  expect(results((await run(body.id)).body)).toEqual(['done', 'done', 'done']);
});

it('is done if an earlier, lost try was carried out in the meantime, whatever refuses this one', async () => {
  const { id } = await make();
  Object.defineProperty(api.next, 'outcome', {
    get: async () => {
      const command = api.commands.at(-1);
      await api.store.knex('decisions').insert({
        ...{ id: command?.updateId, journey_id: command?.journey, cause: 'vendor-refused' },
        ...{ decision: 'retry', state: 'taken', clerk: clerk.id, decided_at: new Date() },
      });
      return { outcome: 'rejected', rejection: 'stale' };
    },
  });
  expect(results((await run(id)).body)).toEqual(['done', 'done', 'done']);
});

it('leaves out what has changed since, and gives its claim back', async () => {
  const { id } = await make();
  api.next.outcome = { outcome: 'rejected', rejection: 'stale' };
  expect(results((await run(id)).body)).toEqual(['stale', 'stale', 'stale']);
  expect(await api.store.knex('worklist').whereNotNull('claimed_by').select('journey_id')).toEqual([]);
});

it('is nobody else’s, and reaches nothing outside of the scope', async () => {
  const { id } = await make();
  expect([(await run(id, other)).status, (await post(other, `batches/${id}/run`, {})).status]).toEqual([
    404, 404,
  ]);
  const elsewhere = await api.addClerk('clerk', ['31']);
  const { id: theirs, items: made } = await make(elsewhere);
  const unknown = journeys.map((journey) => ({ journey }));
  expect(made).toEqual(unknown);
  expect((await get(elsewhere, `batches/${theirs}`)).body.items).toEqual(unknown);
  expect(results((await run(theirs, elsewhere)).body)).toEqual(['not_found', 'not_found', 'not_found']);
  expect((await get(elsewhere, `batches/${theirs}`)).body.items).toEqual(
    journeys.map((journey) => ({ journey, result: 'not_found', settledAt: expect.any(String) })),
  );
  expect(api.commands).toEqual([]);
});

it('no longer shows where a journey stands when it has left the scope', async () => {
  const { id } = await make();
  const shown = async () => (await get(clerk, `batches/${id}`)).body.items[0];
  expect(await shown()).toMatchObject({ journey: journeys[0], step: 'stuck', cause: 'vendor-refused' });
  await api.store.knex('worklist').where({ journey_id: journeys[0] }).update({ authority: '310101' });
  expect(await shown()).toEqual({ journey: journeys[0] });
});

it('is one batch when the same request arrives twice at once', async () => {
  const both = await Promise.all([0, 1].map(() => post(clerk, 'batches', { ...decided, items: items() })));
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect(both[0]?.body).toEqual(both[1]?.body);
  expect((await api.store.knex('decision_batches').select('id')).length).toBe(1);
});

it.each<[string, object, string]>([
  ['a decision that needs two clerks', { decision: 'accept', reason: 'online-check-failed' }, 'not_a_choice'],
  ['a reason for something else', { reason: 'person-asks' }, 'reason_unsuitable'],
  ['attempts that nobody asks for', { attempts: 1 }, 'reason_unsuitable'],
  ['no journey', { items: [] }, 'too_small'],
  [
    'more than 500 journeys',
    {
      items: Array.from({ length: 501 }, (_, at) => ({
        journey: `journey-${String(at).padStart(32, '0')}`,
        revision: 1,
      })),
    },
    'too_big',
  ],
])('refuses %s', async (_, wrong, code) => {
  const { status, body } = await post(clerk, 'batches', { ...decided, items: items(), ...wrong });
  expect([status, body.error.issues[0].code]).toEqual([422, code]);
  expect(await api.store.knex('decision_batches').select('id')).toEqual([]);
});

it('refuses the same journey twice', async () => {
  const [one] = items();
  const { body } = await post(clerk, 'batches', { ...decided, items: [one, one] });
  expect(body.error.issues[0].path).toBe('items');
});
