import { INVITATION_COOLDOWN_MS } from './limits';
import type { ConfirmationState, MatterState } from './matter-states';

/** A to-do, as far as it decides whether its invitation can be sent again. */
export interface Invitable {
  state: ConfirmationState;
  matterState: MatterState;
  expiresAt: Date;
  /** When a clerk last had it sent again. */
  invitedAt: Date | null;
}

export type InvitationRejection =
  | { code: 'invitation_over' }
  /** `retryAt`: from then on it can be sent. */
  | { code: 'invited_lately'; retryAt: Date };

/** Why a clerk can't have an invitation sent again now; undefined if they can: the person can still confirm, and none was sent within the hour. */
export function rejectionOfInvitation(
  { state, matterState, expiresAt, invitedAt }: Invitable,
  now: Date,
): InvitationRejection | undefined {
  if (state !== 'pending' || matterState !== 'open' || now >= expiresAt) return { code: 'invitation_over' };
  const retryAt = invitedAt && new Date(invitedAt.getTime() + INVITATION_COOLDOWN_MS);
  return retryAt && now < retryAt ? { code: 'invited_lately', retryAt } : undefined;
}
