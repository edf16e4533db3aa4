import type { ConfirmationState, MatterState } from './matter-states';

/**
 * What became of a confirmation that a person once gave. `refused`: the person said later 「这不是我办的」. `superseded`: a newer version shows
 * another text. `withdrawn`: the registration system took the matter back. `stopped`: another person refused.
 */
export const recordStates = [
  'confirmed',
  'refused',
  'superseded',
  'withdrawn',
  'expired',
  'stopped',
] as const;

export type RecordState = (typeof recordStates)[number];

/** @param newest the newest version that rests on the evidence: the state of its confirmation, and of the version itself */
export function recordStateOf(newest: { confirmation: ConfirmationState; matter: MatterState }): RecordState {
  const { confirmation, matter } = newest;
  if (confirmation === 'refused') return 'refused';
  if (matter === 'open' || matter === 'confirmed') return 'confirmed';
  return matter === 'refused' || matter === 'frozen' ? 'stopped' : matter;
}

/**
 * Whether the person can have the confirmation letter. `waiting`: it will be made. `not-made`: the confirmation was refused before.
 * `deleted`: the evidence may be kept no longer.
 */
export const letterStates = ['ready', 'waiting', 'not-made', 'deleted'] as const;

export type LetterState = (typeof letterStates)[number];

export function letterStateOf(
  record: { state: RecordState; isReadable: boolean },
  isMade: boolean,
): LetterState {
  if (!record.isReadable) return 'deleted';
  if (isMade) return 'ready';
  return record.state === 'refused' ? 'not-made' : 'waiting';
}
