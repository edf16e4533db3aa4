/** 投诉建议: what a person may send from the support page, whatever the state of their journey. */
export const complaintKinds = ['complaint', 'suggestion'] as const;

export type ComplaintKind = (typeof complaintKinds)[number];

/** Of a complaint, and of its answer, in characters (code points). */
export const LONGEST_COMPLAINT = 2_000;

/** How many an account may send in a day in China. */
export const COMPLAINTS_PER_DAY = 5;

export type ComplaintDefect = 'text_blank' | 'text_too_long' | 'text_not_unicode';

/**
 * Why a text can't be taken; undefined if it can. People may write what they like, also links and hidden characters: clerks see it as text and
 * nothing in it can be pressed.
 */
export function complaintDefect(text: string): ComplaintDefect | undefined {
  // Half of a surrogate pair. The phone's engine may be too old for isWellFormed().
  if (/[\ud800-\udfff]/u.test(text)) return 'text_not_unicode';
  if (text.trim() === '') return 'text_blank';
  return lengthOf(text) > LONGEST_COMPLAINT ? 'text_too_long' : undefined;
}

/** In characters (code points). */
export function lengthOf(text: string): number {
  return [...text].length;
}
