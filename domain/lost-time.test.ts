import { timeCovered } from './lost-time';
import type { Period } from './lost-time';

const period = (from: number, until: number): Period => ({ from, until });

it.each<[string, Period[], number]>([
  ['none', [], 0],
  ['one', [period(20, 30)], 10],
  ['two apart', [period(50, 60), period(20, 30)], 20],
  ['two that are the same', [period(20, 30), period(20, 30)], 10],
  ['two that overlap', [period(25, 40), period(20, 30)], 20],
  ['one within another', [period(20, 60), period(30, 40)], 40],
  ['two that meet', [period(20, 30), period(30, 40)], 20],
  ['one that began before', [period(0, 30)], 20],
  ['one that was over before', [period(0, 5)], 0],
  ['one that ends before it begins', [period(30, 20)], 0],
  ['more than is given back', [period(20, 500)], 100],
])('%s', (_, periods, covered) => {
  expect(timeCovered(periods, { since: 10, most: 100 })).toBe(covered);
});
