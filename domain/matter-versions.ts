import type { ConfirmationState } from './matter-states';

/** What becomes of a pushed version of a matter. */
export type PushOutcome =
  | 'created'
  | 'repeated'
  /** This version is there with other content, or a higher one is. */
  | 'conflict';

/**
 * @param version the pushed version
 * @param latest the highest version that is there, 0 if there is none
 * @param isKnown whether the pushed version is there with the same content
 */
export function pushOutcome(version: number, latest: number, isKnown: boolean): PushOutcome {
  if (version > latest) return 'created';
  return version === latest && isKnown ? 'repeated' : 'conflict';
}

/** What one person confirms in one role. The text names all roles that are confirmed together. */
export interface Duty {
  role: string;
  personKey: string;
  textHash: string;
}

/**
 * Whether a confirmation of the superseded version holds for a duty of the new one: the same person confirmed the same text in the
 * same role, not too long ago.
 * @param settledAt when the person signed, however many versions have carried it since
 */
export function isCarriedOver(
  earlier: Duty & { state: ConfirmationState; settledAt: Date | null },
  duty: Duty,
  { carryOverDays, now }: { carryOverDays: number; now: Date },
): boolean {
  const isConfirmed = earlier.state === 'confirmed' || earlier.state === 'carried';
  const since = now.getTime() - carryOverDays * 24 * 3_600_000;
  if (!isConfirmed || !earlier.settledAt || earlier.settledAt.getTime() <= since) return false;
  return (
    earlier.role === duty.role && earlier.personKey === duty.personKey && earlier.textHash === duty.textHash
  );
}
