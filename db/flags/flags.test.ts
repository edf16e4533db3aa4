import { shanghaiDay } from '../../domain/shanghai-time';
import type { Holder } from '../../sandbox/alipay/settings';
import { confirm, evidenceOf, passFace, signature } from '../../test/setup/confirming';
import { startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness, PushedToDo } from '../../test/setup/activity-harness';
import { recordCheckResult } from '../attempts/attempts';
import { addDelivery, nextDelivery } from '../matters/deliveries';
import type { Rows } from '../tables';

const DAY = 24 * 3_600_000;
const DEVICE = 'd'.repeat(64);

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;
let toDo: PushedToDo;

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder, { device: DEVICE });
  toDo = await harness.push(holder);
});
afterEach(() => harness.end());

let checks = 0;

/** Passed checks of so many other persons. @returns the attempts */
async function seeOthers(count: number, about: Partial<Rows['attempts']>, daysAgo = 0): Promise<string[]> {
  const at = new Date(harness.clock.now.getTime() - daysAgo * DAY);
  const rows = Array.from({ length: count }, () => {
    const id = String((checks += 1)).padStart(32, '0');
    return {
      ...{ id, purpose: 'identity-face' as const, journey_id: 'journey-other', account: `account-${id}` },
      ...{ person_key: `person-${id}`, debits: 'account' as const, day: shanghaiDay(at) },
      ...{ state: 'passed' as const, command: `command-${id}`, started_at: at, ended_at: at },
      ...about,
    };
  });
  await harness.store.knex('attempts').insert(rows);
  return rows.map(({ id }) => id);
}

const raised = async () =>
  (await harness.store.knex('flags').orderBy('kind').select('kind', 'severity')).map(
    ({ kind, severity }) => `${kind} ${severity}`,
  );
const review = () => harness.activities.reevaluateMatter({ matter: toDo.matter });
const callbacks = async () =>
  (
    await harness.store
      .knex('deliveries')
      .whereNot('event', 'invitation.issued')
      .orderBy('sequence')
      .select('body')
  ).map(({ body }) => JSON.parse(body));

it('a confirmation on an own phone and account raises no flag, and its callback names none', async () => {
  await seeOthers(9, { device: 'e'.repeat(64) });
  await confirm(harness, person.journey, toDo);
  expect(await raised()).toEqual([]);
  expect(await review()).toMatchObject({ state: 'confirmed' });
  for (const body of await callbacks()) {
    expect(Object.keys(body)).not.toContain('flags');
    expect(body.event === 'matter.confirmed' && body.persons).toBeFalsy();
  }
});

it.each<[string, () => Promise<unknown>, string[]]>([
  ['a phone of three persons', () => seeOthers(2, { device: DEVICE }), ['device-shared notice']],
  ['a phone of five persons', () => seeOthers(4, { device: DEVICE }), ['device-shared severe']],
  ['a phone of many, but failed checks', () => seeOthers(9, { device: DEVICE, state: 'failed' }), []],
  ['a phone of many, long ago', () => seeOthers(9, { device: DEVICE }, 31), []],
  ['a phone that one other person used often', () => seeOthers(9, { device: DEVICE, person_key: 'p' }), []],
  ['an account of three persons', () => seeOthers(2, { account: person.account }), ['account-shared notice']],
  ['an account of many persons', () => seeOthers(7, { account: person.account }), ['account-shared severe']],
  [
    'an attack on this person from elsewhere',
    () => seeOthers(1, { person_key: person.personKey, state: 'failed', attack: 1 }),
    ['attack-reported severe'],
  ],
  [
    'an attack from this account on somebody else',
    () => seeOthers(1, { account: person.account, state: 'failed', attack: 1 }),
    ['attack-reported severe'],
  ],
  ['an attack from elsewhere on somebody else', () => seeOthers(1, { state: 'failed', attack: 1 }), []],
  ['an attack long ago', () => seeOthers(1, { account: person.account, state: 'failed', attack: 1 }, 31), []],
])('%s: %j', async (_, happen, expected) => {
  await happen();
  await confirm(harness, person.journey, toDo);
  expect(await raised()).toEqual(expected);
});

it('the phone of an attempt is the one on which its session began', async () => {
  await passFace(harness, person.journey);
  expect(await harness.store.knex('attempts').distinct('device')).toEqual([{ device: DEVICE }]);
});

describe('the same picture', () => {
  const captured = async (attempt: string) => {
    const known = await harness.store.knex('portraits').first('sha256', 'media_type');
    const at = harness.clock.now;
    const row = { ...known, attempt_id: attempt, image: Buffer.alloc(0), captured_at: at };
    await harness.store.knex('portraits').insert({ ...row, expires_at: at });
  };

  it('of another person is severe at once', async () => {
    await passFace(harness, person.journey);
    const [attempt] = await seeOthers(1, {});
    await captured(attempt!);
    await confirm(harness, person.journey, toDo);
    expect(await raised()).toEqual(['portrait-shared severe']);
  });

  it('of the same person is none', async () => {
    await passFace(harness, person.journey);
    const [attempt] = await seeOthers(1, { person_key: person.personKey });
    await captured(attempt!);
    await confirm(harness, person.journey, toDo);
    expect(await raised()).toEqual([]);
  });
});

