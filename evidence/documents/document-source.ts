import type { EvidenceStatement } from '../../domain/evidence';

/** A face picture as the vendor returned it. */
export interface Portrait {
  image: Buffer;
  mediaType: 'image/jpeg' | 'image/png';
}

/** Why there is no portrait: the vendor returned none, the person has not consented to its archiving, or it may not be kept any longer. */
type PortraitAbsence = 'not-captured' | 'not-permitted' | 'deleted';

/** What the documents of one confirmation are made from. */
export interface DocumentSource {
  statement: EvidenceStatement;
  /** The statement's canonical JSON, of which `sha256` was made (hexadecimal). */
  json: string;
  sha256: string;
  /** 申报日期: when the registration system pushed the matter. */
  submittedAt: Date;
  /** Of the registration authority, where its registration system told it. */
  authorityName?: string;
  portrait: Portrait | PortraitAbsence;
  /** Where the evidence is verified, with its number and code: `<PUBLIC_URL>/verify#<number>.<code>`. */
  verification: { publicUrl: string; code: string };
}
