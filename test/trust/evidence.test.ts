import type { DecisionRow } from '../../db/tables';
import { shanghaiDay } from '../../domain/shanghai-time';
import { randomBytes } from 'node:crypto';
import type { Holder } from '../../sandbox/alipay/settings';
import { matterOf, personOf } from '../matters';
import { confirm, confirmUnverified, passFace, signature } from '../setup/confirming';
import { startHarness } from '../setup/activity-harness';
import type { Entered, ActivityHarness, PushedToDo } from '../setup/activity-harness';

const DAY = 24 * 3_600_000;

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;
let toDo: PushedToDo;

beforeAll(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
});
afterAll(() => harness.end());

let matters = 0;
// Each test has its own matter and its own day.
beforeEach(async () => {
  harness.clock.now = new Date(harness.clock.now.getTime() + 2 * DAY);
  person = await harness.enter(holder);
  toDo = await harness.push(holder, { externalId: nextId() });
});

const nextId = () => `M-${(matters += 1)}`;
const knex = () => harness.store.knex;
// Rows are altered as the owner of the database: api and worker have no right to.
const rows = (matter = toDo.matter) => harness.owner('confirmations').where({ matter_id: matter });
const evidence = () => harness.owner('evidence').where({ to_do_id: toDo.toDo });
const externalId = () => `M-${matters}`;
const keys = () => harness.owner('data_keys').withSchema(`${harness.store.databaseName}_keys`);
const review = (matter = toDo.matter) => harness.activities.reevaluateMatter({ matter });
const callbacks = async (matter = toDo.matter) =>
  (
    await knex()('deliveries')
      .where({ matter_id: matter })
      .whereNot('event', 'invitation.issued')
      .orderBy('sequence')
      .select('event')
  ).map(({ event }) => event);
const held = (code: string) => ({ state: 'open', held: 'evidence-doubtful', doubt: { code }, wakeAt: null });

async function confirmHonestly(of = toDo): Promise<void> {
  await confirm(harness, person.journey, of);
}

/** Confirms a to-do on paper, accepted by two clerks. */
async function confirmOnPaper(): Promise<void> {
  const { journey } = person;
  await knex()('decisions').insert({
    ...{
      id: `decision-${matters}`,
      journey_id: journey,
      to_do_id: toDo.toDo,
      cause: 'in-person',
      decision: 'accept',
    },
    ...{ state: 'approved', clerk: 'clerk-1', reviewer: 'clerk-2', acceptance: 'on-site' },
    ...{ paper_hash: 'f'.repeat(64), decided_at: harness.clock.now, settled_at: harness.clock.now },
  });
  const confirmed = { journey, toDo: toDo.toDo, textHash: toDo.textHash, decision: `decision-${matters}` };
  expect(await harness.activities.confirmOnPaper(confirmed)).toMatchObject({ outcome: 'confirmed' });
}

it('a confirmation that somebody wrote by SQL is never reported as confirmed', async () => {
  await rows().update({ state: 'confirmed', settled_at: harness.clock.now });
  expect(await review()).toMatchObject({ state: 'open' });
  expect(await callbacks()).toEqual([]);
});

it.each([
  ['by face and hand', confirmHonestly],
  ['on paper', confirmOnPaper],
])('what was confirmed %s is sent out', async (_, confirmed) => {
  await confirmed();
  expect(await review()).toMatchObject({ state: 'confirmed' });
  expect(await callbacks()).toEqual(['confirmation.confirmed', 'matter.confirmed']);
});

it('a carried-over confirmation is reported with its evidence of the earlier version', async () => {
  await confirmHonestly();
  const second = await harness.push(holder, { externalId: externalId(), version: 2 });
  const third = await harness.push(holder, { externalId: externalId(), version: 3 });
  expect(second.result).toMatchObject({ outcome: 'created' });
  expect(await review(third.matter)).toMatchObject({ state: 'confirmed' });
});

it('a name that was pushed with spaces around it is proven without them', async () => {
  const spaced = await harness.push(holder, { externalId: nextId(), name: ` ${holder.name} ` });
  await confirmHonestly(spaced);
  expect(await review(spaced.matter)).toMatchObject({ state: 'confirmed' });
});

