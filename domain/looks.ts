/** Why a clerk sees personal data in full, or looks for a person. Every look is recorded with its reason. */
export const lookReasons = [
  /** The person stands at the window, with the document. */
  'at-window',
  /** To compare ways to write a name. */
  'name-writing',
  /** To review what another clerk proposed. */
  'review',
  /** The person asks, on the phone or in writing. */
  'inquiry',
  'complaint',
  /** A sign that somebody else confirms in the person's name. */
  'flag',
] as const;

export type LookReason = (typeof lookReasons)[number];
