import { findUnusualUse, isNight, unusualFrom } from './unusual-use';
import type { Looks } from './unusual-use';

const look = (changed: Partial<Looks>): Looks => ({
  ...{ clerk: 'c', person: 'p', day: '2026-03-02', hour: 10, count: 1 },
  ...changed,
});
const persons = (count: number, changed: Partial<Looks> = {}) =>
  Array.from({ length: count }, (_, at) => look({ person: `p-${at}`, ...changed }));
const MANY = unusualFrom['many-persons'];
const NIGHT = unusualFrom['at-night'];
const OFTEN = unusualFrom['one-person-often'];

it.each([
  [21, false],
  [22, true],
  [0, true],
  [5, true],
  [6, false],
])('%d o’clock is night: %p', (hour, expected) => {
  expect(isNight(hour)).toBe(expected);
});

it.each<[string, Looks[], object[]]>([
  ['nothing', [], []],
  ['one person less than many', persons(MANY - 1), []],
  ['many persons', persons(MANY), [{ use: 'many-persons', clerk: 'c', day: '2026-03-02', count: MANY }]],
  ['many persons on two days', [...persons(MANY - 1), look({ day: '2026-03-03', person: 'q' })], []],
  ['many persons by two clerks', [...persons(MANY - 1), look({ clerk: 'd', person: 'q' })], []],
  ['the same person in two hours', [...persons(MANY - 1), look({ person: 'p-0', hour: 11 })], []],
  ['less at night', [look({ hour: 23, count: NIGHT - 1 }), look({ hour: 21, count: 9 })], []],
  [
    'at night',
    [look({ hour: 23, count: NIGHT - 1 }), look({ hour: 5, person: 'q' })],
    [{ use: 'at-night', clerk: 'c', day: '2026-03-02', count: NIGHT }],
  ],
  ['two nights', [look({ hour: 23, count: NIGHT - 1 }), look({ hour: 5, day: '2026-03-03' })], []],
  [
    'one person often, on several days',
    [look({ count: OFTEN - 1 }), look({ day: '2026-03-03' })],
    [{ use: 'one-person-often', clerk: 'c', person: 'p', count: OFTEN }],
  ],
  ['one person less often', [look({ count: OFTEN - 1 }), look({ person: 'q' })], []],
  [
    'the most first',
    [look({ count: OFTEN }), look({ person: 'q', count: OFTEN + 1 })],
    [{ person: 'q' }, { person: 'p' }],
  ],
])('%s', (_, looks, found) => {
  expect(findUnusualUse(looks)).toMatchObject(found);
  expect(findUnusualUse(looks)).toHaveLength(found.length);
});
