import type { AttemptLimits } from './limits';

/** What is checked with a vendor, and, by clerks, at the window; one attempt each. */
export type CheckPurpose = 'certificate' | 'identity-face' | 'matter-face' | 'bank-card' | 'in-person';

export type AttemptState = 'started' | 'passed' | 'failed' | 'refunded';

/** How many attempts were made in the Shanghai day that is being counted. One under way counts as failed until it ends. */
export interface AttemptCounts {
  /** Checks that the account started, whatever became of them. */
  startedByAccount: number;
  /** Failed face checks that count against the account, which is not shown to be the person's. */
  faceFailuresByAccount: number;
  /** Failed face checks that count against the person. */
  faceFailures: number;
  /** Of these, for the matter in question. */
  faceFailuresInMatter: number;
  /** Failed bank card checks that count against the person. */
  bankCardFailures: number;
  /** Attempts that clerks granted to this person with this account. */
  granted: number;
}

export type AttemptRefusal = 'attempts_used_up' | 'matter_attempts_used_up' | 'checks_used_up';

/** Why another attempt may not be started now; undefined if it may. */
export function refusalOf(
  purpose: CheckPurpose,
  counts: AttemptCounts,
  limits: AttemptLimits,
): AttemptRefusal | undefined {
  if (counts.startedByAccount >= limits.checksStartedPerDay + counts.granted) return 'checks_used_up';
  return attemptsLeft(purpose, counts, limits) > 0
    ? undefined
    : purpose === 'matter-face' && counts.faceFailures < limits.faceFailuresPerDay + counts.granted
      ? 'matter_attempts_used_up'
      : 'attempts_used_up';
}

/** How many more times the check may fail today. Certificate checks and the window are limited by what an account may start only. */
export function attemptsLeft(purpose: CheckPurpose, counts: AttemptCounts, limits: AttemptLimits): number {
  const ofDay = limits.faceFailuresPerDay - counts.faceFailures;
  const left = {
    certificate: limits.checksStartedPerDay - counts.startedByAccount,
    'in-person': limits.checksStartedPerDay - counts.startedByAccount,
    'identity-face': Math.min(ofDay, limits.faceFailuresPerDay - counts.faceFailuresByAccount),
    'matter-face': Math.min(ofDay, limits.faceFailuresPerMatter - counts.faceFailuresInMatter),
    'bank-card': limits.bankCardFailuresPerDay - counts.bankCardFailures,
  }[purpose];
  return Math.max(0, left + counts.granted);
}
