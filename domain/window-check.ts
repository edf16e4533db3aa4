import type { AcceptanceKind } from './decisions';

/** What a clerk compares before proposing to accept somebody, in the order of the form. Each is ticked by itself. */
export const seenChecks = [
  /** The document is an original. */
  'document-original',
  /** It is issued to this name and number. */
  'document-matches',
  /** It is not altered. */
  'document-intact',
  /** The person at the window is the one on the document's photo. */
  'face-matches',
  /** The person was asked, knows about it and wants it. */
  'person-willing',
  /** The person signed the paper while the clerk watched. */
  'signed-at-window',
  /** The notary's office has confirmed that it made this document. */
  'notary-confirmed',
  /** The notarised signature is the person's, on this paper. */
  'signature-notarised',
] as const;

export type SeenCheck = (typeof seenChecks)[number];

/** The last day of a document that has none. */
export const NO_END = 'no-end';

/** What a clerk has seen, as the one who reviews it is told. */
export interface Seen {
  checks: SeenCheck[];
  /** The last day on the document, `YYYY-MM-DD`, or NO_END. Only of a document that was at the window. */
  validUntil?: string;
}

/** The checks that an acceptance needs, all of them. @param withinMatter where the person signs on paper */
export function checksFor(acceptance: AcceptanceKind, withinMatter: boolean): SeenCheck[] {
  const paper = acceptance === 'on-site' ? 'signed-at-window' : 'signature-notarised';
  const identity: SeenCheck[] =
    acceptance === 'on-site'
      ? ['document-original', 'document-matches', 'document-intact', 'face-matches', 'person-willing']
      : ['notary-confirmed', 'document-matches', 'document-intact'];
  return withinMatter ? [...identity, paper] : identity;
}

/** Whether an acceptance says until when the document is valid. Of a notarised document nobody sees the original. */
export function saysValidity(acceptance: AcceptanceKind): boolean {
  return acceptance === 'on-site';
}
