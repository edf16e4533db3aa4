/** States of a matter: `frozen` is a refusal after all had confirmed. */
export type MatterState =
  'open' | 'confirmed' | 'refused' | 'frozen' | 'expired' | 'withdrawn' | 'superseded';

export type ConfirmationState = 'pending' | 'confirmed' | 'refused' | 'void' | 'expired' | 'carried';
