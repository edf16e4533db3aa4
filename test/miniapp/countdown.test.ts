import { announcedMinutes, formatSeconds } from '../../miniapp/src/countdown';

test.each([
  [598, '09:58'],
  [60, '01:00'],
  [9, '00:09'],
  [0, '00:00'],
])('%i seconds are %s', (seconds, shown) => {
  expect(formatSeconds(seconds)).toBe(shown);
});

test('five, two and one minutes before the end are announced, and nothing else', () => {
  const heard = new Map<number | undefined, number>();
  for (let left = 600; left >= 0; left -= 1) {
    const minutes = announcedMinutes(600, left);
    if (!heard.has(minutes)) heard.set(minutes, left);
  }
  expect([...heard]).toEqual([
    [undefined, 600],
    [5, 300],
    [2, 120],
    [1, 60],
  ]);
});

test.each([
  ['a page that is opened after a mark', 290, 280, undefined],
  ['a page that is opened at a mark', 120, 119, undefined],
  ['then the next mark', 290, 120, 2],
])('%s', (_, from, left, minutes) => {
  expect(announcedMinutes(from, left)).toBe(minutes);
});
