import { stuckCauses } from './stuck';
import { readWindowCode, showsWindowCode } from './window-codes';

test.each([
  ['7K3M9P', '7K3M9P'],
  ['7k3 m9p', '7K3M9P'],
  [' 7K3-M9P\n', '7K3M9P'],
  ['7K3M9', undefined],
  ['7K3M9PP', undefined],
  // Not in the alphabet.
  ['7K3M90', undefined],
  ['7K3MIP', undefined],
  ['７K3M9P', undefined],
  ['', undefined],
])('%j is read as %s', (typed, code) => {
  expect(readWindowCode(typed)).toBe(code);
});

test('a code is shown wherever clerks may accept a person, and within no matter', () => {
  const shown = stuckCauses.filter((cause) => showsWindowCode({ cause, toDo: null }));
  expect(shown).toEqual([
    'vendor-unavailable',
    'vendor-refused',
    'source-unusable',
    'result-undecidable',
    'name-mismatch-suspected',
    'locked-out',
    'in-person',
  ]);
  expect(stuckCauses.filter((cause) => showsWindowCode({ cause, toDo: 'to-do' }))).toEqual([]);
  expect(showsWindowCode({ cause: null, toDo: null })).toBe(false);
});
