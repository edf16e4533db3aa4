import { openOffice } from '../test/setup/office';
import type { Entered, Office } from '../test/setup/office';

let office: Office;
let person: Entered;
let card: string;
let foreignCard: string;

beforeEach(async () => {
  office = await openOffice();
  const [someone, other] = office.vendors.holders;
  person = await office.enter(someone!);
  card = someone!.bankCards[0]!.number;
  foreignCard = other!.bankCards[0]!.number;
});
afterEach(() => office.end());

let taps = 0;
const seal = (cardNumber: string) => office.seal(`card-${(taps += 1)}`, { kind: 'bank-card', cardNumber });
const check = (input: string) => office.activities.checkBankCard({ journey: person.journey, input });
const states = async () =>
  (await office.store.knex('attempts').select('state').orderBy('started_at')).map(({ state }) =>
    String(state),
  );
const left = () => office.store.knex('sealed_inputs').where('id', 'like', 'card-%').select('id');

it("passes the person's own card, once for a tap, and keeps nothing of it", async () => {
  const input = await seal(card);
  expect(await check(input)).toEqual({ outcome: 'passed' });
  expect(await check(input)).toEqual({ outcome: 'passed' });
  expect(await states()).toEqual(['passed']);
  expect(await left()).toEqual([]);
  const keys = office.store.knex('data_keys').withSchema(`${office.store.databaseName}_keys`);
  expect(await keys.where('owner', 'like', 'input:card-%').select('owner')).toEqual([]);
});

it("another's card is the person's to put right, until the attempts of the day are used up", async () => {
  const mismatch = { outcome: 'failed', codes: ['bank_card_mismatch'] };
  expect(await check(await seal(foreignCard))).toEqual(mismatch);
  expect(await check(await seal(foreignCard))).toEqual(mismatch);
  expect(await check(await seal(card))).toEqual({ outcome: 'used-up', code: 'attempts_used_up' });
  expect(await states()).toEqual(['failed', 'failed']);
  expect(await left()).toEqual([]);
});

it.each([
  ['card-unusable', { outcome: 'failed', codes: ['bank_card_unusable'] }, 'failed'],
  ['unavailable', { outcome: 'failed', codes: ['bank_card_check_unavailable'] }, 'refunded'],
] as const)('a card that does not match because of %s', async (meaning, result, state) => {
  const { store, vendors } = office;
  const reasons = { MISMATCH: meaning };
  const configured = await openOffice({ store, alipay: vendors.alipay, bankCardReasons: reasons });
  const input = await seal(foreignCard);
  const asked = { journey: person.journey, input };
  expect(await configured.activities.checkBankCard(asked)).toEqual(result);
  expect(await configured.activities.checkBankCard(asked)).toEqual(result);
  expect(await states()).toEqual([state]);
  await configured.end();
});

it('a reason that is in no table needs a human, costs nothing, and the card has to be given anew', async () => {
  const { store, vendors } = office;
  const ignorant = await openOffice({ store, alipay: vendors.alipay, bankCardReasons: {} });
  const input = await seal(foreignCard);
  const asked = { journey: person.journey, input };
  const undecided = { type: 'result_undecidable', nonRetryable: true };
  await expect(ignorant.activities.checkBankCard(asked)).rejects.toMatchObject(undecided);
  expect(await states()).toEqual(['refunded']);
  expect(await left()).toEqual([]);
  expect(ignorant.log.some((line) => line.includes('bank_card_reason_unknown'))).toBe(true);
  expect(await check(input)).toEqual({ outcome: 'failed', codes: ['input_expired'] });
  await ignorant.end();
});

it('a number that was sealed too long ago is asked for again, at no cost', async () => {
  const input = await seal(card);
  office.clock.now = new Date(office.clock.now.getTime() + 11 * 60_000);
  expect(await check(input)).toEqual({ outcome: 'failed', codes: ['input_expired'] });
  expect(await states()).toEqual(['refunded']);
});

it('after a lost reply sends the same order number and debits nothing twice', async () => {
  const input = await seal(card);
  await office.vendors.mode('lost-reply', { times: 1 });
  await expect(check(input)).rejects.toMatchObject({ type: 'alipay_reply_lost', nonRetryable: false });
  expect(await check(input)).toEqual({ outcome: 'passed' });
  expect(await states()).toEqual(['passed']);
  expect(await office.vendors.cardOrders()).toMatchObject([{ match: 'T', times: 2 }]);
});
