import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness, PushedToDo } from '../../test/setup/activity-harness';
import type { MatterRow } from '../tables';
import { addDelivery } from './deliveries';
import { listEvents, MOST_EVENTS } from './events';

let harness: ActivityHarness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.end());

const DAY = 24 * 3_600_000;
const holder = () => harness.vendors.holders[0]!;
const feed = async (after = 0, limit = 100) =>
  await listEvents(harness.store, 'test-registry', { after, limit });
const placesOf = (events: { position: number; event: string }[]) =>
  events.map(({ position, event }) => `${position} ${event}`);
const matterOf = async ({ matter }: PushedToDo) =>
  (await harness.store.knex('matters').where({ id: matter }).first()) as MatterRow;

it('tells of every change of a matter, in its order, by the id that the callback has', async () => {
  const { matter } = await harness.push(holder());
  await harness.push(holder(), { version: 2, kind: 'change' });
  const third = await harness.push(holder(), { version: 3 });
  await harness.activities.withdraw({ matter: third.matter });
  await harness.push(holder(), { externalId: 'M-2' });
  harness.clock.now = new Date(harness.clock.now.getTime() + 31 * DAY);
  await harness.activities.reevaluateMatter({
    matter: harness.store.pseudonyms.matterId('test-registry', 'M-2', 1),
  });
  const events = await feed();
  expect(placesOf(events)).toEqual([
    '1 invitation.issued',
    '2 matter.superseded',
    '3 invitation.issued',
    '4 matter.superseded',
    '5 invitation.issued',
    '6 matter.withdrawn',
    '7 invitation.issued',
    '8 matter.expired',
  ]);
  const rows = await harness.store.knex('deliveries').orderBy('sequence').select('id', 'state');
  expect(events.map(({ deliveryId }) => deliveryId)).toEqual(rows.map(({ id }) => id));
  // What the registration system did itself is not called back.
  expect(rows.map(({ state }) => state === 'feed-only')).toEqual(
    events.map(({ event }) => event === 'matter.superseded' || event === 'matter.withdrawn'),
  );
  expect(events[0]).toEqual({
    position: 1,
    deliveryId: rows[0]?.id,
    event: 'invitation.issued',
    occurredAt: expect.any(String),
    matter: { externalId: 'M-1', version: 1 },
    persons: [{ reference: 'P-1', roles: ['legal-representative', 'shareholder'] }],
  });
  expect(matter).not.toBe('');
});

it('never shows an event before one that was shown, in whichever order transactions commit', async () => {
  const [first, second] = [await harness.push(holder()), await harness.push(holder(), { externalId: 'M-2' })];
  expect(placesOf(await feed())).toEqual(['1 invitation.issued', '2 invitation.issued']);
  const begun = await harness.store.knex.transaction();
  // It has the lower number in its table, and is committed later.
  await addDelivery(begun, await matterOf(first), { event: 'matter.refused' }, harness.clock.now);
  await harness.store.knex.transaction(async (db) =>
    addDelivery(db, await matterOf(second), { event: 'matter.expired' }, harness.clock.now),
  );
  expect(placesOf(await feed(2))).toEqual(['3 matter.expired']);
  await begun.commit();
  expect(placesOf(await feed(3))).toEqual(['4 matter.refused']);
  expect(placesOf(await feed(2))).toEqual(['3 matter.expired', '4 matter.refused']);
});

it('leaves no gap for a transaction that is rolled back', async () => {
  const pushed = await harness.push(holder());
  const begun = await harness.store.knex.transaction();
  await addDelivery(begun, await matterOf(pushed), { event: 'matter.refused' }, harness.clock.now);
  await begun.rollback();
  await harness.activities.withdraw({ matter: pushed.matter });
  expect(placesOf(await feed())).toEqual(['1 invitation.issued', '2 matter.withdrawn']);
});

it('gives every event one place, however many read at once and however long nobody has read', async () => {
  const pushed = await matterOf(await harness.push(holder()));
  const { knex } = harness.store;
  const count = 2 * MOST_EVENTS + 10;
  for (let at = 1; at < count; at += 1)
    await addDelivery(knex, pushed, { event: 'matter.refused' }, harness.clock.now);
  await Promise.all(Array.from({ length: 5 }, () => feed()));
  const positions: number[] = [];
  for (let after = 0; ; after = positions.at(-1) ?? 0) {
    const page = await feed(after, MOST_EVENTS);
    if (page.length === 0) break;
    positions.push(...page.map(({ position }) => position));
  }
  expect(positions).toEqual(Array.from({ length: count }, (_, at) => at + 1));
});

it('shows each registration system its own events only, and those that an earlier version wrote', async () => {
  const pushed = await harness.push(holder());
  await harness.store.knex('deliveries').update({ registry: null });
  expect(await listEvents(harness.store, 'another', { after: 0, limit: 100 })).toEqual([]);
  await harness.activities.withdraw({ matter: pushed.matter });
  expect(placesOf(await feed())).toEqual(['1 invitation.issued', '2 matter.withdrawn']);
});
