import type { Session } from '../client';

/** The steps of signing in. The api's answer decides which one comes next. */
export type SignInStep = 'password' | 'change-password' | 'done';

/** The step after an answer of the api; undefined stands for nobody who is signed in. */
export function stepAfter(answer: Session | undefined): SignInStep {
  if (!answer) return 'password';
  return answer.mustChangePassword ? 'change-password' : 'done';
}
