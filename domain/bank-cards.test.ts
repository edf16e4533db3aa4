import { isBankCardNumber } from './bank-cards';

test.each([
  '6222020000000000018',
  '4111111111111111',
  '6222 0200 0000 0000 018',
  // Every second digit is doubled, and nine is taken off where that makes ten or more.
  '5555555555554444',
])('%s can exist', (number) => {
  expect(isBankCardNumber(number)).toBe(true);
});

test.each([
  '4111111111111112',
  '41111111111',
  'A4111111111111111',
  '4111111111111111A',
  '4111-1111-1111-1111',
  '４１１１１１１１１１１１１１１１',
  '',
  '42',
])('%j cannot exist', (number) => {
  expect(isBankCardNumber(number)).toBe(false);
});

it('finds every single wrong digit', () => {
  const right = '4111111111111111';
  const wrong = Array.from(right).flatMap((digit, at) =>
    Array.from('0123456789')
      .filter((other) => other !== digit)
      .map((other) => right.slice(0, at) + other + right.slice(at + 1)),
  );
  expect(wrong.filter(isBankCardNumber)).toEqual([]);
});
