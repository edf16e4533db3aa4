import { incompleteSealStates, sealStateOf } from '../../domain/evidence-seals';
import type { IncompleteSealState, NoCertificateReason } from '../../domain/evidence-seals';
import { openFrom, sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { EvidenceSealRow } from '../tables';

// The seals of the evidence on which the confirmations of a matter rest, also where an earlier version made it. What was refused
// after it was signed proves nothing any more.
function sealsOf(db: Db, matter: string) {
  return db('evidence_seals AS s')
    .whereIn(
      's.evidence_id',
      db('confirmations AS c')
        .where('c.matter_id', matter)
        .whereIn('c.state', ['confirmed', 'carried'])
        .whereNotNull('c.evidence_id')
        .select('c.evidence_id'),
    )
    .whereIn('s.state', incompleteSealStates);
}

/** What the evidence of a matter lacks. Undefined if it lacks nothing. */
export async function sealingOf(db: Db, matter: string): Promise<IncompleteSealState | undefined> {
  const rows = await sealsOf(db, matter).distinct<{ state: IncompleteSealState }[]>({ state: 's.state' });
  const states = rows.map(({ state }) => state);
  if (states.includes('unsealed')) return 'unsealed';
  return states.includes('unstamped') ? 'unstamped' : undefined;
}

/**
 * The evidence of a matter that lacks something, by its ids, oldest first.
 * @param options `stamps`: whether there is an authority that gives time stamps; without one, nobody can add a missing one
 */
export async function listIncomplete(
  db: Db,
  matter: string,
  { stamps }: { stamps: boolean },
): Promise<string[]> {
  const rows: { id: string }[] = await sealsOf(db, matter)
    .modify((query) => void (stamps || query.where('s.state', 'unsealed')))
    .join('evidence AS e', 'e.id', 's.evidence_id')
    .orderBy('e.created_at')
    .select({ id: 'e.id' });
  return rows.map(({ id }) => id);
}

/** @throws Error if the evidence is not there */
export async function findSeal(db: Db, evidence: string): Promise<EvidenceSealRow> {
  const row = await db('evidence_seals').where({ evidence_id: evidence }).first();
  if (!row) throw new Error('This evidence has no seal.');
  return row;
}

/** Our signature. The first one stays, so that a time stamp over it stays good. */
export async function addSignature(
  store: Store,
  evidence: string,
  { jws, keyId, signedAt }: { jws: string; keyId: string; signedAt: Date },
): Promise<EvidenceSealRow> {
  return await change(store, evidence, (seal) =>
    seal.jws === null ? { jws, key_id: keyId, signed_at: signedAt } : {},
  );
}

/** The time stamp over the signature that is there. */
export async function addTimeStamp(
  store: Store,
  evidence: string,
  { token, sha256, time, jws }: { token: Buffer; sha256: string; time: Date; jws: string },
): Promise<EvidenceSealRow> {
  return await change(store, evidence, (seal) =>
    seal.time_stamp === null && seal.jws === jws
      ? { time_stamp: token, time_stamp_sha256: sha256, stamped_at: time }
      : {},
  );
}

/** By what the signature of the person counts. */
export type SignerOutcome =
  | { signer: 'certificate'; proof: object }
  | { signer: 'agreed-terms' | 'before-terms'; reason: NoCertificateReason }
  | { signer: 'on-paper' };

/** Settles by what the signature of the person counts, once. */
export async function settleSigner(
  store: Store,
  evidence: string,
  outcome: SignerOutcome,
): Promise<EvidenceSealRow> {
  const owner = `evidence:${evidence}`;
  const key = outcome.signer === 'certificate' ? await store.dataKeys.find(store.knex, owner) : undefined;
  return await change(store, evidence, (seal) => {
    if (seal.signer !== null) return {};
    if (outcome.signer === 'certificate') {
      if (!key) throw new Error('The key of this evidence was dropped.');
      const proof = sealFor(store, key, owner, 'signer_proof', outcome.proof);
      return { signer: outcome.signer, signer_proof: proof };
    }
    const reason = 'reason' in outcome ? outcome.reason : null;
    return { signer: outcome.signer, no_certificate_reason: reason };
  });
}

/** Notes that the documents are there. */
export async function noteDocuments(store: Store, evidence: string, now: Date): Promise<EvidenceSealRow> {
  return await change(store, evidence, (seal) =>
    seal.documents_made_at === null ? { documents_made_at: now } : {},
  );
}

/** Ends the sealing of evidence that nobody can read any more. */
export async function endSealing(db: Db, evidence: readonly string[]): Promise<void> {
  await db('evidence_seals')
    .whereIn('evidence_id', evidence)
    .whereIn('state', incompleteSealStates)
    .update({ state: 'ended' });
}

/** The same where a matter can't be read any more: nobody can tell whether what is not signed yet proves it. */
export async function endUnsigned(db: Db, matters: readonly string[]): Promise<void> {
  const made = db('evidence').whereIn('matter_id', matters).select('id');
  await db('evidence_seals')
    .whereIn('evidence_id', made)
    .where({ state: 'unsealed', jws: null })
    .update({ state: 'ended' });
}

/** The certificates and the signature of the person, where there is a certificate. */
export async function signerProofOf<T>(
  store: Store,
  db: Db,
  { evidence_id, signer_proof }: EvidenceSealRow,
): Promise<T | undefined> {
  const owner = `evidence:${evidence_id}`;
  const key = await store.dataKeys.find(db, owner);
  return key && signer_proof ? openFrom<T>(store, key, owner, 'signer_proof', signer_proof) : undefined;
}

/** Locks a seal, decides by what stands there, and writes what is new. */
async function change(
  store: Store,
  evidence: string,
  decide: (seal: EvidenceSealRow) => Partial<EvidenceSealRow>,
): Promise<EvidenceSealRow> {
  return await store.knex.transaction(async (db) => {
    const seal = await db('evidence_seals').where({ evidence_id: evidence }).forUpdate().first();
    if (!seal) throw new Error('This evidence has no seal.');
    const changed = { ...seal, ...decide(seal) };
    const { time_stamp: timeStamp, documents_made_at: documentsMadeAt } = changed;
    const state = sealStateOf({ ...changed, timeStamp, documentsMadeAt });
    const { evidence_id, ...columns } = { ...changed, state };
    await db('evidence_seals').where({ evidence_id }).update(columns);
    return { evidence_id, ...columns };
  });
}
