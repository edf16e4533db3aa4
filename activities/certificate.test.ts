import { replaceName } from '../db/journeys/journeys';
import { readDocumentNumber } from '../domain/documents';
import { startHarness } from '../test/setup/activity-harness';
import type { Entered, ActivityHarness } from '../test/setup/activity-harness';

let harness: ActivityHarness;
let [someone, other]: ActivityHarness['vendors']['holders'] = [];

beforeEach(async () => {
  harness = await startHarness();
  [someone, other] = harness.vendors.holders;
});
afterEach(() => harness.end());

const check = ({ journey, input }: Entered, decision?: string) =>
  harness.activities.checkCertificate({ journey, command: input, decision });

const attempts = () =>
  harness.store.knex('attempts').select('state', 'purpose', 'debits').orderBy('started_at');

it('passes the holder of the account, once for each entry', async () => {
  const entered = await harness.enter(someone!);
  expect(await check(entered)).toEqual({ outcome: 'passed', bankCard: true });
  expect(await check(entered)).toEqual({ outcome: 'passed', bankCard: true });
  expect(await attempts()).toEqual([{ state: 'passed', purpose: 'certificate', debits: 'account' }]);
});

it('rejects an entry for another person, and debits the account, not that person', async () => {
  const account = await harness.enter(someone!);
  const row = { name: other!.name, session: account.session };
  const stranger = await harness.enter({ ...other!, openId: someone!.openId }, row);
  expect(await check(stranger)).toEqual({ outcome: 'refused', code: 'not_the_account_holder' });
  expect(await check(stranger)).toEqual({ outcome: 'refused', code: 'not_the_account_holder' });
  expect(await attempts()).toEqual([{ state: 'failed', purpose: 'certificate', debits: 'account' }]);
});

it('limits the tries of an account, without limiting the person on their own account', async () => {
  const { session } = await harness.enter(someone!);
  const results = [];
  for (let tries = 0; tries < 13; tries += 1) {
    const name = tries % 2 ? '错名' : other!.name;
    const stranger = await harness.enter({ ...other!, openId: someone!.openId }, { name, session });
    results.push(await check(stranger));
  }
  expect(
    results.filter((result) => 'code' in result && result.code === 'not_the_account_holder').length,
  ).toBe(12);
  expect(results.at(-1)).toEqual({ outcome: 'refused', code: 'checks_used_up' });
  expect(await check(await harness.enter(other!))).toEqual({ outcome: 'passed', bankCard: true });
});

it.each([
  ['500', 'alipay_unavailable'],
  ['down', 'alipay_reply_lost'],
  ['unsigned', 'alipay_answer_unverified'],
  ['wrong-signature', 'alipay_answer_unverified'],
  ['garbage', 'alipay_answer_unreadable'],
])('while the gateway is %s it fails as %s, to be tried again, and costs nothing', async (mode, code) => {
  const entered = await harness.enter(someone!);
  await harness.vendors.mode(mode);
  await expect(check(entered)).rejects.toMatchObject({ type: code, nonRetryable: false });
  await harness.vendors.mode('up');
  expect(await check(entered)).toEqual({ outcome: 'passed', bankCard: true });
  expect(await attempts()).toEqual([{ state: 'passed', purpose: 'certificate', debits: 'account' }]);
});

it('asks the person to sign in again when the access token is no longer valid, at no cost', async () => {
  const entered = await harness.enter(someone!);
  // Another sandbox does not know the tokens of this one.
  const elsewhere = await startHarness();
  const { alipay } = elsewhere.vendors;
  const moved = await startHarness({ alipay, store: harness.store });
  const { journey, input } = entered;
  expect(await moved.activities.checkCertificate({ journey, command: input })).toEqual({
    outcome: 'refused',
    code: 'sign_in_again',
  });
  expect(await attempts()).toEqual([{ state: 'refunded', purpose: 'certificate', debits: 'account' }]);
  await elsewhere.end();
  await moved.end();
});

it('asks the person to sign in again when the session has ended', async () => {
  const entered = await harness.enter(someone!);
  await harness.store.knex('sessions').delete();
  expect(await check(entered)).toEqual({ outcome: 'refused', code: 'sign_in_again' });
});

it('sends a document without an online check, and a minor, to the window without a call to Alipay', async () => {
  const passport = { type: 'overseas-chinese-passport', number: 'E12345678' };
  expect(await check(await harness.enter({ ...someone!, document: passport }))).toEqual({
    outcome: 'to-window',
    code: 'document_type_goes_to_window',
  });
  const year = harness.clock.now.getFullYear() - 10;
  const born = `${year}0101`;
  const number = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X']
    .map((digit) => `110105${born}001${digit}`)
    .find((candidate) => readDocumentNumber('resident-id', candidate, '2999-01-01').ok);
  const minor = { ...someone!, document: { type: 'resident-id', number: number! } };
  expect(await check(await harness.enter(minor))).toEqual({
    outcome: 'to-window',
    code: 'minor_goes_to_window',
  });
  expect(await attempts()).toEqual([]);
});

it('leaves a name with several spellings to a human, who may decide to check it again', async () => {
  const entered = await harness.enter(someone!, { name: '沙箱·甲' });
  const suspected = { type: 'name_mismatch_suspected', nonRetryable: true };
  await expect(check(entered)).rejects.toMatchObject(suspected);
  // After a lost answer, the same command is the same attempt.
  await expect(check(entered)).rejects.toMatchObject(suspected);
  expect(await attempts()).toEqual([{ state: 'failed', purpose: 'certificate', debits: 'account' }]);
  const { knex } = harness.store;
  const row = await knex('journeys').where({ id: entered.journey }).first();
  await replaceName(harness.store, knex, row, someone!.name);
  expect(await check(entered, 'decision-1')).toEqual({ outcome: 'passed', bankCard: true });
  expect((await attempts()).map(({ state }) => String(state)).sort()).toEqual(['failed', 'passed']);
});

it('accepts a region that is in no list, and logs that', async () => {
  await harness.enter(someone!);
  const number = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X']
    .map((digit) => `00010119000101001${digit}`)
    .find((candidate) => readDocumentNumber('resident-id', candidate, '2026-01-01').ok);
  const entered = await harness.enter({ ...someone!, document: { type: 'resident-id', number: number! } });
  expect(await check(entered)).toEqual({ outcome: 'refused', code: 'not_the_account_holder' });
  expect(harness.log.filter((line) => line.includes('number_region_unknown')).length).toBe(1);
});
