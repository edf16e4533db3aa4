import { expect, test } from 'vitest';
import { groupsBy, passRate, percent, vendorRow } from './sums';

test('the pass rate counts what was decided only', () => {
  const counts = [
    { of: 'a', state: 'passed', count: 6 },
    { of: 'a', state: 'failed', count: 2 },
    { of: 'a', state: 'refunded', count: 9 },
    { of: 'b', state: 'started', count: 1 },
    { of: 'a', state: 'passed', count: 0 },
  ];
  const groups = groupsBy(
    counts,
    ({ of }) => of,
    ({ state }) => state,
  );
  expect([...groups.keys()]).toEqual(['a', 'b']);
  expect(percent(passRate(groups.get('a')!))).toBe('75.0%');
  expect(percent(passRate(groups.get('b')!))).toBe('–');
});

test('a vendor is as slow as its slowest twentieth', () => {
  const call = { day: '2026-03-01', interface: 'x', outcome: 'done' };
  const row = vendorRow([
    { ...call, took: 0, count: 90 },
    { ...call, took: 3, count: 5 },
    { ...call, outcome: 'alipay_timeout', took: 7, count: 5 },
  ]);
  expect(row).toMatchObject({ total: 100, failed: 5, half: 100, most: 1000 });
});
