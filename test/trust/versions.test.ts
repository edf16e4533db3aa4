import { randomUUID } from 'node:crypto';
import { reviewFlag } from '../../db/flags/reviews';
import { listToDos } from '../../db/confirmations/views';
import type { Holder } from '../../sandbox/alipay/settings';
import { personOf } from '../matters';
import { confirm } from '../setup/confirming';
import { startHarness } from '../setup/activity-harness';
import type { Entered, ActivityHarness, PushedToDo } from '../setup/activity-harness';
import { inTurn } from '../setup/lock-waits';

const DAY = 24 * 3_600_000;

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder);
});
afterEach(() => harness.end());

const push = (version: number, changes: Parameters<ActivityHarness['push']>[1] = {}) =>
  harness.push(holder, { version, ...changes });
const sign = (toDo: PushedToDo) => confirm(harness, person.journey, toDo);
let commands = 0;
const refuse = ({ toDo }: PushedToDo) =>
  harness.activities.refuse({
    ...{ journey: person.journey, toDo, reason: 'not-me', command: `refuse-${(commands += 1)}` },
  });
const look = async ({ matter }: PushedToDo) => (await harness.activities.reevaluateMatter({ matter }))?.state;
const pass = (days: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + days * DAY);
};
const statesOf = async ({ matter }: PushedToDo) =>
  (await harness.store.knex('confirmations').where({ matter_id: matter }).distinct('state')).map(
    ({ state }) => state,
  );
const callbacks = async () =>
  (
    await harness.store
      .knex('deliveries')
      .whereNot('event', 'invitation.issued')
      .whereNot('state', 'feed-only')
      .orderBy('sequence')
      .select('body')
  ).map(({ body }) => {
    const { event, matter } = JSON.parse(body);
    return `${event} v${matter.version}`;
  });

describe('「这不是我办的」 follows the evidence', () => {
  it('from the signed version to the version that carries the signature', async () => {
    const first = await push(1);
    await sign(first);
    const second = await push(2);
    harness.reevaluated.length = 0;
    expect(await refuse(first)).toEqual({});
    expect(harness.reevaluated.sort()).toEqual([first.matter, second.matter].sort());
    expect([await statesOf(first), await statesOf(second)]).toEqual([['refused'], ['refused']]);
    expect([await look(first), await look(second)]).toEqual(['superseded', 'refused']);
    expect(await callbacks()).toEqual([
      'confirmation.confirmed v1',
      'matter.confirmed v1',
      'confirmation.refused v1',
      'confirmation.refused v2',
      'matter.refused v2',
    ]);
  });

  it('over several versions, in both directions, and freezes a confirmed one', async () => {
    const versions = [await push(1)];
    await sign(versions[0]!);
    versions.push(await push(2), await push(3));
    expect(await look(versions[2]!)).toBe('confirmed');
    await refuse(versions[1]!);
    for (const version of versions) expect(await statesOf(version)).toEqual(['refused']);
    expect(await look(versions[2]!)).toBe('frozen');
  });

  it('but not to a new signature of the same person', async () => {
    const first = await push(1);
    await sign(first);
    const second = await push(2, { entity: { name: '改名试验有限公司' } });
    await sign(second);
    await refuse(first);
    expect(await look(second)).toBe('confirmed');
  });

  it('if it waited for the push that carried the signature', async () => {
    const first = await push(1);
    await sign(first);
    const held = { sql: 'SELECT id FROM matters WHERE id = ? FOR UPDATE', values: [first.matter] };
    const [second] = await inTurn<unknown>(harness.store, held, [() => push(2), () => refuse(first)]);
    expect(await statesOf(second as PushedToDo)).toEqual(['refused']);
    expect(harness.reevaluated).toContain((second as PushedToDo).matter);
    expect(await look(second as PushedToDo)).toBe('refused');
  });

  it('and has the same result when it is repeated, with a signal to the same matters', async () => {
    const first = await push(1);
    await sign(first);
    const second = await push(2);
    const refusal = {
      journey: person.journey,
      toDo: first.toDo,
      reason: 'not-me' as const,
      command: 'again',
    };
    await harness.activities.refuse(refusal);
    harness.reevaluated.length = 0;
    expect(await harness.activities.refuse(refusal)).toEqual({});
    expect(harness.reevaluated.sort()).toEqual([first.matter, second.matter].sort());
    expect((await callbacks()).filter((event) => event.startsWith('confirmation.refused'))).toHaveLength(2);
  });

  it('a carried-over confirmation is listed once, with its newest version', async () => {
    await sign(await push(1));
    await push(2);
    const third = await push(3);
    const past = await listToDos(harness.store, person.personKey, 'past', harness.clock.now);
    expect(past.map(({ matterId }) => matterId)).toEqual([third.matter]);
  });
});

