import { attemptsLeft } from './attempts';
import type { AttemptCounts } from './attempts';
import { acceptanceKinds, decisionsFor, isFourEyes, phoneAfter } from './decisions';
import type { AcceptanceKind, Decision } from './decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from './limits';
import type { AttemptLimits } from './limits';
import type { StuckCause } from './stuck';

/**
 * What a decision will do, to whom, computed before it is taken from the rules by which the journey carries it out. Of what needs two clerks
 * it is what follows once the second has approved; until then nothing changes for anybody outside.
 */
export interface Effects {
  /**
   * Where the person comes to: the result of the check that is done again, or the page of the check that they may try again; the to-dos; the
   * page that says that it is confirmed; or the end of this journey, after which they may begin a new one.
   */
  next: 'check-result' | 'check-page' | 'to-dos' | 'completed' | 'closed';
  /** Whether a vendor is asked once more; `maybe` where our own work failed, which may have been before or after that. */
  asksVendor: 'yes' | 'maybe' | 'no';
  /** Whether the role in the matter is confirmed by it. Otherwise the matter waits as before. */
  confirms: boolean;
  /** Whether the registration system is told, by a callback. */
  tellsRegistry: boolean;
  /** How many more times each check can be failed today; only of granted attempts. */
  attemptsLeft?: { face: number; bankCard: number };
  /** Until when it can be taken back: never, or as long as nobody has reviewed it. */
  undo: 'never' | 'until-reviewed';
}

/** One way to decide. */
export interface Option {
  decision: Decision;
  acceptance?: AcceptanceKind;
  /** How many are granted. */
  attempts?: number;
}

/** What of a stuck journey the effects depend on. */
export interface EffectsAt {
  cause: StuckCause;
  /** Whether one matter is at hand, or the journey as a whole is stuck. */
  atToDo: boolean;
  /** Whether a phone holds it; one that was opened at the window has none. */
  hasPhone: boolean;
  /** What was used up today, and the limits; without, nothing is said about attempts. */
  attempts?: { counts: AttemptCounts; limits: AttemptLimits };
}

/** Every way to decide that fits, with what it will do. */
export function optionsAt(at: EffectsAt): (Option & { effects: Effects })[] {
  return decisionsFor(at.cause)
    .flatMap((decision): Option[] => {
      if (decision === 'accept') return acceptanceKinds.map((acceptance) => ({ decision, acceptance }));
      if (decision !== 'grant-attempts') return [{ decision }];
      return Array.from({ length: GRANTED_ATTEMPTS_PER_DAY }, (_, less) => ({
        decision,
        attempts: less + 1,
      }));
    })
    .map((option) => ({ ...option, effects: effectsOf(option, at) }));
}

export function effectsOf({ decision, acceptance, attempts = 0 }: Option, at: EffectsAt): Effects {
  const quiet = { asksVendor: 'no', confirms: false, tellsRegistry: false } as const;
  const undo = isFourEyes(decision) ? 'until-reviewed' : 'never';
  switch (decision) {
    case 'retry':
    case 'correct-name':
      return { ...quiet, next: 'check-result', asksVendor: isOurs(at.cause) ? 'maybe' : 'yes', undo };
    case 'grant-attempts':
      return {
        ...quiet,
        next: 'check-page',
        attemptsLeft: at.attempts && leftAfter(attempts, at.atToDo, at.attempts),
        undo,
      };
    case 'reject':
    case 'close':
      return { ...quiet, next: at.atToDo && at.hasPhone ? 'to-dos' : 'closed', undo };
    case 'accept': {
      if (!at.atToDo)
        return { ...quiet, next: phoneAfter(acceptance) === 'proven' ? 'to-dos' : 'closed', undo };
      const next = at.hasPhone ? 'completed' : 'closed';
      return { ...quiet, next, confirms: true, tellsRegistry: true, undo };
    }
  }
}

function isOurs(cause: StuckCause): boolean {
  return cause === 'system-fault' || cause === 'data-key-unavailable';
}

function leftAfter(granted: number, atToDo: boolean, { counts, limits }: NonNullable<EffectsAt['attempts']>) {
  const after = { ...counts, granted: counts.granted + granted };
  const starts = Math.max(0, limits.checksStartedPerDay + after.granted - counts.startedByAccount);
  const left = (purpose: 'identity-face' | 'matter-face' | 'bank-card') =>
    Math.min(starts, attemptsLeft(purpose, after, limits));
  return { face: left(atToDo ? 'matter-face' : 'identity-face'), bankCard: left('bank-card') };
}
