import { createHash } from 'node:crypto';
import { pickReviewer } from './reviewers';

const NOW = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;
const candidates = ['a', 'b', 'c', 'd', 'e'];
const seedOf = (at: number) => createHash('sha256').update(`seed ${at}`).digest('hex');
const pick = (lot: Partial<Parameters<typeof pickReviewer>[0]>) =>
  pickReviewer({ candidates, seed: seedOf(0), earlier: [], now: NOW, ...lot });

test.each([
  ['0', 'a'],
  ['1', 'b'],
  ['4', 'e'],
  ['5', 'a'],
  // 2^256 - 1 = 0 mod 5
  ['f'.repeat(64), 'a'],
  [`${'f'.repeat(63)}e`, 'e'],
])('seed %s of five picks %s', (seed, picked) => {
  expect(pick({ seed: seed.padStart(64, '0') })).toEqual({ picked });
});

test('of ten thousand fixed seeds every candidate has a fifth', () => {
  const counts = new Map<string | undefined, number>();
  for (let at = 0; at < 10_000; at += 1) {
    const picked = pick({ seed: seedOf(at) })?.picked;
    counts.set(picked, (counts.get(picked) ?? 0) + 1);
  }
  const chiSquare = candidates.reduce((sum, id) => sum + ((counts.get(id) ?? 0) - 2_000) ** 2 / 2_000, 0);
  // Four degrees of freedom: a fair lot stays below this in 99 of 100 series, and these seeds are always the same.
  expect(chiSquare).toBeLessThan(13.28);
  expect([...counts.keys()].sort()).toEqual(candidates);
});

test('nobody is picked of nobody', () => {
  expect(pick({ candidates: [] })).toBeUndefined();
  expect(pick({ candidates: [], earlier: [{ proposal: 'p', picked: 'a', drawnAt: NOW }] })).toBeUndefined();
});

const first = { proposal: 'first', picked: 'd', drawnAt: NOW - 23 * HOUR };
const second = { proposal: 'second', picked: 'b', drawnAt: NOW - HOUR };

test('whoever was picked first within a day is kept, and returns after having been away', () => {
  expect(pick({ earlier: [first, second] })).toEqual({ picked: 'd', keptFrom: 'first' });
  const without = (gone: string) => candidates.filter((id) => id !== gone);
  expect(pick({ earlier: [first, second], candidates: without('d') })).toEqual({
    picked: 'b',
    keptFrom: 'second',
  });
  expect(pick({ earlier: [first], candidates: without('d') })).toEqual({
    picked: pick({ candidates: without('d') })?.picked,
  });
});

test('after a day the lot decides anew', () => {
  expect(pick({ earlier: [{ ...first, drawnAt: NOW - 24 * HOUR }] })).toEqual(pick({}));
});
