import { attemptsLeft, debitedBy, rejectionOf } from './attempts';
import type { AttemptCounts, AttemptRejection, CheckPurpose, Debited } from './attempts';
import type { DocumentType } from './documents';

const limits = {
  faceFailuresPerDay: 10,
  faceFailuresPerMatter: 5,
  checksStartedPerDay: 30,
  bankCardFailuresPerDay: 5,
};
const none: AttemptCounts = {
  startedByAccount: 0,
  faceFailuresByAccount: 0,
  faceFailures: 0,
  faceFailuresInMatter: 0,
  bankCardFailures: 0,
  granted: 0,
};

test.each<[CheckPurpose, Partial<AttemptCounts>, number, AttemptRejection | undefined]>([
  ['identity-face', {}, 10, undefined],
  ['identity-face', { faceFailures: 9 }, 1, undefined],
  ['identity-face', { faceFailures: 10 }, 0, 'attempts_used_up'],
  // Failures of an account that is not shown to be the person's leave the person's own alone.
  ['identity-face', { faceFailuresByAccount: 10 }, 0, 'attempts_used_up'],
  ['matter-face', { faceFailuresByAccount: 10 }, 5, undefined],
  // A failure within a matter also counts for the day, and not the other way round.
  ['identity-face', { faceFailures: 5, faceFailuresInMatter: 5 }, 5, undefined],
  ['matter-face', {}, 5, undefined],
  ['matter-face', { faceFailures: 4, faceFailuresInMatter: 4 }, 1, undefined],
  ['matter-face', { faceFailures: 5, faceFailuresInMatter: 5 }, 0, 'matter_attempts_used_up'],
  ['matter-face', { faceFailures: 10, faceFailuresInMatter: 6, granted: 1 }, 0, 'matter_attempts_used_up'],
  ['matter-face', { faceFailures: 9, faceFailuresInMatter: 0 }, 1, undefined],
  ['matter-face', { faceFailures: 10, faceFailuresInMatter: 5 }, 0, 'attempts_used_up'],
  ['bank-card', { faceFailures: 10 }, 5, undefined],
  ['bank-card', { bankCardFailures: 5 }, 0, 'attempts_used_up'],
  // Another limit, lowered since: never less than none.
  ['bank-card', { bankCardFailures: 7 }, 0, 'attempts_used_up'],
  ['certificate', { startedByAccount: 29, faceFailures: 10 }, 1, undefined],
  ['certificate', { startedByAccount: 30 }, 0, 'checks_used_up'],
  ['in-person', { startedByAccount: 29, faceFailures: 10 }, 1, undefined],
  ['in-person', { startedByAccount: 30 }, 0, 'checks_used_up'],
  ['identity-face', { startedByAccount: 30 }, 10, 'checks_used_up'],
  // Attempts granted by clerks come on top of every limit.
  ['identity-face', { faceFailures: 10, granted: 2 }, 2, undefined],
  ['identity-face', { faceFailures: 12, granted: 2 }, 0, 'attempts_used_up'],
  ['matter-face', { faceFailures: 5, faceFailuresInMatter: 5, granted: 1 }, 1, undefined],
  ['matter-face', { faceFailures: 11, faceFailuresInMatter: 6, granted: 1 }, 0, 'attempts_used_up'],
  ['bank-card', { bankCardFailures: 5, granted: 1 }, 1, undefined],
  ['identity-face', { startedByAccount: 30, granted: 1 }, 11, undefined],
])('%s after %p: %i left, %p', (purpose, used, left, rejection) => {
  const counts = { ...none, ...used };
  expect(attemptsLeft(purpose, counts, limits)).toBe(left);
  expect(rejectionOf(purpose, counts, limits)).toBe(rejection);
});

test.each<[CheckPurpose, DocumentType, Debited]>([
  ['certificate', 'resident-id', 'account'],
  ['in-person', 'resident-id', 'account'],
  ['identity-face', 'resident-id', 'person'],
  // Alipay does not compare whose account it is.
  ['identity-face', 'taiwan-travel-permit', 'account'],
  ['matter-face', 'resident-id', 'person'],
  ['matter-face', 'taiwan-travel-permit', 'person'],
  ['bank-card', 'resident-id', 'person'],
])('a failed %s check with %s uses up an attempt of the %s', (purpose, document, debited) => {
  expect(debitedBy(purpose, document)).toBe(debited);
});