describe('scores', () => {
  /** Face checks at the beginning and for the matter, with these scores. */
  async function confirmWith(first: number, second: number): Promise<void> {
    const { journey } = person;
    await recordCheckResult(harness.store.knex, await passFace(harness, journey), { score: first });
    const attempt = await passFace(harness, journey, toDo);
    await recordCheckResult(harness.store.knex, attempt, { score: second });
    const input = await harness.seal('sign-scores', signature);
    await harness.activities.sign({ journey, toDo: toDo.toDo, attempt, input });
  }

  it('far apart are a notice, and stand in the evidence with it', async () => {
    await confirmWith(97.5, 71.25);
    expect(await raised()).toEqual(['scores-apart notice']);
    const evidence = JSON.parse(await evidenceOf(harness, toDo.toDo));
    expect(evidence.flags).toEqual([{ kind: 'scores-apart', severity: 'notice' }]);
    // Both began at the same instant here, so that neither is the older.
    const scores = (evidence.checks as { purpose: string; score: number | null }[])
      .filter(({ score }) => score !== null)
      .map(({ purpose, score }) => `${purpose} ${score}`);
    expect(scores.sort()).toEqual(['identity-face 97.5', 'matter-face 71.25']);
  });

  it('that agree are none', async () => {
    await confirmWith(97.5, 97.25);
    expect(await raised()).toEqual([]);
  });

  it('of an earlier visit count for nothing', async () => {
    await recordCheckResult(harness.store.knex, await passFace(harness, person.journey), { score: 10 });
    harness.clock.now = new Date(harness.clock.now.getTime() + 60_000);
    await harness.enter(holder);
    await confirmWith(97.5, 97.25);
    expect(await raised()).toEqual([]);
  });
});

describe('the registration system', () => {
  it('is told of a notice, which holds no matter', async () => {
    await seeOthers(2, { device: DEVICE });
    await confirm(harness, person.journey, toDo);
    expect(await review()).toMatchObject({ state: 'confirmed' });
    const roles = ['legal-representative', 'shareholder'];
    expect(await callbacks()).toMatchObject([
      { event: 'confirmation.confirmed', persons: [{ reference: 'P-1', roles }], flags: ['device-shared'] },
      { event: 'matter.confirmed', persons: [{ reference: 'P-1', roles, flags: ['device-shared'] }] },
    ]);
  });

  it('is told of five hundred persons at once', async () => {
    const reference = 'R'.repeat(64);
    const persons = Array.from({ length: 500 }, () => ({ reference, roles: ['shareholder' as const] }));
    const { knex } = harness.store;
    const matter = await knex('matters').first();
    await knex('deliveries').update({ state: 'acknowledged' });
    await addDelivery(knex, matter!, { event: 'matter.confirmed', persons }, harness.clock.now);
    expect((await nextDelivery(knex, toDo.matter))?.delivery.persons).toEqual(persons);
  });
});

describe('a severe flag', () => {
  beforeEach(async () => {
    await seeOthers(4, { device: DEVICE });
    await confirm(harness, person.journey, toDo);
  });

  const held = { state: 'open', held: 'flagged', wakeAt: null };

  it('holds the matter: it neither is confirmed nor expires, and nobody is reminded', async () => {
    expect(await review()).toMatchObject(held);
    harness.clock.now = new Date(harness.clock.now.getTime() + 40 * DAY);
    expect(await review()).toMatchObject(held);
    expect((await callbacks()).map(({ event }) => event)).toEqual(['confirmation.confirmed']);
  });

  it('holds nothing while others have yet to confirm', async () => {
    const [row] = await harness.store.knex('confirmations').where({ role: 'shareholder' });
    const pending = { state: 'pending' as const, role: 'supervisor' as const };
    await harness.store
      .knex('confirmations')
      .insert({ ...row, ...pending, to_do_id: 'another', person_key: 'another', reference: 'P-2' });
    expect(await review()).toMatchObject({ state: 'open', wakeAt: expect.any(String) });
    harness.clock.now = new Date(harness.clock.now.getTime() + 31 * DAY);
    expect(await review()).toMatchObject({ state: 'expired' });
  });

  it('does not keep the registration system from taking the matter back', async () => {
    expect(await harness.activities.withdraw({ matter: toDo.matter })).toBe('withdrawn');
    expect(await review()).toMatchObject({ state: 'withdrawn' });
  });

  it('does not keep the person from saying 「这不是我办的」', async () => {
    const refusal = {
      journey: person.journey,
      toDo: toDo.toDo,
      reason: 'not-me',
      command: 'refuse-1',
    } as const;
    await harness.activities.refuse(refusal);
    expect(await review()).toMatchObject({ state: 'refused' });
  });

  it('goes with the confirmation into the next version, which is held as well', async () => {
    const next = await harness.push(holder, { version: 2 });
    expect(await harness.activities.reevaluateMatter({ matter: next.matter })).toMatchObject(held);
    expect(await harness.store.knex('flags').select('matter_id', 'to_do_id')).toEqual([
      { matter_id: next.matter, to_do_id: next.toDo },
    ]);
  });

  it('stays where it was when the next version asks the person again', async () => {
    await harness.push(holder, { version: 2, kind: 'change' });
    expect(await harness.store.knex('flags').select('matter_id')).toEqual([{ matter_id: toDo.matter }]);
  });
});
