import { boundOf, durationBounds, rangeOf } from './figures';

it.each([
  [0, 0],
  [99, 0],
  [100, 1],
  [999, 3],
  [9_999, 6],
  [10_000, 7],
  [1e9, 7],
])('%d ms is in range %d', (ms, range) => {
  expect(rangeOf(ms, durationBounds)).toBe(range);
});

it.each<[[number, number][], number, number | undefined]>([
  [[], 0.95, undefined],
  [[[0, 1]], 0.95, 100],
  [
    [
      [0, 50],
      [3, 50],
    ],
    0.5,
    100,
  ],
  [
    [
      [0, 49],
      [3, 51],
    ],
    0.5,
    1_000,
  ],
  [
    [
      [0, 94],
      [7, 6],
    ],
    0.95,
    Infinity,
  ],
])('of %j the part %d lies below %p', (counts, part, bound) => {
  expect(boundOf(new Map(counts), part, durationBounds)).toBe(bound);
});
