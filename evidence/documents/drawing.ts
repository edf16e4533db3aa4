import type { EvidenceDocumentKind } from '../../domain/evidence-documents';
import { writeArchiveSheet } from './archive-sheet';
import { writeConfirmationLetter } from './confirmation-letter';
import type { DocumentSource } from './document-source';
import { codePointOf } from './fonts';
import type { Fonts } from './fonts';

/** A PDF that is not signed yet. */
export interface Drawn {
  file: Buffer;
  /** Code points of characters that no font has; the document says so. */
  missing: string[];
}

/** Lays a document out. The same content and time give the same bytes. */
export type Draw = (kind: EvidenceDocumentKind, source: DocumentSource, madeAt: Date) => Promise<Drawn>;

const writers = { 'confirmation-letter': writeConfirmationLetter, 'archive-sheet': writeArchiveSheet };

/** Draws here. Nothing else runs meanwhile, which takes seconds where texts are long. */
export function drawWith(fonts: Fonts): Draw {
  return async (kind, source, madeAt) => {
    const paper = writers[kind](fonts, source, madeAt);
    const file = await paper.finish(`存证编号：${source.statement.number}`);
    return { file, missing: [...paper.missing].map(codePointOf) };
  };
}
