/** States of a matter: `frozen` is a refusal after all had confirmed. */
export type MatterState =
  'open' | 'confirmed' | 'refused' | 'frozen' | 'expired' | 'withdrawn' | 'superseded';

export type ConfirmationState = 'pending' | 'confirmed' | 'refused' | 'void' | 'expired' | 'carried';

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