const keyOfEvidence = () =>
  keys().where('owner', evidence().select(harness.owner.raw("CONCAT('evidence:', id)")));

/** The evidence of the same person for another matter. */
async function otherEvidence(): Promise<{ id: string; content: Buffer }> {
  const other = await harness.push(holder, { externalId: nextId() });
  await confirm(harness, person.journey, other);
  return await knex()('evidence').where({ to_do_id: other.toDo }).first('id', 'content');
}

const altered: [string, string, () => Promise<unknown>][] = [
  ['the row names no evidence', 'evidence_missing', () => rows().update({ evidence_id: null })],
  [
    'the row names what was made for another matter',
    'evidence_of_another',
    async () => {
      const { id } = await otherEvidence();
      await rows().update({ evidence_id: id });
    },
  ],
  [
    'its content is that of other evidence',
    'evidence_unreadable',
    async () => {
      const { content } = await otherEvidence();
      await evidence().update({ content });
    },
  ],
  ['its hash is another', 'evidence_altered', () => evidence().update({ sha256: 'a'.repeat(64) })],
  ['its key was dropped', 'evidence_unreadable', () => keyOfEvidence().delete()],
  [
    'its key was wrapped by a key that is not in the ring',
    'evidence_unreadable',
    () => keyOfEvidence().update({ wrapping_key_id: 'gone' }),
  ],
  [
    'the key of the matter was dropped',
    'evidence_unreadable',
    () =>
      keys()
        .where({ owner: `matter:${toDo.matter}` })
        .delete(),
  ],
  ['the row names another text', 'evidence_text_differs', () => rows().update({ text_hash: 'a'.repeat(64) })],
  [
    'the row names another person',
    'evidence_of_another',
    () => rows().update({ person_key: 'a'.repeat(64) }),
  ],
  [
    'it has the number of another',
    'evidence_of_another',
    () => evidence().update({ number: '20260301-OTHER' }),
  ],
  ['it has another time', 'evidence_of_another', () => evidence().update({ created_at: new Date(0) })],
  [
    'it and the row name another person',
    'evidence_of_another',
    async () => {
      await rows().update({ person_key: 'a'.repeat(64) });
      await evidence().update({ person_key: 'a'.repeat(64) });
    },
  ],
  [
    'one of the rows is another’s',
    'confirmation_inconsistent',
    () =>
      knex()('confirmations')
        .where({ role: 'shareholder' })
        .update({ person_key: 'a'.repeat(64) }),
  ],
  [
    'a role that was pushed has no row',
    'confirmations_incomplete',
    () => rows().where({ role: 'shareholder' }).delete(),
  ],
  [
    'a row was added that nobody pushed',
    'confirmations_incomplete',
    async () => {
      const row = await rows().where({ role: 'shareholder' }).first();
      await knex()('confirmations').insert({ ...row, role: 'director' });
    },
  ],
];

it.each(altered)('the matter is held if %s: %s', async (_, code, alter) => {
  await confirmHonestly();
  await alter();
  expect(await review()).toMatchObject(held(code));
  expect(await callbacks()).not.toContain('matter.confirmed');
});

it('a person who has not passed the first face check cannot sign', async () => {
  const { journey } = person;
  const attempt = await passFace(harness, journey, toDo);
  const input = await harness.seal(`unverified-${matters}`, signature);
  const signing = { journey, toDo: toDo.toDo, attempt, input, verified: false } as const;
  expect(await harness.activities.sign(signing)).toEqual({
    outcome: 'not-signable',
    code: 'not_allowed_now',
  });
  expect(await review()).toMatchObject({ state: 'open' });
});

it('first checks that somebody wrote by SQL prove nothing', async () => {
  const { journey, account, personKey } = person;
  const at = harness.clock.now;
  const checks = (['identity-face', 'bank-card'] as const).map((purpose) => ({
    ...{ id: randomBytes(16).toString('hex'), purpose, journey_id: journey, account, person_key: personKey },
    ...{
      debits: 'account' as const,
      day: shanghaiDay(at),
      state: 'passed' as const,
      command: `${purpose}-${matters}`,
    },
    ...{ started_at: at, ended_at: at },
  }));
  await harness.owner('attempts').insert(checks);
  await confirmUnverified(harness, journey, toDo);
  expect(await review()).toMatchObject(held('evidence_checks_missing'));
});

