import type { Session } from '../client';

/** The steps of signing in. The api's answer decides which one comes next. */
export type SignInStep = 'password' | 'second-factor' | 'change-password' | 'enrol' | 'done';

/** The step after an answer of the api; undefined stands for nobody who is signed in. */
export function stepAfter(answer: Session | undefined): SignInStep {
  if (!answer) return 'password';
  const { mustChangePassword, secondFactors: own, secondFactorAt, vouchedFor } = answer;
  const isShown = secondFactorAt !== undefined || (own.length > 0 && vouchedFor === 'both-factors');
  if (!isShown && own.length > 0) return 'second-factor';
  if (mustChangePassword) return 'change-password';
  return isShown ? 'done' : 'enrol';
}
