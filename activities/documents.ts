import { keepDocument, listDocuments, readForDocuments } from '../db/evidence/documents';
import { portraitCheckOf, evidenceDocumentKinds } from '../domain/evidence-documents';
import type { EvidenceDocumentKind, SignatureLevel } from '../domain/evidence-documents';
import { makeDocument } from '../evidence/documents/document';
import type { DocumentTools } from '../evidence/documents/document';
import type { Store } from '../db/store/store';

/** A document that is kept. */
export interface KeptDocument {
  kind: EvidenceDocumentKind;
  /** Of the file, in hexadecimal. */
  sha256: string;
  level: SignatureLevel;
}

/** What documents are made with. */
export interface DocumentMaking extends DocumentTools {
  store: Store;
  /** Without a slash at its end. */
  publicUrl: string;
  now: () => Date;
}

/**
 * Makes the two PDFs of a confirmation and keeps them sealed. Each is made once: repeating it makes what is missing.
 * @param code of the verification page (domain/verification-codes.ts); whoever has it may verify the evidence
 * @returns those that are kept; none if the evidence can't be read any more
 * @throws SignatureTooLarge, DocumentNotVerified, and what the signer throws
 */
export async function makeDocuments(
  { store, publicUrl, now, ...tools }: DocumentMaking,
  { evidence, code }: { evidence: string; code: string },
): Promise<KeptDocument[]> {
  const madeBefore = (await listDocuments(store.knex, evidence)).map(({ kind }) => kind);
  for (const kind of evidenceDocumentKinds.filter((one) => !madeBefore.includes(one))) {
    const source = await readForDocuments(store, evidence, now());
    if (!source) break;
    const verification = { publicUrl, code };
    const { file, sha256, level } = await makeDocument(kind, { ...source, verification }, tools, now());
    const showsPortrait = kind === 'archive-sheet' && typeof source.portrait !== 'string';
    const portrait = showsPortrait ? portraitCheckOf(source.statement)?.orderNo : undefined;
    await keepDocument(store, evidence, { kind, file, sha256, level, portrait }, now());
  }
  return await listDocuments(store.knex, evidence);
}
