import { effectsOf, optionsAt } from './effects';
import type { EffectsAt } from './effects';
import { stuckCauses } from './stuck';

const counts = {
  ...{ startedByAccount: 6, faceFailuresByAccount: 5, faceFailures: 5, faceFailuresInMatter: 3 },
  ...{ bankCardFailures: 1, granted: 0 },
};
const limits = {
  ...{ faceFailuresPerDay: 5, faceFailuresPerMatter: 3, checksStartedPerDay: 20, bankCardFailuresPerDay: 3 },
};
const at = (given: Partial<EffectsAt>): EffectsAt => ({
  ...{ cause: 'locked-out', atToDo: false, hasPhone: true, attempts: { counts, limits } },
  ...given,
});

it('every way to decide has its effects, one for each number of attempts and each kind of evidence', () => {
  expect(
    optionsAt(at({})).map(({ decision, attempts, acceptance }) => [decision, attempts ?? acceptance]),
  ).toEqual([
    ...[1, 2, 3, 4, 5].map((attempts) => ['grant-attempts', attempts]),
    ...[
      ['accept', 'on-site'],
      ['accept', 'notarised'],
      ['reject', undefined],
      ['close', undefined],
    ],
  ]);
  for (const cause of stuckCauses) expect(optionsAt(at({ cause })).length).toBeGreaterThan(1);
});

it('granted attempts are counted as they will be', () => {
  const left = (attempts: number, given: Partial<EffectsAt> = {}) =>
    effectsOf({ decision: 'grant-attempts', attempts }, at(given)).attemptsLeft;
  expect(left(2)).toEqual({ face: 2, bankCard: 4 });
  expect(left(1, { atToDo: true })).toEqual({ face: 1, bankCard: 3 });
  // What the account may start is granted, too, and is all there is.
  const started = { counts: { ...counts, startedByAccount: 20 }, limits };
  expect(left(1, { attempts: started })).toEqual({ face: 1, bankCard: 1 });
});

it.each([
  ['reject', {}, 'closed'],
  ['reject', { atToDo: true }, 'to-dos'],
  ['close', { atToDo: true, hasPhone: false }, 'closed'],
] as const)('%s %j leads to %s, and nobody outside is told', (decision, given, next) => {
  expect(effectsOf({ decision }, at(given))).toEqual({
    ...{ next, asksVendor: 'no', confirms: false, tellsRegistry: false, undo: 'never' },
  });
});

it('only what confirms is told to the registration system', () => {
  const accept = (acceptance: 'on-site' | 'notarised', given: Partial<EffectsAt> = {}) =>
    effectsOf({ decision: 'accept', acceptance }, at(given));
  expect(accept('on-site')).toMatchObject({ next: 'to-dos', tellsRegistry: false, undo: 'until-reviewed' });
  expect(accept('notarised')).toMatchObject({ next: 'closed', confirms: false });
  expect(accept('on-site', { atToDo: true })).toMatchObject({
    ...{ next: 'completed', confirms: true, tellsRegistry: true },
  });
  expect(accept('on-site', { atToDo: true, hasPhone: false })).toMatchObject({
    next: 'closed',
    confirms: true,
  });
});

it('whether a vendor is asked again is known unless the fault was our own', () => {
  const asks = (cause: EffectsAt['cause']) => effectsOf({ decision: 'retry' }, at({ cause })).asksVendor;
  expect([asks('vendor-unavailable'), asks('system-fault')]).toEqual(['yes', 'maybe']);
});
