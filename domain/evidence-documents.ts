import type { EvidenceStatement } from './evidence';

/** The PDFs about one confirmation: 《业务确认书》 and 《登记注册身份认证人像信息》. */
export const evidenceDocumentKinds = ['confirmation-letter', 'archive-sheet'] as const;

export type EvidenceDocumentKind = (typeof evidenceDocumentKinds)[number];

/** Baseline levels of PAdES (ETSI EN 319 142-1). From `B-T` on, a time stamp proves when the signature was there. */
export const signatureLevels = ['B-B', 'B-T'] as const;

export type SignatureLevel = (typeof signatureLevels)[number];

/** The check whose portrait goes with a confirmation: the one that was made for it, or else the person's first. */
export function portraitCheckOf({
  checks,
}: Pick<EvidenceStatement, 'checks'>): EvidenceStatement['checks'][number] | undefined {
  const captured = checks.filter(({ portraitHash }) => portraitHash !== null);
  return captured.filter(({ purpose }) => purpose === 'matter-face').at(-1) ?? captured.at(-1);
}
