import { sessionStatusOf } from './session-limits';
import type { SessionLimits } from './session-limits';

/** A session that a one-time code names: whose it is, and until when it and its code are good. */
interface OfferedSession {
  account: string;
  usedAt: Date;
  endsAt: Date;
  codeEndsAt: Date;
}

/** Whether a phone that shows the code may take the session over: it is signed in with the same account, and both are still good. */
export function mayTakeOver(
  session: OfferedSession,
  phone: { account: string },
  limits: SessionLimits,
  now: Date,
): boolean {
  const isGood = session.codeEndsAt > now && !sessionStatusOf(session, limits, now).isOver;
  return isGood && session.account === phone.account;
}
