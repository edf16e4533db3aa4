import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { EvidenceStatement } from '../../domain/evidence';
import { logEntryOf } from '../../domain/log-entries';
import { verifyInclusion } from '../log/inclusion';
import { issuedAt, signerProofDefect } from '../signer/signer-proof';
import { readHeader, verifyDetached } from '../signing/jws';
import type { SigningKey } from '../signing/signing-keys';
import { TimeStampInvalid, verifyTimeStamp } from '../time-stamp/verification';
import type { EvidenceBundle } from './bundle';
import type { Finding } from './findings';
import type { Trust } from './trust';

/** What there is to prove a record, in a bundle or in the database. `record` is null once it was deleted. */
export type Proofs = Pick<
  EvidenceBundle,
  'number' | 'sha256' | 'jws' | 'timeStamp' | 'signer' | 'inclusion'
> & {
  record: string | null;
};

// A certificate for one signature is issued within an hour of it, by clocks that differ by five minutes (docs/adr/0044).
const ISSUED_FROM_MS = -5 * 60_000;
const ISSUED_UNTIL_MS = 65 * 60_000;

/** Verifies each part by itself, so that one that is wrong does not hide the others. */
export async function examineRecord(proofs: Proofs, trust: Trust): Promise<Finding[]> {
  return [
    recordFinding(proofs),
    signatureFinding(proofs, trust),
    await timeStampFinding(proofs, trust),
    await signerFinding(proofs, trust),
    logFinding(proofs, trust),
  ];
}

const readable = z.looseObject({
  format: z.literal([1, 2]),
  number: z.string(),
  kind: z.string(),
  signedAt: z.iso.datetime(),
  person: z.looseObject({ name: z.string(), documentType: z.string(), number: z.string() }),
  matter: z.looseObject({ text: z.looseObject({ person: z.looseObject({ roles: z.array(z.string()) }) }) }),
});

/** What a record says, if it is one of ours. It is believed only as far as its signature goes. */
export function readRecord(record: string): EvidenceStatement | undefined {
  try {
    const value: unknown = JSON.parse(record);
    // RFC 8785: what is written otherwise is not what was signed.
    const isCanonical = canonicalize(value) === record;
    return isCanonical && readable.safeParse(value).success ? (value as EvidenceStatement) : undefined;
  } catch {
    return undefined;
  }
}

function recordFinding({ record, sha256, number }: Proofs): Finding {
  if (record === null) return { part: 'record', result: 'absent', why: 'record_deleted' };
  const statement = readRecord(record);
  if (!statement) return { part: 'record', result: 'wrong', why: 'record_malformed' };
  if (statement.number !== number) return { part: 'record', result: 'wrong', why: 'number_differs' };
  const isIntact = createHash('sha256').update(record).digest('hex') === sha256;
  return isIntact
    ? { part: 'record', result: 'proven', how: 'record_intact' }
    : { part: 'record', result: 'wrong', why: 'record_altered' };
}

function signatureFinding({ record, jws }: Proofs, { keys }: Trust): Finding {
  if (jws === null) return { part: 'signature', result: 'absent', why: 'not_yet' };
  if (record === null) return { part: 'signature', result: 'absent', why: 'record_deleted' };
  const verified = verifyDetached(jws, Buffer.from(record), keys);
  if (!verified.valid) return { part: 'signature', result: 'wrong', why: verified.defect };
  const { key, signedAt } = verified;
  return { part: 'signature', result: 'proven', how: 'record_signed', time: signedAt, by: key.id };
}

async function timeStampFinding({ jws, timeStamp }: Proofs, trust: Trust): Promise<Finding> {
  const part = 'time-stamp';
  if (jws === null || timeStamp === null) return { part, result: 'absent', why: 'not_yet' };
  if (!trust.timeStamp) return { part, result: 'absent', why: 'no_keys' };
  try {
    const hash = createHash('sha256').update(jws).digest();
    const { time } = await verifyTimeStamp(Buffer.from(timeStamp, 'base64'), hash, trust.timeStamp);
    const key = keyOf(jws, trust);
    if (key && time >= key.until) return { part, result: 'wrong', why: 'stamped_after_key' };
    return { part, result: 'proven', how: 'time_stamped', time };
  } catch (error) {
    if (error instanceof TimeStampInvalid) return { part, result: 'wrong', why: error.code };
    throw error;
  }
}

/** The key that a signature names, whether or not the signature is right. */
function keyOf(jws: string, { keys }: Trust): SigningKey | undefined {
  const { kid } = readHeader(jws.split('.')[0] ?? '') ?? {};
  return kid === undefined ? undefined : keys.byId(kid);
}

async function signerFinding({ record, signer }: Proofs, { signerRoots }: Trust): Promise<Finding> {
  const part = 'signer';
  if (!signer) return { part, result: 'absent', why: 'not_yet' };
  if (record === null) return { part, result: 'absent', why: 'record_deleted' };
  const statement = readRecord(record);
  if (!statement) return { part, result: 'wrong', why: 'record_malformed' };
  if (signer.kind === 'on-paper') return { part, result: 'proven', how: 'signer_on_paper' };
  if (signer.kind === 'agreed-terms')
    return statement.terms
      ? { part, result: 'proven', how: 'signer_agreed_terms' }
      : { part, result: 'wrong', why: 'signer_terms_missing' };
  if (signer.kind === 'before-terms')
    return statement.format === 1 && !statement.terms
      ? { part, result: 'absent', why: 'signed_before_terms' }
      : { part, result: 'wrong', why: 'signer_terms_missing' };
  if (!signerRoots) return { part, result: 'absent', why: 'no_keys' };
  const time = issuedAt(signer.proof);
  if (!time) return { part, result: 'wrong', why: 'signer_answer_malformed' };
  const signed = { content: Buffer.from(record), person: statement.person };
  const defect = await signerProofDefect(signer.proof, signed, signerRoots, time);
  if (defect) return { part, result: 'wrong', why: defect };
  const after = time.getTime() - Date.parse(statement.signedAt);
  if (after < ISSUED_FROM_MS || after > ISSUED_UNTIL_MS)
    return { part, result: 'wrong', why: 'signer_certificate_time' };
  return { part, result: 'proven', how: 'signer_certified', time };
}

function logFinding({ sha256, inclusion }: Proofs, { logVerifiers }: Trust): Finding {
  if (inclusion === null) return { part: 'log', result: 'absent', why: 'not_yet' };
  if (logVerifiers.length === 0) return { part: 'log', result: 'absent', why: 'no_keys' };
  const verified = verifyInclusion(inclusion, logEntryOf('evidence', sha256), logVerifiers);
  if ('defect' in verified) return { part: 'log', result: 'wrong', why: verified.defect };
  return { part: 'log', result: 'proven', how: 'in_log', by: verified.checkpoint.origin };
}
