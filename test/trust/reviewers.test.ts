import { randomUUID } from 'node:crypto';
import { setClerkState } from '../../db/clerks/clerks';
import { listReviewerLots } from '../../db/decisions/reviewer-lots';
import { PROPOSALS_PER_DAY } from '../../domain/limits';
import { pickReviewer } from '../../domain/reviewers';
import type { Holder } from '../../sandbox/alipay/settings';
import { startHarness } from '../setup/activity-harness';
import type { Entered, ActivityHarness } from '../setup/activity-harness';

const HOUR = 3_600_000;

let harness: ActivityHarness;
let proposer: string;
let [honest, colluding] = ['', ''];
let [persons, commands, revision] = [0, 0, 10];

beforeAll(async () => {
  harness = await startHarness();
  proposer = await harness.addClerk('clerk');
  [honest, colluding] = [await harness.addClerk('reviewer'), await harness.addClerk('reviewer')];
});
afterAll(() => harness.end());

/** Adds a person whose journey waits for a decision by two clerks. */
async function somebodyStuck(): Promise<Entered> {
  persons += 1;
  return await stuckWith('an account');
}

/** A journey of the newest person on this account, which waits too. */
async function stuckWith(openId: string): Promise<Entered> {
  const person = await harness.enter(newest(openId), { session: randomUUID() });
  await show(person, 'name-mismatch-suspected');
  return person;
}

function newest(openId = 'an account'): Holder {
  const [holder] = harness.vendors.holders as [Holder];
  return { ...holder, openId, document: { ...holder.document, number: `number-${persons}` } };
}

async function show({ journey }: Entered, cause?: 'name-mismatch-suspected'): Promise<void> {
  const step = cause ? 'stuck' : 'face';
  await harness.activities.saveStop({
    journey,
    step,
    allowed: [],
    codes: [],
    revision: (revision += 1),
    cause,
  });
}

/** @returns the reviewer whom the system picks */
async function propose(person: Entered, clerk = proposer, toDo?: string): Promise<string> {
  return (await proposed(person, clerk, toDo)).reviewer;
}

async function proposed({ journey }: Entered, clerk = proposer, toDo?: string) {
  const command = `command-${(commands += 1)}`;
  const input = await harness.seal(command, { kind: 'name', name: '测·试' });
  // The journey's row names the to-do.
  if (toDo) await harness.store.knex('journeys').where({ id: journey }).update({ to_do_id: toDo });
  const made = await harness.activities.propose({
    journey,
    command,
    clerk,
    decision: 'correct-name',
    reason: 'rare-character',
    input,
  });
  if ('rejected' in made) throw new Error(made.rejected);
  return made;
}

test('a proposal that occupies one reviewer does not lead the next proposal to another', async () => {
  const picked = [];
  for (let time = 0; time < 60; time += 1) {
    let decoy = await somebodyStuck();
    while ((await propose(decoy)) !== honest) {
      await show(decoy);
      decoy = await somebodyStuck();
    }
    const person = await somebodyStuck();
    picked.push(await propose(person));
    await show(person);
    await show(decoy);
  }
  // With a fair lot the chance of this is 2^-60.
  expect(picked.filter((id) => id === colluding).length).toBeLessThan(60);
}, 120_000);

test('closing and proposing again keeps the reviewer', async () => {
  const person = await somebodyStuck();
  const picked = new Set<string>();
  for (let time = 0; time < PROPOSALS_PER_DAY; time += 1) {
    picked.add(await propose(person));
    await show(person);
    await show(person, 'name-mismatch-suspected');
  }
  expect(picked.size).toBe(1);
});

test('one person has the same reviewer for a day, for every clerk and account', async () => {
  const person = await somebodyStuck();
  const first = await propose(person);
  const another = await harness.addClerk('clerk');
  expect(await propose(person, another)).toBe(first);
  for (let account = 0; account < 10; account += 1)
    expect(await propose(await stuckWith(`account ${account}`))).toBe(first);
});

test('a matter keeps its reviewer in a new version, independently of the person’s reviewer', async () => {
  const person = await somebodyStuck();
  const subjects = new Set<string | null>();
  const reviewers = new Set<string>();
  for (const version of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { toDo } = await harness.push(newest(), { externalId: 'M-versions', version });
    const { id, reviewer } = await proposed(person, proposer, toDo);
    reviewers.add(reviewer);
    const lot = await harness.store.knex('reviewer_lots').where({ proposal: id }).first('external_id');
    subjects.add(lot!.external_id);
  }
  expect([reviewers.size, [...subjects]]).toEqual([1, ['M-versions']]);
});

test('simultaneous proposals in many journeys of one person draw one lot', async () => {
  persons += 1;
  const journeys = [];
  for (let account = 0; account < 8; account += 1) journeys.push(await stuckWith(`account ${account}`));
  expect(new Set(await Promise.all(journeys.map((journey) => propose(journey)))).size).toBe(1);
});

test('a reviewer who proposes or is disabled is replaced for that time only', async () => {
  const person = await somebodyStuck();
  const first = await propose(person);
  const other = first === honest ? colluding : honest;
  expect(await propose(person, first)).toBe(other);
  expect(await propose(person)).toBe(first);
  await setClerkState(harness.store.knex, first, 'disabled');
  expect(await propose(person)).toBe(other);
  await setClerkState(harness.store.knex, first, 'active');
  expect(await propose(person)).toBe(first);
});

test('after a day a new lot is drawn, and every pick can be recomputed from the record', async () => {
  const person = await somebodyStuck();
  const ids = [];
  for (const hours of [0, 1, 22, 2, 30]) {
    harness.clock.now = new Date(harness.clock.now.getTime() + hours * HOUR);
    ids.push((await proposed(person)).id);
  }
  const kept = [];
  for (const id of ids) {
    const lots = await listReviewerLots(harness.store.knex, id);
    const { candidates, seed, picked, keptFrom, drawnAt } = lots.at(-1)!;
    const earlier = lots
      .slice(0, -1)
      .filter((lot) => lot.keptFrom === null)
      .map((lot) => ({ ...lot, drawnAt: lot.drawnAt.getTime() }));
    const again = pickReviewer({ candidates, seed, earlier, now: drawnAt.getTime() });
    expect(again).toEqual({ picked, ...(keptFrom !== null && { keptFrom }) });
    expect(candidates).toEqual([honest, colluding].sort());
    kept.push(keptFrom === null ? null : ids.indexOf(keptFrom));
  }
  expect(kept).toEqual([null, 0, 0, null, null]);
});
