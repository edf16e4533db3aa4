import { flagsFrom } from './flags';
import type { Sightings } from './flags';

const limits = { windowDays: 30, persons: 3, personsSevere: 5, scoreGap: 20 };

const nothing: Sightings = {
  personsOfDevice: 1,
  personsOfAccount: 1,
  personsOfPortrait: 1,
  attackReported: false,
};

const cases: [string, Partial<Sightings>, string[]][] = [
  ['one person on one phone', {}, []],
  ['no device known', { personsOfDevice: 0 }, []],
  ['two persons on one phone', { personsOfDevice: 2 }, []],
  ['three persons on one phone', { personsOfDevice: 3 }, ['device-shared notice']],
  ['four persons on one phone', { personsOfDevice: 4 }, ['device-shared notice']],
  ['five persons on one phone', { personsOfDevice: 5 }, ['device-shared severe']],
  ['two persons by one account', { personsOfAccount: 2 }, []],
  ['three persons by one account', { personsOfAccount: 3 }, ['account-shared notice']],
  ['five persons by one account', { personsOfAccount: 5 }, ['account-shared severe']],
  ['the same picture of two persons', { personsOfPortrait: 2 }, ['portrait-shared severe']],
  ['no picture', { personsOfPortrait: 0 }, []],
  ['an attack', { attackReported: true }, ['attack-reported severe']],
  ['scores that agree', { firstScore: 95, secondScore: 76 }, []],
  ['a second score far below the first', { firstScore: 95, secondScore: 75 }, ['scores-apart notice']],
  ['a second score far above the first', { firstScore: 70.5, secondScore: 90.5 }, ['scores-apart notice']],
  ['one score only', { firstScore: 0 }, []],
  ['the other score only', { secondScore: 100 }, []],
  [
    'all at once',
    {
      ...{ personsOfDevice: 9, personsOfAccount: 4, personsOfPortrait: 2 },
      ...{ attackReported: true, firstScore: 100, secondScore: 0 },
    },
    [
      'device-shared severe',
      'account-shared notice',
      'portrait-shared severe',
      'attack-reported severe',
      'scores-apart notice',
    ],
  ],
];

test.each(cases)('%s', (_, sightings, expected) => {
  const flags = flagsFrom({ ...nothing, ...sightings }, limits);
  expect(flags.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual(expected);
});

test('where notice and severe begin at the same number, it is severe', () => {
  const flags = flagsFrom({ ...nothing, personsOfDevice: 2 }, { ...limits, persons: 2, personsSevere: 2 });
  expect(flags).toEqual([{ kind: 'device-shared', severity: 'severe' }]);
});
