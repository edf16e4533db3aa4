import { letterStateOf, recordStateOf } from './confirmation-records';
import { matterStates } from './matter-states';

test('a confirmation counts while its matter is open or confirmed, unless the person takes it back', () => {
  const states = matterStates.map((matter) => [matter, recordStateOf({ confirmation: 'carried', matter })]);
  expect(Object.fromEntries(states)).toEqual({
    ...{ open: 'confirmed', confirmed: 'confirmed', refused: 'stopped', frozen: 'stopped' },
    ...{ expired: 'expired', withdrawn: 'withdrawn', superseded: 'superseded' },
  });
  for (const matter of matterStates) {
    expect(recordStateOf({ confirmation: 'refused', matter })).toBe('refused');
    expect(recordStateOf({ confirmation: 'confirmed', matter })).toBe(
      recordStateOf({ confirmation: 'carried', matter }),
    );
  }
});

test('a letter is promised only where it will be made', () => {
  const confirmed = { state: 'confirmed', isReadable: true } as const;
  expect(letterStateOf(confirmed, true)).toBe('ready');
  expect(letterStateOf(confirmed, false)).toBe('waiting');
  expect(letterStateOf({ ...confirmed, state: 'refused' }, false)).toBe('not-made');
  expect(letterStateOf({ ...confirmed, state: 'refused' }, true)).toBe('ready');
  expect(letterStateOf({ ...confirmed, isReadable: false }, true)).toBe('deleted');
});
