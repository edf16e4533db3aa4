import { REISSUE_COOLDOWN_MS } from './limits';
import type { ConfirmationState, MatterState } from './matter-states';

/** A to-do, as far as it decides whether the registration system can be asked to push its matter anew. */
export interface Reissuable {
  state: ConfirmationState;
  matterState: MatterState;
  listedUntil: Date;
  expiresAt: Date;
  reissueRequestedAt: Date | null;
}

export type ReissueRejection =
  'to_do_settled' | 'reissue_too_late' | 'reissue_not_needed' | 'reissue_requested_already';

/** Why it can't be asked for now; undefined if it can: no longer listed, and neither settled nor over. */
export function rejectionOfReissue(toDo: Reissuable, now: Date): ReissueRejection | undefined {
  const { state, matterState, listedUntil, expiresAt, reissueRequestedAt } = toDo;
  if (['confirmed', 'carried', 'refused'].includes(state)) return 'to_do_settled';
  if (state !== 'pending' || matterState !== 'open' || now >= expiresAt) return 'reissue_too_late';
  if (now < listedUntil) return 'reissue_not_needed';
  const since = reissueRequestedAt ? now.getTime() - reissueRequestedAt.getTime() : Infinity;
  return since < REISSUE_COOLDOWN_MS ? 'reissue_requested_already' : undefined;
}
