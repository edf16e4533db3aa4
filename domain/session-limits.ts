/** Set by configuration; the defaults stand there. */
export interface SessionLimits {
  /** Unused for so long, it ends. */
  slidingMinutes: number;
  /** It ends after so long in any case. */
  limitHours: number;
}

const MINUTE = 60_000;

/** When a session that begins now ends at the latest. */
export function endOfSession(limits: SessionLimits, now: Date): Date {
  return new Date(now.getTime() + limits.limitHours * 60 * MINUTE);
}

/** Whether a session is over, and if not, whether that it was used is to be noted. */
export function sessionStatusOf(
  { usedAt, endsAt }: { usedAt: Date; endsAt: Date },
  limits: SessionLimits,
  now: Date,
): { isOver: boolean; isUseToBeNoted: boolean } {
  const unusedMs = now.getTime() - usedAt.getTime();
  return {
    isOver: endsAt <= now || unusedMs > limits.slidingMinutes * MINUTE,
    // Once a minute is often enough for a time that is counted in tens of minutes.
    isUseToBeNoted: unusedMs > MINUTE,
  };
}
