import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness } from '../../test/setup/activity-harness';
import { acknowledge, nextDelivery } from './deliveries';
import { listToDos } from '../confirmations/views';

let harness: ActivityHarness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.end());

const DAY = 24 * 3_600_000;
const holder = () => harness.vendors.holders[0]!;
const review = (matter: string) => harness.activities.reevaluateMatter({ matter });
const pass = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};
const events = async () =>
  (await harness.store.knex('deliveries').orderBy('sequence').select('event')).map(({ event }) => event);

it('a matter is listed for seven days, reminded of on the sixth and expires after thirty', async () => {
  const { matter } = await harness.push(holder());
  const pushedAt = harness.clock.now.getTime();
  const { personKey } = await harness.enter(holder());
  const listed = async (which: 'open' | 'past') =>
    (await listToDos(harness.store, personKey, which, harness.clock.now)).length;
  expect(await review(matter)).toEqual({
    state: 'open',
    deliveriesWaiting: true,
    wakeAt: new Date(pushedAt + 6 * DAY).toISOString(),
  });
  pass(6 * DAY);
  const reminded = {
    state: 'open',
    deliveriesWaiting: true,
    wakeAt: new Date(pushedAt + 30 * DAY).toISOString(),
  };
  expect(await review(matter)).toEqual(reminded);
  expect(await review(matter)).toEqual(reminded);
  expect(await events()).toEqual(['invitation.issued', 'invitation.reminder-due']);
  expect([await listed('open'), await listed('past')]).toEqual([1, 0]);
  pass(DAY);
  expect([await listed('open'), await listed('past')]).toEqual([0, 1]);
  pass(23 * DAY);
  const over = { state: 'expired', deliveriesWaiting: true, wakeAt: null };
  expect([await review(matter), await review(matter)]).toEqual([over, over]);
  expect(await events()).toEqual(['invitation.issued', 'invitation.reminder-due', 'matter.expired']);
  expect(await harness.store.knex('confirmations').distinct('state')).toEqual([{ state: 'expired' }]);
});

it('what happened is told in order, each until it is acknowledged', async () => {
  const { matter } = await harness.push(holder());
  pass(6 * DAY);
  await review(matter);
  pass(24 * DAY);
  await review(matter);
  const { knex } = harness.store;
  const events = [];
  for (let next = await nextDelivery(knex, matter); next; next = await nextDelivery(knex, matter)) {
    events.push(next.delivery.event);
    await acknowledge(knex, next.delivery.deliveryId, harness.clock.now);
  }
  expect(events).toEqual(['invitation.issued', 'invitation.reminder-due', 'matter.expired']);
  expect(await review(matter)).toEqual({ state: 'expired', deliveriesWaiting: false, wakeAt: null });
});

it('is withdrawn while open, and never after it was decided', async () => {
  const first = await harness.push(holder());
  expect(await harness.activities.withdraw({ matter: first.matter })).toBe('withdrawn');
  expect(await harness.activities.withdraw({ matter: first.matter })).toBe('withdrawn');
  const second = await harness.push(holder(), { externalId: 'M-2' });
  pass(31 * DAY);
  await review(second.matter);
  expect(await harness.activities.withdraw({ matter: second.matter })).toBe('expired');
  expect(await harness.activities.withdraw({ matter: 'matter-unknown' })).toBeUndefined();
  expect(await review('matter-unknown')).toBeUndefined();
});

describe('pushes', () => {
  it('the same again is a repeat, other content under the same version a conflict', async () => {
    expect((await harness.push(holder())).result).toEqual({ outcome: 'created' });
    expect((await harness.push(holder())).result).toEqual({ outcome: 'repeated' });
    expect((await harness.push(holder(), { kind: 'change' })).result).toEqual({ outcome: 'conflict' });
    expect(await harness.store.knex('matters').count({ n: '*' })).toEqual([{ n: 1 }]);
  });

  it('an older version never comes back', async () => {
    await harness.push(holder(), { version: 2 });
    expect((await harness.push(holder(), { version: 1 })).result).toEqual({ outcome: 'conflict' });
  });

  it('two versions at once leave one open, whichever comes first', async () => {
    const results = await Promise.all([1, 2, 3].map((version) => harness.push(holder(), { version })));
    expect(results[2]?.result.outcome).toBe('created');
    const open = await harness.store.knex('matters').where({ state: 'open' }).select('version');
    expect(open).toEqual([{ version: 3 }]);
  });

  it('the same at once is taken once', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => harness.push(holder())));
    expect(results.map(({ result }) => result.outcome).sort()).toEqual([
      'created',
      'repeated',
      'repeated',
      'repeated',
    ]);
  });
});
