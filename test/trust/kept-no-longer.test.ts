import { confirm } from '../setup/confirming';
import { startHarness } from '../setup/activity-harness';
import type { ActivityHarness } from '../setup/activity-harness';

// A matter and its evidence become unreadable when their retention period is over, but not while they are still needed.

const DAY = 24 * 3_600_000;
const MATTER_DAYS = 365;
const EVIDENCE_DAYS = 5 * 366;

let harness: ActivityHarness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.end());

const pass = (days: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + days * DAY);
};

async function keysOf(...kinds: string[]): Promise<string[]> {
  const rows: string[] = await harness.store
    .knex('data_keys')
    .withSchema(`${harness.store.databaseName}_keys`)
    .orderBy('owner')
    .pluck('owner');
  return rows.filter((owner) => kinds.some((kind) => owner.startsWith(`${kind}:`)));
}

/** A matter that its only person confirmed, with all deliveries acknowledged. */
async function confirmed(): Promise<string> {
  const holder = harness.vendors.holders[0]!;
  const person = await harness.enter(holder);
  const toDo = await harness.push(holder);
  await confirm(harness, person.journey, toDo);
  await harness.activities.reevaluateMatter({ matter: toDo.matter });
  await harness.store.knex('deliveries').update({ state: 'acknowledged' });
  return toDo.matter;
}

it('a matter is readable for one year after its end, its evidence for five years', async () => {
  const matter = await confirmed();
  const [evidence] = await keysOf('evidence');
  pass(MATTER_DAYS - 1);
  await harness.activities.deleteExpired();
  expect(await keysOf('matter', 'evidence')).toEqual([evidence, `matter:${matter}`]);
  pass(1);
  expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 1, evidence: 0 });
  expect(await keysOf('matter', 'evidence')).toEqual([evidence]);
  pass(EVIDENCE_DAYS - MATTER_DAYS);
  expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 0, evidence: 1 });
  expect(await keysOf('matter', 'evidence')).toEqual([]);
  expect(await harness.store.knex('evidence').select('sha256')).toHaveLength(1);
  expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 0, evidence: 0 });
});

it.each<[string, () => Promise<unknown>]>([
  ['the matter is open', () => harness.store.knex('matters').update({ state: 'open', decided_at: null })],
  ['somebody said that it was not them', () => harness.store.knex('matters').update({ state: 'frozen' })],
  [
    'the registration system was not told',
    () => harness.store.knex('deliveries').update({ state: 'waiting' }),
  ],
  [
    'a reviewer has yet to look at a flag',
    async () => {
      const row = await harness.store
        .knex('confirmations')
        .first<{ to_do_id: string; matter_id: string; person_key: string }>();
      const { to_do_id, matter_id, person_key } = row;
      const flag = {
        kind: 'attack-reported' as const,
        severity: 'severe' as const,
        raised_at: harness.clock.now,
      };
      await harness.store.knex('flags').insert({ id: 'flag-1', to_do_id, matter_id, person_key, ...flag });
    },
  ],
])('nothing is dropped while %s', async (_, still) => {
  await confirmed();
  await still();
  pass(EVIDENCE_DAYS);
  expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 0, evidence: 0 });
  expect(await keysOf('matter', 'evidence')).toHaveLength(2);
});

it('evidence is kept while a later version of its matter is open', async () => {
  await confirmed();
  pass(EVIDENCE_DAYS);
  await harness.push(harness.vendors.holders[0]!, { version: 2 });
  expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 0, evidence: 0 });
  expect(await keysOf('evidence')).toHaveLength(1);
});

it('many matters are deleted in batches', async () => {
  const matter = await confirmed();
  const found = await harness.store.knex('matters').where({ id: matter }).first();
  // The database computes these.
  const row = { ...found, province: undefined, city: undefined, county: undefined };
  const many = Array.from({ length: 600 }, (_, at) => `matter-${String(at).padStart(32, '0')}`);
  await harness.store.knex.batchInsert(
    'matters',
    many.map((id, at) => ({ ...row, id, version: at + 2 })),
    100,
  );
  await harness.store.knex.transaction(async (db) => {
    for (const id of many) await harness.store.dataKeys.create(db, `matter:${id}`);
  });
  pass(MATTER_DAYS);
  expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 601 });
  expect(await keysOf('matter')).toEqual([]);
}, 60_000);
