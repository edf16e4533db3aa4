/** How wrong passwords slow down sign-in for their owner. */
export interface SignInThrottle {
  /** So many are free. */
  free: number;
  /** Then the pause before the next try begins at this and doubles with each. */
  firstMs: number;
  mostMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** For one network, device or session that tries one login: in a day 34 tries at most. */
export const networkThrottle: SignInThrottle = { free: 5, firstMs: 30 * SECOND, mostMs: 60 * MINUTE };

/**
 * For all devices together that have not signed in to a login before: in a day 315 tries at most. Short enough for an owner with a
 * new device, whom strangers make wait by trying.
 */
export const loginThrottle: SignInThrottle = { free: 20, firstMs: SECOND, mostMs: 5 * MINUTE };

/** So long after the last one wrong passwords are forgotten. */
export const FAILURES_RETENTION_MS = 24 * 60 * MINUTE;

/** The pause after so many wrong passwords. */
export function pauseMs(failures: number, { free, firstMs, mostMs }: SignInThrottle): number {
  return failures < free ? 0 : Math.min(firstMs * 2 ** (failures - free), mostMs);
}

/** A refused sign-in is answered after a whole number of these, each longer than the work of one: how long that took is not to be seen. */
export const REFUSAL_STEP_MS = 250;

/** How long an answer still waits that took so long. */
export function msToNextStep(tookMs: number): number {
  return REFUSAL_STEP_MS - (tookMs % REFUSAL_STEP_MS);
}
