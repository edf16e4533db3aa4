import { ageOn, endOfShanghaiDay, shanghaiDay, shanghaiMinute, shanghaiSecond } from './shanghai-time';

test.each([
  ['2026-03-01T15:59:59.999Z', '2026-03-01', '2026-03-01T16:00:00.000Z'],
  ['2026-03-01T16:00:00.000Z', '2026-03-02', '2026-03-02T16:00:00.000Z'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01', '2027-01-01T16:00:00.000Z'],
  ['2028-02-28T20:00:00.000Z', '2028-02-29', '2028-02-29T16:00:00.000Z'],
])('%s is %s in China, which ends at %s', (at, day, end) => {
  expect(shanghaiDay(new Date(at))).toBe(day);
  expect(endOfShanghaiDay(new Date(at)).toISOString()).toBe(end);
});

test('minute and second are those that clocks in China show', () => {
  const at = new Date('2026-12-31T16:05:59.999Z');
  expect([shanghaiMinute(at), shanghaiSecond(at)]).toEqual(['2027-01-01 00:05', '2027-01-01 00:05:59']);
});

test.each([
  ['2008-11-24', '2026-11-23', 17],
  ['2008-11-24', '2026-11-24', 18],
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['2026-11-24', '2026-11-24', 0],
])('who is born on %s is on %s %i years old', (birth, day, age) => {
  expect(ageOn(birth, day)).toBe(age);
});
