import { MockActivityEnvironment } from '@temporalio/testing';
import { CallbackError } from '../../registry/callback';
import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness } from '../../test/setup/activity-harness';
import { nextDelivery } from './deliveries';
import { listEvents } from './events';
import { listUndelivered, replayCallbacks } from './undelivered';

let harness: ActivityHarness;
/** What the registration system answers; acknowledged by default. */
let answer: CallbackError | undefined;
let received: string[];

beforeEach(async () => {
  [answer, received] = [undefined, []];
  harness = await startHarness({
    callbacks: {
      async deliver(_, { event }) {
        if (answer) throw answer;
        received.push(String(event));
      },
    },
  });
});
afterEach(() => harness.end());

const DAY = 24 * 3_600_000;
const pass = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};
const push = (externalId = 'M-1') => harness.push(harness.vendors.holders[0]!, { externalId });
const deliver = (matter: string) =>
  new MockActivityEnvironment().run(() => harness.activities.deliver({ matter }));
const listed = async (scope = ['11']) =>
  (await listUndelivered(harness.store.knex, { scope }, harness.clock.now)).map(
    ({ externalId, cause, callbacks }) => `${externalId} ${cause} ${callbacks}`,
  );
const waits = async (matter: string) => (await nextDelivery(harness.store.knex, matter)) !== undefined;
const status = (matter: string) => harness.activities.reevaluateMatter({ matter });

describe('a callback', () => {
  it('is listed after seven days without an acknowledgement, and still repeated', async () => {
    const { matter } = await push();
    answer = new CallbackError('callback_unreachable');
    await expect(deliver(matter)).rejects.toMatchObject({ type: 'callback_unreachable' });
    pass(7 * DAY - 1000);
    expect(await listed()).toEqual([]);
    pass(1000);
    expect(await listed()).toEqual(['M-1 not-acknowledged 1']);
    expect(await listed(['31'])).toEqual([]);
    expect(await listed([])).toEqual([]);
    expect(await status(matter)).toMatchObject({ deliveriesWaiting: true });
    answer = undefined;
    await deliver(matter);
    await status(matter);
    await deliver(matter);
    expect(received).toEqual(['invitation.issued', 'invitation.reminder-due']);
    expect(await listed()).toEqual([]);
  });

  it('stops with 410 for its matter, now and later, and for no other', async () => {
    const { matter } = await push();
    pass(1000);
    const other = await push('M-2');
    answer = new CallbackError('callback_gone', 410);
    await deliver(matter);
    expect([await waits(matter), await waits(other.matter)]).toEqual([false, true]);
    expect(await listed()).toEqual(['M-1 receiver-gone 1']);
    expect(harness.log.filter((line) => line.includes('callbacks_stopped'))).toHaveLength(1);
    pass(31 * DAY);
    expect(await status(matter)).toMatchObject({ state: 'expired', deliveriesWaiting: false });
    expect(await listed()).toEqual(['M-1 receiver-gone 2', 'M-2 not-acknowledged 1']);
    const events = await listEvents(harness.store, 'test-registry', { after: 0, limit: 10 });
    const ofMatter = events.filter((event) => event.matter.externalId === 'M-1');
    expect(ofMatter.map(({ event }) => event)).toEqual(['invitation.issued', 'matter.expired']);
  });

  it('is sent again in its order after a replay by clerks of its authority', async () => {
    const { matter } = await push();
    answer = new CallbackError('callback_gone', 410);
    await deliver(matter);
    pass(31 * DAY);
    await status(matter);
    expect(await replayCallbacks(harness.store, matter, ['31'])).toBe(false);
    expect(await waits(matter)).toBe(false);
    expect(await replayCallbacks(harness.store, matter, ['1101'])).toBe(true);
    answer = undefined;
    while (await waits(matter)) await deliver(matter);
    expect(received).toEqual(['invitation.issued', 'matter.expired']);
    expect([await listed(), await replayCallbacks(harness.store, matter, ['1101'])]).toEqual([[], false]);
    expect(await replayCallbacks(harness.store, 'matter-unknown', ['11'])).toBe(false);
  });

  it('of a matter that was deleted is listed no more', async () => {
    const { matter } = await push();
    answer = new CallbackError('callback_gone', 410);
    await deliver(matter);
    await harness.activities.withdraw({ matter });
    pass(366 * DAY);
    expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 1 });
    expect(await listed()).toEqual([]);
  });
});

it('is listed in pages, the oldest first', async () => {
  for (let at = 0; at < 60; at += 1) {
    await push(`M-${at}`);
    pass(1000);
  }
  pass(8 * DAY);
  const { knex } = harness.store;
  const first = await listUndelivered(knex, { scope: ['11'] }, harness.clock.now);
  const { since: at, matter: id } = first.at(-1)!;
  const second = await listUndelivered(knex, { scope: ['11'], after: { at, id } }, harness.clock.now);
  expect([...first, ...second].map(({ externalId }) => externalId)).toEqual(
    Array.from({ length: 60 }, (_, one) => `M-${one}`),
  );
});