describe('a signature is carried over', () => {
  it('from a version that is confirmed', async () => {
    const first = await push(1);
    await sign(first);
    await look(first);
    expect(await statesOf(await push(2))).toEqual(['carried']);
  });

  it('not from one that was withdrawn', async () => {
    const second = harness.vendors.holders[1]!;
    const persons = [
      personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] }),
      personOf({ reference: 'P-2', name: second.name, document: second.document, roles: ['director'] }),
    ];
    const first = await push(1, { persons });
    const own = await toDoIn(first);
    await sign(own);
    expect(await harness.activities.withdraw({ matter: first.matter })).toBe('withdrawn');
    expect(await statesOf(await push(2, { persons }))).toEqual(['pending']);
  });

  it.each([
    ['that expired 400 days ago', 430, true],
    ['whose time is over, though nobody has looked since', 31, false],
  ])('not from one %s', async (_, days, isLookedAt) => {
    const second = harness.vendors.holders[1]!;
    const persons = [
      personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] }),
      personOf({ reference: 'P-2', name: second.name, document: second.document, roles: ['director'] }),
    ];
    const first = await push(1, { persons });
    await sign(await toDoIn(first));
    pass(days);
    if (isLookedAt) expect(await look(first)).toBe('expired');
    expect(await statesOf(await push(2, { persons }))).toEqual(['pending']);
  });

  it('not from one that somebody refused, reevaluated or not', async () => {
    const second = harness.vendors.holders[1]!;
    const persons = [
      personOf({ name: holder.name, document: holder.document, roles: ['shareholder'] }),
      personOf({ reference: 'P-2', name: second.name, document: second.document, roles: ['director'] }),
    ];
    const other = await harness.enter(second);
    const first = await push(1, { persons });
    await sign(await toDoIn(first));
    const theirs = await toDoIn(first, other);
    await harness.activities.refuse({
      ...{ journey: other.journey, toDo: theirs.toDo, reason: 'not-me', command: 'theirs' },
    });
    expect(await statesOf(await push(2, { persons }))).toEqual(['pending']);
  });

  it('not for longer than thirty days from the signature, over however many versions', async () => {
    await sign(await push(1));
    pass(20);
    expect(await statesOf(await push(2))).toEqual(['carried']);
    pass(9.9);
    expect(await statesOf(await push(3))).toEqual(['carried']);
    pass(0.2);
    expect(await statesOf(await push(4))).toEqual(['pending']);
  });

  /** The to-do of a person in a version. */
  async function toDoIn(pushed: PushedToDo, { personKey } = person): Promise<PushedToDo> {
    const row = await harness.store
      .knex('confirmations')
      .where({ matter_id: pushed.matter, person_key: personKey })
      .first('to_do_id', 'text_hash');
    return { ...pushed, toDo: row!.to_do_id, textHash: row!.text_hash };
  }
});

it('an upheld flag survives a simultaneous push', async () => {
  const first = await push(1);
  await sign(first);
  const flag = randomUUID();
  await harness.store.knex('flags').insert({
    ...{ id: flag, to_do_id: first.toDo, matter_id: first.matter, person_key: person.personKey },
    ...{ kind: 'attack-reported', severity: 'severe', raised_at: harness.clock.now },
  });
  const held = { sql: 'SELECT id FROM matters WHERE id = ? FOR UPDATE', values: [first.matter] };
  const review = {
    ...{ flag, clerk: randomUUID(), authorities: ['11'] },
    ...{ verdict: 'upheld' as const, reason: 'person-denies' as const },
  };
  const [second] = await inTurn<unknown>(harness.store, held, [
    () => push(2),
    () => reviewFlag(harness.store, review, harness.clock.now),
  ]);
  expect(await statesOf(second as PushedToDo)).toEqual(['refused']);
  expect(await look(second as PushedToDo)).toBe('refused');
  expect(await callbacks()).toContain('confirmation.refused v2');
});
