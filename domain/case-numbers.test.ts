import { caseNumber, readCaseNumber } from './case-numbers';

it('consists of the day, a random part and a check digit', () => {
  expect(caseNumber('2026-11-27', 42)).toMatch(/^2611270000042\d$/);
  // 7992739871 has the check digit 3: the example of the standard.
  expect(readCaseNumber('79 9273-98713')).toBeUndefined();
});

it('is read with spaces and hyphens', () => {
  const number = caseNumber('2026-11-27', 1_234_567);
  expect(readCaseNumber(`${number.slice(0, 4)} ${number.slice(4, 8)}-${number.slice(8)}`)).toBe(number);
});

it('a mistyped digit, and two neighbours that changed places, are found', () => {
  const number = caseNumber('2026-11-27', 8_675_309);
  for (let at = 0; at < number.length; at += 1) {
    const digit = Number(number[at]);
    const others = [...Array(10).keys()].filter((other) => other !== digit);
    for (const other of others)
      expect(readCaseNumber(number.slice(0, at) + String(other) + number.slice(at + 1))).toBeUndefined();
  }
  expect(readCaseNumber(`${number[1] ?? ''}${number[0] ?? ''}${number.slice(2)}`)).toBeUndefined();
});

it.each(['', '2611270000042', '26112700000421x', '二六一一二七'])('%s is none', (text) => {
  expect(readCaseNumber(text)).toBeUndefined();
});
