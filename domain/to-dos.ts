import type { ConfirmationState, MatterState } from './matter-states';

/** Why a to-do cannot be confirmed now. */
export type ToDoRejection =
  'to_do_unknown' | 'to_do_settled' | 'matter_closed' | 'matter_changed' | 'name_differs';

/** A to-do as it stands, and by what the person's name in the matter is compared; `matchKey` is missing once the matter is erased. */
interface StandingToDo {
  state: ConfirmationState;
  textHash: string;
  matchKey?: string;
  matter: { state: MatterState; expiresAt: Date };
}

/**
 * Why a person cannot confirm a to-do; undefined if they can.
 * @param displayed the hash of the text that the person saw, and by what the name in their document is compared
 */
export function rejectionOfToDo(
  { state, textHash, matchKey, matter }: StandingToDo,
  displayed: { textHash: string; matchKey: string },
  now: Date,
): ToDoRejection | undefined {
  if (state !== 'pending') return matter.state === 'open' ? 'to_do_settled' : 'matter_closed';
  if (matter.state !== 'open' || now >= matter.expiresAt || matchKey === undefined) return 'matter_closed';
  if (textHash !== displayed.textHash) return 'matter_changed';
  return matchKey === displayed.matchKey ? undefined : 'name_differs';
}
