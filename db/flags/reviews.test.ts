import type { FlagKind } from '../../domain/flags';
import { randomUUID } from 'node:crypto';
import type { Holder } from '../../sandbox/alipay/settings';
import { confirm } from '../../test/setup/confirming';
import { startHarness } from '../../test/setup/activity-harness';
import type { Entered, ActivityHarness, PushedToDo } from '../../test/setup/activity-harness';
import { listFlags, reviewFlag } from './reviews';
import type { FlagsWanted } from './reviews';

const CLERK = randomUUID();

let harness: ActivityHarness;
let holder: Holder;
let person: Entered;
let toDo: PushedToDo;

beforeEach(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  person = await harness.enter(holder);
  toDo = await harness.push(holder);
});
afterEach(() => harness.end());

/** A severe flag on the confirmation of a to-do, as raiseFlags notes it. */
async function flag(kind: FlagKind = 'device-shared', of = toDo): Promise<string> {
  const id = randomUUID();
  harness.clock.now = new Date(harness.clock.now.getTime() + 1000);
  await harness.store.knex('flags').insert({
    ...{ id, to_do_id: of.toDo, matter_id: of.matter, person_key: person.personKey },
    ...{ kind, severity: 'severe' as const, raised_at: harness.clock.now },
  });
  return id;
}

const reasons = { cleared: 'person-confirms', upheld: 'person-denies' } as const;
const review = (id: string, verdict: 'cleared' | 'upheld', authorities = ['11']) =>
  reviewFlag(
    harness.store,
    { flag: id, clerk: CLERK, verdict, reason: reasons[verdict], authorities },
    harness.clock.now,
  );
const reviewed = () => ({ matters: [{ id: toDo.matter, authority: '110105' }] });
const status = async () => (await harness.activities.reevaluateMatter({ matter: toDo.matter }))?.state;
const callbacks = async () =>
  (
    await harness.store
      .knex('deliveries')
      .whereNot('event', 'invitation.issued')
      .orderBy('sequence')
      .select('body')
  ).map(({ body }) => {
    const { event, reason } = JSON.parse(body);
    return reason ? `${event} ${reason}` : event;
  });

describe('a review', () => {
  it('that clears lets the matter go on', async () => {
    await confirm(harness, person.journey, toDo);
    const id = await flag();
    expect(await status()).toBe('open');
    expect(await review(id, 'cleared')).toEqual(reviewed());
    expect(await status()).toBe('confirmed');
    expect(
      await harness.store.knex('flags').first('reviewed_by', 'verdict', 'reason', 'reviewed_at'),
    ).toEqual({
      ...{
        reviewed_by: CLERK,
        verdict: 'cleared',
        reason: 'person-confirms',
        reviewed_at: harness.clock.now,
      },
    });
  });

  it('of one flag of two leaves the matter held', async () => {
    await confirm(harness, person.journey, toDo);
    const ids = [await flag('device-shared'), await flag('attack-reported')];
    await review(ids[0]!, 'cleared');
    expect(await status()).toBe('open');
    await review(ids[1]!, 'cleared');
    expect(await status()).toBe('confirmed');
  });

  it('that upholds refuses the confirmation and with it the matter, and says why', async () => {
    await confirm(harness, person.journey, toDo);
    expect(await review(await flag(), 'upheld')).toEqual(reviewed());
    expect(await status()).toBe('refused');
    expect(await harness.store.knex('confirmations').select('state', 'refusal_reason')).toEqual([
      { state: 'refused', refusal_reason: 'identity-doubtful' },
      { state: 'refused', refusal_reason: 'identity-doubtful' },
    ]);
    expect(await callbacks()).toEqual([
      'confirmation.confirmed',
      'confirmation.refused identity-doubtful',
      'matter.refused',
    ]);
  });

  it('that upholds after the matter was confirmed freezes it', async () => {
    await confirm(harness, person.journey, toDo);
    await status();
    await review(await flag(), 'upheld');
    expect(await status()).toBe('frozen');
  });

  it('that upholds is not undone by the signature that comes once more', async () => {
    const input = await confirm(harness, person.journey, toDo);
    await review(await flag(), 'upheld');
    const attempt = (await harness.store.knex('attempts').where({ used_by: input }).first('id'))!.id;
    const again = { journey: person.journey, toDo: toDo.toDo, attempt, input };
    expect(await harness.activities.sign(again)).toEqual({ outcome: 'not-signable', code: 'to_do_settled' });
  });

  it('happens once', async () => {
    await confirm(harness, person.journey, toDo);
    const id = await flag();
    const both = await Promise.all([review(id, 'cleared'), review(id, 'upheld')]);
    expect(both).toContainEqual(reviewed());
    expect(both).toContainEqual({ rejected: 'flag_reviewed' });
    expect(await review(id, 'upheld')).toEqual({ rejected: 'flag_reviewed' });
  });

  it('is for reviewers of the authority', async () => {
    await confirm(harness, person.journey, toDo);
    const id = await flag();
    for (const authorities of [[], ['31'], ['110106']]) {
      expect(await review(id, 'upheld', authorities)).toEqual({ rejected: 'flag_unknown' });
    }
    expect(await review(randomUUID(), 'cleared')).toEqual({ rejected: 'flag_unknown' });
    expect(await review(id, 'cleared', ['31', '110105'])).toEqual(reviewed());
  });
});

