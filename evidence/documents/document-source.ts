import type { EvidenceStatement } from '../../domain/evidence';
import type { PortraitAbsence } from '../../domain/evidence-documents';

/** A face picture as the vendor returned it. */
export interface Portrait {
  image: Buffer;
  mediaType: 'image/jpeg' | 'image/png';
}

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
