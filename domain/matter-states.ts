import { EXPIRES_AFTER_MS, LISTING_PERIOD_MS, REMINDER_AFTER_MS } from './limits';

/** States of a matter: `frozen` is a refusal after all had confirmed. */
export const matterStates = [
  'open',
  'confirmed',
  'refused',
  'frozen',
  'expired',
  'withdrawn',
  'superseded',
] as const;

export type MatterState = (typeof matterStates)[number];

export const confirmationStates = ['pending', 'confirmed', 'refused', 'void', 'expired', 'carried'] as const;

export type ConfirmationState = (typeof confirmationStates)[number];

/** Why a matter that everybody has confirmed stays open: a severe flag waits for a reviewer, or its evidence does not prove it. */
export const holdReasons = ['flagged', 'evidence-doubtful'] as const;

export type HoldReason = (typeof holdReasons)[number];

/** The events about a matter that the registration system is told. */
export const matterEvents = [
  'confirmation.confirmed',
  'confirmation.refused',
  'matter.confirmed',
  'matter.refused',
  'matter.expired',
  'matter.frozen',
  /** A version was pushed: the persons who have to confirm can be sent their invitations. */
  'invitation.issued',
  'invitation.reminder-due',
  /** A person asks for a matter that is no longer listed: to be pushed again, with the same content at a higher version. */
  'reissue.requested',
  /** The name in the matter is not that of the person's document, so that the person cannot sign. */
  'person.name-differs',
  'matter.withdrawn',
  'matter.superseded',
] as const;

export type MatterEvent = (typeof matterEvents)[number];

/** The events that the registration system brought about itself: they stand in its feed and are not called back. */
type OwnDoing = 'matter.withdrawn' | 'matter.superseded';

export type CalledBackEvent = Exclude<MatterEvent, OwnDoing>;

export const calledBackEvents = matterEvents.filter((event) => !isOwnDoing(event));

export function isOwnDoing(event: MatterEvent): event is OwnDoing {
  return event === 'matter.withdrawn' || event === 'matter.superseded';
}

/** Whether nobody is missing: everybody has confirmed, in this version or in an earlier one. */
export function isConfirmedByAll(confirmations: readonly ConfirmationState[]): boolean {
  return confirmations.every((state) => state === 'confirmed' || state === 'carried');
}

/**
 * The state that a matter has now.
 * @param state the state that it had
 * @param confirmations those of all its persons and roles
 * @param now `isHeld` while a hold reason stands, `isOver` once it has expired
 */
export function matterStateAfter(
  state: MatterState,
  confirmations: readonly ConfirmationState[],
  { isHeld, isOver }: { isHeld: boolean; isOver: boolean },
): MatterState {
  const isRefused = confirmations.includes('refused');
  // 「这不是我办的」 also counts after everybody has signed.
  if (state === 'confirmed') return isRefused ? 'frozen' : 'confirmed';
  if (state !== 'open') return state;
  if (isRefused) return 'refused';
  if (isConfirmedByAll(confirmations)) return isHeld ? 'open' : 'confirmed';
  return isOver ? 'expired' : 'open';
}

/** The state of pending confirmations once their matter leaves the state `open`. */
export function confirmationStateAfter(state: MatterState): ConfirmationState {
  return state === 'expired' ? 'expired' : 'void';
}

/** The event that tells of a state; undefined for the state in which a matter begins. */
export function matterEventOf(state: MatterState): MatterEvent | undefined {
  return state === 'open' ? undefined : `matter.${state}`;
}

/**
 * Until when a matter is listed, and when it expires.
 * @param lostMs the time, in ms, that vendors or clerks have cost its persons (domain/lost-time.ts)
 */
export function deadlinesOf(pushedAt: Date, lostMs: number): { listedUntil: Date; expiresAt: Date } {
  const after = (ms: number) => new Date(pushedAt.getTime() + ms + lostMs);
  return { listedUntil: after(LISTING_PERIOD_MS), expiresAt: after(EXPIRES_AFTER_MS) };
}

/** When the reminder of a matter is due. Lost time does not move it. */
export function reminderDueAt(pushedAt: Date): Date {
  return new Date(pushedAt.getTime() + REMINDER_AFTER_MS);
}
