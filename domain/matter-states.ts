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
export type HoldReason = 'flagged' | 'evidence-doubtful';

/** What the registration system is told about a matter. */
export type MatterEvent =
  | 'confirmation.confirmed'
  | 'confirmation.refused'
  | 'matter.confirmed'
  | 'matter.refused'
  | 'matter.expired'
  | 'matter.frozen'
  | 'invitation.reminder-due'
  /** A person asks for a matter that is no longer listed: to be pushed again, with the same content at a higher version. */
  | 'reissue.requested';
