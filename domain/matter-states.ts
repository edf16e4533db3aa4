/** States of a matter: `frozen` is a refusal after all had confirmed. */
export type MatterState =
  'open' | 'confirmed' | 'refused' | 'frozen' | 'expired' | 'withdrawn' | 'superseded';

export type ConfirmationState = 'pending' | 'confirmed' | 'refused' | 'void' | 'expired' | 'carried';

/** Why a matter that everybody has confirmed stays open: a severe flag waits for a reviewer, or its evidence does not prove it. */
export type HoldReason = 'flagged' | 'evidence-doubtful';
