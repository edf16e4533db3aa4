import { isCarriedOver, pushOutcome } from './matter-versions';
import type { PushOutcome } from './matter-versions';

it.each<[number, number, boolean, PushOutcome]>([
  [1, 0, false, 'created'],
  [3, 2, false, 'created'],
  [2, 2, true, 'repeated'],
  [2, 2, false, 'conflict'],
  [1, 2, true, 'conflict'],
  [1, 2, false, 'conflict'],
])('version %d after %d, known: %s, is %s', (version, latest, isKnown, outcome) => {
  expect(pushOutcome(version, latest, isKnown)).toBe(outcome);
});

const now = new Date('2026-11-27T00:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000);
const duty = { role: 'director', personKey: 'person', textHash: 'text' };
const earlier = { ...duty, state: 'confirmed' as const, settledAt: daysAgo(1) };

it.each([
  ['confirmed yesterday', {}, true],
  ['carried already', { state: 'carried' as const }, true],
  ['confirmed almost thirty days ago', { settledAt: daysAgo(29.9) }, true],
  ['confirmed thirty days ago', { settledAt: daysAgo(30) }, false],
  ['pending', { state: 'pending' as const, settledAt: null }, false],
  ['refused', { state: 'refused' as const }, false],
  ['of another role', { role: 'manager' }, false],
  ['of another person', { personKey: 'another' }, false],
  ['under another text', { textHash: 'another' }, false],
])('a confirmation that is %s', (_, changes, isCarried) => {
  expect(isCarriedOver({ ...earlier, ...changes }, duty, { carryOverDays: 30, now })).toBe(isCarried);
});