it.each<Partial<DecisionRow>>([
  { state: 'declined' },
  { reviewer: 'clerk-1' },
  { paper_hash: 'a'.repeat(64) },
  { acceptance: 'notarised' },
  { to_do_id: 'another' },
  { decision: 'retry' },
])('a paper whose decision is %j is not accepted', async (change) => {
  await confirmOnPaper();
  await knex()('decisions')
    .where({ id: `decision-${matters}` })
    .update(change);
  expect(await review()).toMatchObject(held('evidence_not_accepted'));
});

it('evidence of an earlier version proves nothing for a new version with another text', async () => {
  await confirmHonestly();
  const before = await rows().first('evidence_id', 'text_hash');
  const next = await harness.push(holder, {
    externalId: externalId(),
    version: 2,
    entity: { name: '北京另一家有限公司' },
  });
  await rows(next.matter).update({ state: 'carried', evidence_id: before?.evidence_id });
  expect(await review(next.matter)).toMatchObject(held('evidence_text_differs'));
  await rows(next.matter).update({ text_hash: before?.text_hash });
  expect(await review(next.matter)).toMatchObject(held('evidence_text_differs'));
});

it('evidence of a confirmation that was refused later proves nothing for the version that carries it', async () => {
  await confirmHonestly();
  const next = await harness.push(holder, { externalId: externalId(), version: 2 });
  await rows().update({ state: 'refused' });
  expect(await review(next.matter)).toMatchObject(held('evidence_taken_back'));
});

it('a held matter does not expire, is logged for operators, and continues once its rows are repaired', async () => {
  await confirmHonestly();
  const sha256 = (await evidence().first('sha256'))!.sha256;
  await evidence().update({ sha256: 'b'.repeat(64) });
  expect(await review()).toEqual({
    ...held('evidence_altered'),
    doubt: { code: 'evidence_altered', toDo: toDo.toDo, count: 1 },
    deliveriesWaiting: true,
    evidence: 'unsealed',
  });
  const line = harness.log.findLast((logged) => logged.includes('evidence_doubtful')) ?? '{}';
  const about = { code: 'evidence_altered', toDo: toDo.toDo, count: 1 };
  expect(JSON.parse(line)).toMatchObject({ level: 'error', event: 'evidence_doubtful', ...about });
  harness.clock.now = new Date(harness.clock.now.getTime() + 60 * DAY);
  expect(await review()).toMatchObject({ state: 'open' });
  expect(await knex()('matters').where({ id: toDo.matter }).select('hold_reason')).toEqual([
    { hold_reason: 'evidence-doubtful' },
  ]);
  expect(await callbacks()).toEqual(['confirmation.confirmed']);
  await evidence().update({ sha256 });
  expect(await review()).toMatchObject({ state: 'confirmed' });
  expect(await knex()('matters').where({ id: toDo.matter }).select('hold_reason')).toEqual([
    { hold_reason: null },
  ]);
  expect(await callbacks()).toEqual(['confirmation.confirmed', 'matter.confirmed']);
});

it('a held matter can still be refused and withdrawn', async () => {
  await rows().update({ state: 'confirmed', settled_at: harness.clock.now });
  expect(await review()).toMatchObject(held('evidence_missing'));
  const refusal = { journey: person.journey, toDo: toDo.toDo, reason: 'not-me', command: 'c-1' } as const;
  await harness.activities.refuse(refusal);
  expect(await review()).toMatchObject({ state: 'refused' });
});

it('five hundred persons need a few dozen queries, not one for each person', async () => {
  const holders = Array.from({ length: 499 }, (_, at) =>
    personOf({
      reference: `P-${at + 2}`,
      document: { type: 'foreign-passport', number: `E${10_000_000 + at}` },
    }),
  );
  const self = personOf({ name: holder.name, document: holder.document });
  const many = await harness.push(holder, {
    ...matterOf(),
    externalId: nextId(),
    persons: [self, ...holders],
  });
  await rows(many.matter).update({ state: 'confirmed', evidence_id: 'none' });
  let count = 0;
  knex().on('query', () => (count += 1));
  expect(await review(many.matter)).toMatchObject({ doubt: { code: 'evidence_missing', count: 500 } });
  expect(count).toBeLessThan(60);
});
