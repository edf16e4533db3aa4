import { documentTypes } from './documents';
import type { DocumentType } from './documents';
import type { AttemptLimits } from './limits';

/** The checks by vendors, and the one by clerks at the window; each takes one attempt. */
export const checkPurposes = [
  'certificate',
  'identity-face',
  'matter-face',
  'bank-card',
  'in-person',
] as const;
export type CheckPurpose = (typeof checkPurposes)[number];

export const attemptStates = ['started', 'passed', 'failed', 'refunded'] as const;
export type AttemptState = (typeof attemptStates)[number];

/** How many attempts were made in the Shanghai day that is being counted. One under way counts as failed until it ends. */
export interface AttemptCounts {
  /** Checks that the account started, with any result. */
  startedByAccount: number;
  /** Failed face checks that count against the account, which is not shown to be the person's. */
  faceFailuresByAccount: number;
  /** Failed face checks that count against the person; none where the account is not shown to be the person's. */
  faceFailures: number;
  /** Of these, for the matter in question. */
  faceFailuresInMatter: number;
  /** Failed bank card checks that count against the person. */
  bankCardFailures: number;
  /** Attempts that clerks granted to this person with this account. */
  granted: number;
}

/** Whose attempts a check uses up. */
export type Debited = 'account' | 'person';

/**
 * The person's are used up only by an account that is shown to be theirs: by the certificate check, or, with a document that has
 * none, by the first face check that was passed. Until then an account is held to its own failures, and told of no others.
 */
export function debitedBy(purpose: CheckPurpose, documentType: DocumentType): Debited {
  switch (purpose) {
    case 'certificate':
    case 'in-person':
      return 'account';
    case 'identity-face':
      return documentTypes[documentType].holderCheck ? 'person' : 'account';
    case 'matter-face':
    case 'bank-card':
      return 'person';
  }
}

export type AttemptRejection = 'attempts_used_up' | 'matter_attempts_used_up' | 'checks_used_up';

/** Why another attempt may not be started now; undefined if it may. */
export function rejectionOf(
  purpose: CheckPurpose,
  counts: AttemptCounts,
  limits: AttemptLimits,
): AttemptRejection | undefined {
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
