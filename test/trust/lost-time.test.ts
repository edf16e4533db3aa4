import { passFace } from '../setup/confirming';
import { openOffice } from '../setup/office';
import type { Holder } from '../../sandbox/alipay/settings';
import type { Office } from '../setup/office';

const DAY = 24 * 3_600_000;

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.end());

const pass = (ms: number) => {
  office.clock.now = new Date(office.clock.now.getTime() + ms);
};

it('a stranger’s journey that waits for clerks keeps nothing open', async () => {
  const [holder, stranger] = office.vendors.holders as [Holder, Holder];
  const { matter } = await office.push(holder);
  // From an account of their own, with the number of the person and a made-up name that is seldom written alike.
  const { journey } = await office.enter(
    { ...holder, account: stranger.account, openId: stranger.openId },
    { name: '试㐂' },
  );
  const stuck = { journey, step: 'stuck', allowed: [], codes: [], cause: 'name-mismatch-suspected' } as const;
  await office.activities.show({ ...stuck, revision: 2 });
  pass(31 * DAY);
  expect(await office.activities.review({ matter })).toMatchObject({ state: 'expired' });
});

it('two accounts that are stuck in the same ten days add nothing twice', async () => {
  const [holder, other] = office.vendors.holders as [Holder, Holder];
  const { matter } = await office.push(holder);
  const pushedAt = office.clock.now.getTime();
  const journeys = [];
  for (const { account, openId } of [holder, other]) {
    const { journey } = await office.enter({ ...holder, account, openId });
    journeys.push(journey);
    const stuck = { journey, step: 'stuck', allowed: [], codes: [], cause: 'vendor-unavailable' } as const;
    await office.activities.show({ ...stuck, revision: 9 });
  }
  pass(10 * DAY);
  for (const journey of journeys) {
    await office.activities.show({ journey, step: 'face', allowed: [], codes: [], revision: 10 });
  }
  const row = await office.store.knex('matters').where({ id: matter }).first('expires_at');
  expect((row?.expires_at - pushedAt) / DAY).toBeLessThanOrEqual(40);
});

describe('time that is given back', () => {
  let holder: Holder;
  let journey: string;
  let matter: string;
  let pushedAt: number;
  let revision = 20;

  beforeEach(async () => {
    [holder] = office.vendors.holders as [Holder];
    ({ matter } = await office.push(holder));
    pushedAt = office.clock.now.getTime();
    ({ journey } = await office.enter(holder));
  });

  const show = (step: string, of: object = {}) =>
    office.activities.show({ journey, step, allowed: [], codes: [], revision: (revision += 1), ...of });
  const stuck = () => show('stuck', { cause: 'vendor-unavailable' });
  const expiresAfterDays = async () => {
    const row = await office.store.knex('matters').where({ id: matter }).first('expires_at', 'listed_until');
    expect((row?.expires_at - row?.listed_until) / DAY).toBe(23);
    return (row?.expires_at - pushedAt) / DAY;
  };
  const review = () => office.activities.review({ matter });

  it('is that of a journey that had passed the face', async () => {
    await passFace(office, journey);
    await stuck();
    pass(10 * DAY);
    await show('to-dos');
    expect(await expiresAfterDays()).toBeCloseTo(40, 5);
  });

  it('is that before the face too, once the same visit has passed it', async () => {
    await stuck();
    pass(10 * DAY);
    await show('face');
    expect(await expiresAfterDays()).toBe(30);
    await passFace(office, journey);
    expect(await expiresAfterDays()).toBeCloseTo(40, 5);
  });

  it('is that of a person whom two clerks have accepted', async () => {
    const { now } = office.clock;
    await office.store.knex('decisions').insert({
      ...{ id: 'decision-1', journey_id: journey, cause: 'vendor-refused', decision: 'accept' },
      ...{ state: 'approved', clerk: 'clerk-1', reviewer: 'clerk-2', decided_at: now, settled_at: now },
    });
    await stuck();
    pass(10 * DAY);
    await show('to-dos');
    expect(await expiresAfterDays()).toBeCloseTo(40, 5);
  });

  it('is none of an earlier visit’s face', async () => {
    await passFace(office, journey);
    pass(1000);
    await office.enter(holder);
    await stuck();
    pass(10 * DAY);
    await show('face');
    expect(await expiresAfterDays()).toBe(30);
  });

  it('is 30 days at most, and keeps the matter open no longer', async () => {
    await passFace(office, journey);
    await stuck();
    pass(59 * DAY);
    expect(await review()).toMatchObject({ state: 'open' });
    pass(1 * DAY);
    expect(await review()).toMatchObject({ state: 'expired' });
  });

  it('keeps the matter open for the others while it lasts', async () => {
    await passFace(office, journey);
    pass(20 * DAY);
    await stuck();
    pass(11 * DAY);
    expect(await review()).toMatchObject({ state: 'open' });
    expect(await expiresAfterDays()).toBeCloseTo(41, 5);
  });

  it('ends when the person has decided', async () => {
    await passFace(office, journey);
    await stuck();
    pass(5 * DAY);
    await office.store.knex('confirmations').update({ state: 'confirmed', settled_at: office.clock.now });
    pass(5 * DAY);
    await review();
    expect(await expiresAfterDays()).toBeCloseTo(35, 5);
  });
});
