import { listDocuments } from '../../db/evidence/documents';
import { sha256Of } from '../../db/evidence/evidence';
import { findEvidence, readProofs } from '../../db/evidence/proofs';
import type { StoredProofs } from '../../db/evidence/proofs';
import { recordOf } from '../../db/evidence/records';
import { isOfLog } from '../../db/log/inclusion';
import type { Store } from '../../db/store/store';
import type { RecordState } from '../../domain/confirmation-records';
import { maskName } from '../../domain/names';
import type { MatterKind, Role } from '../../domain/roles';
import { checkpointIn } from '../../evidence/log/inclusion';
import { examineRecord, readRecord } from '../../evidence/verification/examination';
import { examineFile } from '../../evidence/verification/file';
import type { EvidenceFile } from '../../evidence/verification/file';
import type { Finding } from '../../evidence/verification/findings';
import type { Trust } from '../../evidence/verification/trust';

/** What anybody is told who has the verification code, or the evidence itself. */
export interface Verification {
  findings: Finding[];
  /** The evidence that was found; undefined if we have never made it. */
  evidence?: string;
  confirmation?: {
    number: string;
    state: RecordState;
    entity?: string;
    kind: MatterKind;
    roles: Role[];
    /** Masked; undefined once the record was deleted. */
    person?: string;
    confirmedAt: Date;
  };
}

interface Verifying {
  store: Store;
  trust: Trust;
  /** Of the transparency log. */
  origin: string;
}

/** Verifies what is stored under an id. */
export async function verifyStored(
  { store, trust, origin }: Verifying,
  evidence: string,
): Promise<Verification> {
  const proofs = await readProofs(store, origin, evidence);
  const findings = (await examineRecord(proofs, trust)).map((finding): Finding =>
    finding.part === 'time-stamp' && proofs.isTimeStampAltered
      ? { part: 'time-stamp', result: 'wrong', why: 'time_stamp_altered' }
      : finding,
  );
  return { findings, evidence, confirmation: await confirmationOf(store, evidence, proofs) };
}

/**
 * Verifies a file: what it proves by itself, whether we have made it, and what is stored about it. Nobody can have a record or a
 * document of ours, with its 128 random bits, without having been given it.
 */
export async function verifyFile(verifying: Verifying, given: EvidenceFile): Promise<Verification> {
  const { findings: own, record } = await examineFile(given, verifying.trust);
  const evidence = await findGiven(verifying.store, given, record);
  const part = given.kind === 'pdf' ? 'document' : 'record';
  if (evidence === undefined) {
    const rest = own.filter((finding) => finding.part !== part || finding.result === 'wrong');
    const isSaid = rest.some(({ result }) => result === 'wrong');
    return { findings: isSaid ? rest : [{ part, result: 'wrong', why: 'not_ours' }, ...rest] };
  }
  const stored = await verifyStored(verifying, evidence);
  const against = await comparedWith(verifying, evidence, given);
  return { ...stored, findings: combined([...own, ...against], stored.findings) };
}

/** What a file names that is not what we keep or have published. */
async function comparedWith(
  { store, origin }: Verifying,
  evidence: string,
  given: EvidenceFile,
): Promise<Finding[]> {
  if (given.kind === 'record') return [];
  const kept = new Set((await listDocuments(store.knex, evidence)).map(({ sha256 }) => sha256));
  const named =
    given.kind === 'pdf' ? [sha256Of(given.file)] : given.bundle.documents.map(({ sha256 }) => sha256);
  const findings: Finding[] = named
    .filter((sha256) => !kept.has(sha256))
    .map(() => ({ part: 'document', result: 'wrong', why: 'pdf_altered' }));
  const inclusion = given.kind === 'bundle' ? given.bundle.inclusion : null;
  const head = inclusion === null ? undefined : checkpointIn(inclusion);
  const isPublished = head === undefined || (await isOfLog(store.knex, origin, head));
  return isPublished
    ? findings
    : [...findings, { part: 'log', result: 'wrong', why: 'checkpoint_not_published' }];
}

async function findGiven(store: Store, given: EvidenceFile, record?: string): Promise<string | undefined> {
  if (given.kind === 'pdf') {
    const found = await findEvidence(store, { document: sha256Of(given.file) });
    if (found !== undefined) return found;
  }
  return record === undefined ? undefined : await findEvidence(store, { sha256: sha256Of(record) });
}

/** What a file says of a part counts before what is stored, and what is wrong always counts. */
function combined(own: readonly Finding[], stored: readonly Finding[]): Finding[] {
  const said = own.filter(({ result }) => result !== 'absent');
  const parts = new Set(said.map(({ part }) => part));
  return [...said, ...stored.filter(({ part, result }) => result === 'wrong' || !parts.has(part))];
}

async function confirmationOf(
  store: Store,
  evidence: string,
  { record }: StoredProofs,
): Promise<Verification['confirmation']> {
  const found = await recordOf(store, evidence);
  if (!found) return undefined;
  const { number, state, entity, kind, roles, confirmedAt } = found;
  const name = record === null ? undefined : readRecord(record)?.person.name;
  return { number, state, entity, kind, roles, confirmedAt, person: name && maskName(name) };
}
