import { openOffice } from '../test/setup/office';
import type { Office } from '../test/setup/office';
import { acknowledge, nextDelivery } from './deliveries';
import { listToDos } from './views';

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.end());

const DAY = 24 * 3_600_000;
const holder = () => office.vendors.holders[0]!;
const review = (matter: string) => office.activities.review({ matter });
const pass = (ms: number) => {
  office.clock.now = new Date(office.clock.now.getTime() + ms);
};
const events = async () =>
  (await office.store.knex('deliveries').orderBy('sequence').select('event')).map(({ event }) =>
    String(event),
  );

it('a matter is listed for seven days, reminded of on the sixth and expires after thirty', async () => {
  const { matter } = await office.push(holder());
  const pushedAt = office.clock.now.getTime();
  const { personKey } = await office.enter(holder());
  const listed = async (which: 'open' | 'past') =>
    (await listToDos(office.store, personKey, which, office.clock.now)).length;
  expect(await review(matter)).toEqual({
    state: 'open',
    deliveriesWaiting: false,
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
  expect(await events()).toEqual(['invitation.reminder-due']);
  expect([await listed('open'), await listed('past')]).toEqual([1, 0]);
  pass(DAY);
  expect([await listed('open'), await listed('past')]).toEqual([0, 1]);
  pass(23 * DAY);
  const over = { state: 'expired', deliveriesWaiting: true, wakeAt: null };
  expect([await review(matter), await review(matter)]).toEqual([over, over]);
  expect(await events()).toEqual(['invitation.reminder-due', 'matter.expired']);
  expect(await office.store.knex('confirmations').distinct('state')).toEqual([{ state: 'expired' }]);
});

it('what happened is told in order, each until it is acknowledged', async () => {
  const { matter } = await office.push(holder());
  pass(6 * DAY);
  await review(matter);
  pass(24 * DAY);
  await review(matter);
  const { knex } = office.store;
  const told = [];
  for (let next = await nextDelivery(knex, matter); next; next = await nextDelivery(knex, matter)) {
    told.push(next.delivery.event);
    await acknowledge(knex, next.delivery.deliveryId, office.clock.now);
  }
  expect(told).toEqual(['invitation.reminder-due', 'matter.expired']);
  expect(await review(matter)).toEqual({ state: 'expired', deliveriesWaiting: false, wakeAt: null });
});

it('is withdrawn while open, and never after it was decided', async () => {
  const first = await office.push(holder());
  expect(await office.activities.withdraw({ matter: first.matter })).toBe('withdrawn');
  expect(await office.activities.withdraw({ matter: first.matter })).toBe('withdrawn');
  const second = await office.push(holder(), { externalId: 'M-2' });
  pass(31 * DAY);
  await review(second.matter);
  expect(await office.activities.withdraw({ matter: second.matter })).toBe('expired');
  expect(await office.activities.withdraw({ matter: 'matter-unknown' })).toBeUndefined();
  expect(await review('matter-unknown')).toBeUndefined();
});

describe('pushes', () => {
  it('the same again is a repeat, other content under the same version a conflict', async () => {
    expect((await office.push(holder())).result).toEqual({ outcome: 'created' });
    expect((await office.push(holder())).result).toEqual({ outcome: 'repeated' });
    expect((await office.push(holder(), { kind: 'change' })).result).toEqual({ outcome: 'conflict' });
    expect(await office.store.knex('matters').count({ n: '*' })).toEqual([{ n: 1 }]);
  });

  it('an older version never comes back', async () => {
    await office.push(holder(), { version: 2 });
    expect((await office.push(holder(), { version: 1 })).result).toEqual({ outcome: 'conflict' });
  });

  it('two versions at once leave one open, whichever comes first', async () => {
    const results = await Promise.all([1, 2, 3].map((version) => office.push(holder(), { version })));
    expect(results[2]?.result.outcome).toBe('created');
    const open = await office.store.knex('matters').where({ state: 'open' }).select('version');
    expect(open).toEqual([{ version: 3 }]);
  });

  it('the same at once is taken once', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => office.push(holder())));
    expect(results.map(({ result }) => result.outcome).sort()).toEqual([
      'created',
      'repeated',
      'repeated',
      'repeated',
    ]);
  });
});
