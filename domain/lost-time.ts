import type { StuckCause } from './stuck';

/** Causes for which nobody gives time back: the person, and neither a vendor nor a clerk, lets it pass. */
export const ownTimeCauses: readonly StuckCause[] = ['in-person', 'locked-out'];

/** While somebody was kept from confirming; ms since 1970. */
export interface Period {
  from: number;
  until: number;
}

/**
 * How much time is covered by these periods after `since`, in ms: what several of them cover counts once.
 * @param most in ms; no more is given back
 */
export function timeCovered(
  periods: readonly Period[],
  { since, most }: { since: number; most: number },
): number {
  let covered = 0;
  let reached = since;
  for (const { from, until } of [...periods].sort((one, other) => one.from - other.from)) {
    covered += Math.max(0, until - Math.max(from, reached));
    reached = Math.max(reached, until);
  }
  return Math.min(covered, most);
}
