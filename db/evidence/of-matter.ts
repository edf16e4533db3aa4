import type { EvidenceDocumentKind, SignatureLevel } from '../../domain/evidence-documents';
import type { SealState, SignerPart } from '../../domain/evidence-seals';
import { placesInLog } from '../log/places';
import type { PlaceInLog } from '../log/places';
import type { Db } from '../store/store';

/** A piece of evidence as clerks see it: what proves it, and nothing that it says. */
export interface EvidenceOfMatter {
  id: string;
  number: string;
  /** Of its record: the log commits to it. */
  sha256: string;
  createdAt: Date;
  seal: SealState;
  /** Of our signature. */
  signedAt: Date | null;
  keyId: string | null;
  /** Of the time stamp. */
  stampedAt: Date | null;
  signer: SignerPart | null;
  inLog: PlaceInLog;
  documents: { kind: EvidenceDocumentKind; sha256: string; level: SignatureLevel }[];
}

/** The evidence among these ids, by id. */
export async function listEvidence(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EvidenceOfMatter>> {
  const rows = await db('evidence AS e')
    .join('evidence_seals AS s', 's.evidence_id', 'e.id')
    .whereIn('e.id', [...ids])
    .select({
      ...{ id: 'e.id', number: 'e.number', sha256: 'e.sha256', createdAt: 'e.created_at' },
      ...{ seal: 's.state', signedAt: 's.signed_at', keyId: 's.key_id', stampedAt: 's.stamped_at' },
      signer: 's.signer',
    });
  const places = await placesInLog(
    db,
    'evidence',
    rows.map(({ sha256 }) => sha256),
  );
  const documents = await db('evidence_documents')
    .whereIn('evidence_id', [...ids])
    .orderBy('kind')
    .select('evidence_id', 'kind', 'sha256', 'level');
  return new Map(
    rows.map((row, at) => [
      row.id,
      {
        ...row,
        inLog: places[at] ?? 'missing',
        documents: documents
          .filter(({ evidence_id }) => evidence_id === row.id)
          .map(({ kind, sha256, level }) => ({ kind, sha256, level })),
      },
    ]),
  );
}