describe('the list', () => {
  const list = async (wanted: Partial<FlagsWanted> = {}) =>
    await listFlags(harness.store.knex, { authorities: ['11'], openOnly: true, limit: 10, ...wanted });
  const ids = async (wanted: Partial<FlagsWanted> = {}) => (await list(wanted)).map(({ id }) => id);

  it('says of a flag what a reviewer needs, and nothing of the person', async () => {
    await confirm(harness, person.journey, toDo);
    const id = await flag();
    expect(await list()).toEqual([
      {
        id,
        kind: 'device-shared',
        severity: 'severe',
        raisedAt: harness.clock.now,
        reviewedAt: null,
        reviewedBy: null,
        verdict: null,
        reason: null,
        matter: {
          ...{ id: toDo.matter, registry: 'test-registry', externalId: 'M-1', version: 1 },
          ...{ authority: '110105', kind: 'establishment' },
        },
        toDoId: toDo.toDo,
        journeyId: person.journey,
        reference: 'P-1',
        roles: ['legal-representative', 'shareholder'],
      },
    ]);
  });

  it('is newest first, page by page, each flag once', async () => {
    const raised: string[] = [];
    for (const kind of [
      'device-shared',
      'account-shared',
      'portrait-shared',
      'attack-reported',
      'scores-apart',
    ] as const)
      raised.unshift(await flag(kind));
    const first = await ids({ limit: 2 });
    const second = await ids({ limit: 2, after: first[1] });
    const third = await ids({ limit: 2, after: second[1] });
    expect([...first, ...second, ...third]).toEqual(raised);
  });

  it('holds what is open, or all', async () => {
    const reviewed = await flag('device-shared');
    const open = await flag('account-shared');
    await review(reviewed, 'cleared');
    expect(await ids()).toEqual([open]);
    expect(await ids({ openOnly: false })).toEqual([open, reviewed]);
  });

  it('is of the authorities that are covered', async () => {
    const here = await flag();
    const elsewhere = await harness.push(holder, { externalId: 'M-2', authority: '310101' });
    const there = await flag('device-shared', elsewhere);
    expect(await ids({ authorities: ['110105'] })).toEqual([here]);
    expect(await ids({ authorities: ['31'] })).toEqual([there]);
    expect(await ids({ authorities: ['11', '31'] })).toEqual([there, here]);
    expect(await ids({ authorities: [''] })).toEqual([there, here]);
    expect(await ids({ authorities: [] })).toEqual([]);
  });
});
