import { passFace } from '../setup/confirming';
import { startHarness } from '../setup/activity-harness';
import type { Holder } from '../../sandbox/alipay/settings';
import type { ActivityHarness } from '../setup/activity-harness';

const DAY = 24 * 3_600_000;

let harness: ActivityHarness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.end());

const pass = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};

it('a stranger’s journey that waits for clerks extends no deadline', async () => {
  const [holder, stranger] = harness.vendors.holders as [Holder, Holder];
  const { matter } = await harness.push(holder);
  // On their own account, with the person's number and an invented name that has several spellings.
  const { journey } = await harness.enter(
    { ...holder, account: stranger.account, openId: stranger.openId },
    { name: '试㐂' },
  );
  const stuck = { journey, step: 'stuck', allowed: [], codes: [], cause: 'name-mismatch-suspected' } as const;
  await harness.activities.saveStop({ ...stuck, revision: 2 });
  pass(31 * DAY);
  expect(await harness.activities.reevaluateMatter({ matter })).toMatchObject({ state: 'expired' });
});

it('ten days in which two accounts are stuck count once', async () => {
  const [holder, other] = harness.vendors.holders as [Holder, Holder];
  const { matter } = await harness.push(holder);
  const pushedAt = harness.clock.now.getTime();
  const journeys = [];
  for (const { account, openId } of [holder, other]) {
    const { journey } = await harness.enter({ ...holder, account, openId });
    journeys.push(journey);
    const stuck = { journey, step: 'stuck', allowed: [], codes: [], cause: 'vendor-unavailable' } as const;
    await harness.activities.saveStop({ ...stuck, revision: 9 });
  }
  pass(10 * DAY);
  for (const journey of journeys) {
    await harness.activities.saveStop({ journey, step: 'face', allowed: [], codes: [], revision: 10 });
  }
  const row = await harness.store.knex('matters').where({ id: matter }).first('expires_at');
  expect((row?.expires_at - pushedAt) / DAY).toBeLessThanOrEqual(40);
});

describe('the time by which deadlines are extended', () => {
  let holder: Holder;
  let journey: string;
  let matter: string;
  let pushedAt: number;
  let revision = 20;

  beforeEach(async () => {
    [holder] = harness.vendors.holders as [Holder];
    ({ matter } = await harness.push(holder));
    pushedAt = harness.clock.now.getTime();
    ({ journey } = await harness.enter(holder));
  });

  const show = (step: string, of: object = {}) =>
    harness.activities.saveStop({ journey, step, allowed: [], codes: [], revision: (revision += 1), ...of });
  const stuck = () => show('stuck', { cause: 'vendor-unavailable' });
  const expiresAfterDays = async () => {
    const row = await harness.store.knex('matters').where({ id: matter }).first('expires_at', 'listed_until');
    expect((row?.expires_at - row?.listed_until) / DAY).toBe(23);
    return (row?.expires_at - pushedAt) / DAY;
  };
  const review = () => harness.activities.reevaluateMatter({ matter });

  it('is the time lost by a journey that had passed the face check', async () => {
    await passFace(harness, journey);
    await stuck();
    pass(10 * DAY);
    await show('to-dos');
    expect(await expiresAfterDays()).toBeCloseTo(40, 5);
  });

  it('includes the time before the face check, once the same visit has passed it', async () => {
    await stuck();
    pass(10 * DAY);
    await show('face');
    expect(await expiresAfterDays()).toBe(30);
    await passFace(harness, journey);
    expect(await expiresAfterDays()).toBeCloseTo(40, 5);
  });

  it('is the time lost by a person whom two clerks have accepted', async () => {
    const { now } = harness.clock;
    await harness.store.knex('decisions').insert({
      ...{ id: 'decision-1', journey_id: journey, cause: 'vendor-refused', decision: 'accept' },
      ...{ state: 'approved', clerk: 'clerk-1', reviewer: 'clerk-2', decided_at: now, settled_at: now },
    });
    await stuck();
    pass(10 * DAY);
    await show('to-dos');
    expect(await expiresAfterDays()).toBeCloseTo(40, 5);
  });

  it('does not rely on a face check of an earlier visit', async () => {
    await passFace(harness, journey);
    pass(1000);
    await harness.enter(holder);
    await stuck();
    pass(10 * DAY);
    await show('face');
    expect(await expiresAfterDays()).toBe(30);
  });

  it('is 30 days at most', async () => {
    await passFace(harness, journey);
    await stuck();
    pass(59 * DAY);
    expect(await review()).toMatchObject({ state: 'open' });
    pass(1 * DAY);
    expect(await review()).toMatchObject({ state: 'expired' });
  });

  it('keeps the matter open for the other persons too', async () => {
    await passFace(harness, journey);
    pass(20 * DAY);
    await stuck();
    pass(11 * DAY);
    expect(await review()).toMatchObject({ state: 'open' });
    expect(await expiresAfterDays()).toBeCloseTo(41, 5);
  });

  it('ends when the person has decided', async () => {
    await passFace(harness, journey);
    await stuck();
    pass(5 * DAY);
    await harness.store.knex('confirmations').update({ state: 'confirmed', settled_at: harness.clock.now });
    pass(5 * DAY);
    await review();
    expect(await expiresAfterDays()).toBeCloseTo(35, 5);
  });
});
