/** Why a person says 「这不是我办的」, as they choose it from a list; sent to the registration system. */
export const refusalReasons = ['not-me', 'content-wrong', 'no-longer-wanted', 'other'] as const;

export type RefusalReason = (typeof refusalReasons)[number];

/** Why a confirmation is refused: what the person said, or that a reviewer does not believe it was they (domain/flags.ts). */
export const confirmationRejections = [...refusalReasons, 'identity-doubtful'] as const;

export type ConfirmationRejection = (typeof confirmationRejections)[number];
