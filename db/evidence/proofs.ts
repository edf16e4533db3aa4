import { createHash } from 'node:crypto';
import { logEntryOf } from '../../domain/log-entries';
import type { SignerProof } from '../../evidence/signer/signer-proof';
import type { EvidenceBundle } from '../../evidence/verification/bundle';
import type { Proofs } from '../../evidence/verification/examination';
import { findInclusion } from '../log/inclusion';
import { openFrom } from '../store/sealed-values';
import type { Store } from '../store/store';
import type { EvidenceSealRow } from '../tables';
import { findSeal, signerProofOf } from './seals';

/** Which piece of evidence: by its number, by the hash of its record, or by the hash of a document about it. */
export type EvidenceName = { number: string } | { sha256: string } | { document: string };

/** Its id. Undefined if there is none. */
export async function findEvidence(store: Store, name: EvidenceName): Promise<string | undefined> {
  if ('document' in name)
    return (await store.knex('evidence_documents').where({ sha256: name.document }).first('evidence_id'))
      ?.evidence_id;
  return (await store.knex('evidence').where(name).first('id'))?.id;
}

/** The id of evidence that was made for a matter of a registration system, in any of its versions. */
export async function findEvidenceOf(
  store: Store,
  of: { registry: string; externalId: string; number: string },
): Promise<string | undefined> {
  const row = await store
    .knex('evidence AS e')
    .join('matters AS m', 'm.id', 'e.matter_id')
    .where({ 'e.number': of.number, 'm.registry': of.registry, 'm.external_id': of.externalId })
    .first({ id: 'e.id' });
  return row?.id;
}

/** What is stored to prove a piece of evidence. */
export interface StoredProofs extends Proofs {
  number: string;
  /** Whether the time-stamp token is not the one whose hash was stored with it. */
  isTimeStampAltered: boolean;
}

/** @param origin of the transparency log @throws Error if there is no such evidence */
export async function readProofs(store: Store, origin: string, evidence: string): Promise<StoredProofs> {
  const row = await store.knex('evidence').where({ id: evidence }).first('number', 'sha256', 'content');
  if (!row) throw new Error('There is no such evidence.');
  const owner = `evidence:${evidence}`;
  const key = await store.dataKeys.find(store.knex, owner);
  const seal = await findSeal(store.knex, evidence);
  const { jws, time_stamp: token } = seal;
  const inclusion = await findInclusion(store.knex, origin, logEntryOf('evidence', row.sha256));
  return {
    number: row.number,
    record: key ? openFrom<string>(store, key, owner, 'content', row.content) : null,
    sha256: row.sha256,
    jws,
    timeStamp: token?.toString('base64') ?? null,
    isTimeStampAltered:
      token !== null && createHash('sha256').update(token).digest('hex') !== seal.time_stamp_sha256,
    signer: await signerPartOf(store, seal),
    inclusion: inclusion ?? null,
  };
}

async function signerPartOf(store: Store, seal: EvidenceSealRow): Promise<EvidenceBundle['signer']> {
  if (seal.signer === null) return null;
  if (seal.signer === 'on-paper' || seal.signer === 'before-terms') return { kind: seal.signer };
  if (seal.signer === 'agreed-terms')
    return { kind: 'agreed-terms', reason: seal.no_certificate_reason ?? '' };
  const proof = await signerProofOf<SignerProof>(store, store.knex, seal);
  return proof ? { kind: 'certificate', proof } : null;
}
