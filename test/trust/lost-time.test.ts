import { openOffice } from '../setup/office';
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
  const [holder, stranger] = office.vendors.holders as [Office['vendors']['holders'][0], typeof holder];
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
  const [holder, other] = office.vendors.holders as [Office['vendors']['holders'][0], typeof holder];
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
