import { createHash } from 'node:crypto';
import type { EvidenceDocumentKind, SignatureLevel } from '../../domain/evidence-documents';
import type { RawSigner } from '../signing/raw-signer';
import type { SigningKeys } from '../signing/signing-keys';
import type { TimeStamper } from '../time-stamp/time-stamper';
import { verifySignedPdf } from '../verification/signed-pdf';
import type { DocumentSource } from './document-source';
import type { Draw, Drawn } from './drawing';
import { signPdf } from './pades';

/** What every document is made with. */
export interface DocumentTools {
  draw: Draw;
  signer: RawSigner;
  /** By which the signature is verified. */
  keys: SigningKeys;
  /** Without an authority there are no time stamps. */
  timeStamper?: TimeStamper;
}

/** A signed PDF. */
export interface MadeDocument extends Drawn {
  /** Of the file, in hexadecimal. */
  sha256: string;
  level: SignatureLevel;
}

/** The signed document is not what it has to be. `code` says why, for logs and histories. */
export class DocumentNotVerified extends Error {
  override readonly name = 'DocumentNotVerified';
  constructor(readonly code: string) {
    super(code);
  }
}

/** @throws SignatureTooLarge, DocumentNotVerified, and what the signer throws */
export async function makeDocument(
  kind: EvidenceDocumentKind,
  source: DocumentSource,
  { draw, signer, keys, timeStamper }: DocumentTools,
  madeAt: Date,
): Promise<MadeDocument> {
  const { file: unsigned, missing } = await draw(kind, source, madeAt);
  const { file, level } = await signPdf(unsigned, { signer, timeStamper }, madeAt);
  // A key that is not in use, or a device that signs wrongly, is found before anybody gets it. A time stamp was verified as it came.
  const verified = await verifySignedPdf(file, { keys });
  if ('defect' in verified) throw new DocumentNotVerified(verified.defect);
  return { file, level, sha256: createHash('sha256').update(file).digest('hex'), missing };
}
