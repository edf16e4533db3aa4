import { startHarness } from '../test/setup/activity-harness';
import type { Entered, ActivityHarness } from '../test/setup/activity-harness';

let harness: ActivityHarness;
let person: Entered;
let card: string;
let foreignCard: string;

beforeEach(async () => {
  harness = await startHarness();
  const [someone, other] = harness.vendors.holders;
  person = await harness.enter(someone!);
  card = someone!.bankCards[0]!.number;
  foreignCard = other!.bankCards[0]!.number;
});
afterEach(() => harness.end());

let commands = 0;
const seal = (cardNumber: string) =>
  harness.seal(`card-${(commands += 1)}`, { kind: 'bank-card', cardNumber });
const check = (input: string) => harness.activities.checkBankCard({ journey: person.journey, input });
const states = async () =>
  (await harness.store.knex('attempts').select('state').orderBy('started_at')).map(({ state }) => state);
const left = () => harness.store.knex('sealed_inputs').where('id', 'like', 'card-%').select('id');

it("passes the person's own card, once for each command, and keeps no card number", async () => {
  const input = await seal(card);
  expect(await check(input)).toEqual({ outcome: 'passed' });
  expect(await check(input)).toEqual({ outcome: 'passed' });
  expect(await states()).toEqual(['passed']);
  expect(await left()).toEqual([]);
  const keys = harness.store.knex('data_keys').withSchema(`${harness.store.databaseName}_keys`);
  expect(await keys.where('owner', 'like', 'input:card-%').select('owner')).toEqual([]);
});

it("rejects another person's card until the attempts of the day are used up", async () => {
  const mismatch = { outcome: 'failed', codes: ['bank_card_mismatch'] };
  expect(await check(await seal(foreignCard))).toEqual(mismatch);
  expect(await check(await seal(foreignCard))).toEqual({ ...mismatch, usedUp: 'attempts_used_up' });
  expect(await check(await seal(card))).toEqual({ outcome: 'used-up', code: 'attempts_used_up' });
  expect(await states()).toEqual(['failed', 'failed']);
  expect(await left()).toEqual([]);
});

it.each([
  ['card-unusable', { outcome: 'failed', codes: ['bank_card_unusable'] }, 'failed'],
  ['unavailable', { outcome: 'failed', codes: ['bank_card_check_unavailable'] }, 'refunded'],
] as const)('a card that does not match because of %s', async (meaning, result, state) => {
  const { store, vendors } = harness;
  const reasons = { MISMATCH: meaning };
  const configured = await startHarness({ store, alipay: vendors.alipay, bankCardReasons: reasons });
  const input = await seal(foreignCard);
  const request = { journey: person.journey, input };
  expect(await configured.activities.checkBankCard(request)).toEqual(result);
  expect(await configured.activities.checkBankCard(request)).toEqual(result);
  expect(await states()).toEqual([state]);
  await configured.end();
});

it('an unknown reason needs a human, costs no attempt, and the person has to enter the card again', async () => {
  const { store, vendors } = harness;
  const ignorant = await startHarness({ store, alipay: vendors.alipay, bankCardReasons: {} });
  const input = await seal(foreignCard);
  const request = { journey: person.journey, input };
  const undecided = { type: 'result_undecidable', nonRetryable: true };
  await expect(ignorant.activities.checkBankCard(request)).rejects.toMatchObject(undecided);
  expect(await states()).toEqual(['refunded']);
  expect(await left()).toEqual([]);
  expect(ignorant.log.some((line) => line.includes('bank_card_reason_unknown'))).toBe(true);
  expect(await check(input)).toEqual({ outcome: 'failed', codes: ['input_expired'] });
  await ignorant.end();
});

it('a card number that was sealed too long ago has to be entered again, at no cost', async () => {
  const input = await seal(card);
  harness.clock.now = new Date(harness.clock.now.getTime() + 11 * 60_000);
  expect(await check(input)).toEqual({ outcome: 'failed', codes: ['input_expired'] });
  expect(await states()).toEqual(['refunded']);
});

it('sends the same order number again after a lost reply, and debits one attempt', async () => {
  const input = await seal(card);
  await harness.vendors.mode('lost-reply', { times: 1 });
  await expect(check(input)).rejects.toMatchObject({ type: 'alipay_reply_lost', nonRetryable: false });
  expect(await check(input)).toEqual({ outcome: 'passed' });
  expect(await states()).toEqual(['passed']);
  expect(await harness.vendors.cardOrders()).toMatchObject([{ match: 'T', times: 2 }]);
});
