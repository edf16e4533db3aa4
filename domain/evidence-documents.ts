import type { EvidenceStatement } from './evidence';

/** The PDFs about one confirmation: 《业务确认书》 and 《登记注册身份认证人像信息》. */
export const evidenceDocumentKinds = ['confirmation-letter', 'archive-sheet'] as const;

export type EvidenceDocumentKind = (typeof evidenceDocumentKinds)[number];

/** Baseline levels of PAdES (ETSI EN 319 142-1). From `B-T` on, a time stamp proves when the signature was there. */
export type SignatureLevel = 'B-B' | 'B-T';

/** Why the archive sheet shows no portrait. `not-agreed`: the person has not consented to its archiving. */
export type PortraitAbsence = 'not-captured' | 'not-agreed' | 'deleted';

/** The check whose portrait goes with a confirmation: the last one that was made for it and in which a picture was taken. */
export function portraitCheckOf({
  checks,
}: Pick<EvidenceStatement, 'checks'>): EvidenceStatement['checks'][number] | undefined {
  return checks
    .filter(({ purpose, portraitHash }) => purpose === 'matter-face' && portraitHash !== null)
    .at(-1);
}
