import { createHash } from 'node:crypto';
import { openerOfProven, openIntact } from '../db/evidence/check';
import type { OpenProven } from '../db/evidence/check';
import {
  addSignature,
  addTimeStamp,
  findSeal,
  listIncomplete,
  noteDocuments,
  settleSigner,
} from '../db/evidence/seals';
import type { SignerOutcome } from '../db/evidence/seals';
import type { EvidenceSealRow } from '../db/tables';
import type { EvidenceStatement } from '../domain/evidence';
import { SEALING_ROUND_MS, SIGNER_CERTIFICATE_WAIT_MS, TIME_STAMP_WAIT_MS } from '../domain/limits';
import { evidenceDocumentKinds } from '../domain/evidence-documents';
import { verificationCodeOf } from '../domain/verification-codes';
import { DocumentNotVerified } from '../evidence/documents/document';
import { SignerAuthorityUnavailable, SignerRefused } from '../evidence/signer/signer-authority';
import type { SignerAuthority } from '../evidence/signer/signer-authority';
import { signDetached, verifyDetached } from '../evidence/signing/jws';
import type { RawSigner } from '../evidence/signing/raw-signer';
import type { SigningKeys } from '../evidence/signing/signing-keys';
import { TimeStampUnavailable } from '../evidence/time-stamp/time-stamper';
import type { TimeStamper } from '../evidence/time-stamp/time-stamper';
import { timeIn } from '../evidence/time-stamp/verification';
import type { Dependencies } from './dependencies';
import { makeDocuments } from './documents';
import { failure } from './failures';

/** With what evidence is sealed. */
export interface Sealing {
  signer: RawSigner;
  keys: SigningKeys;
  /** Without an authority there are no time stamps. */
  timeStamper?: TimeStamper;
  /** Without an authority a signature counts by the agreed terms. */
  signerAuthority?: SignerAuthority;
}

export interface EvidenceActivities {
  /**
   * Seals the evidence of a matter's confirmations: our signature, the time stamp over it, the signer's part, and the documents for
   * people. Each is stored as soon as it is there, and one that is there stays. Temporal repeats it until only time stamps are missing whose authority has
   * not answered for TIME_STAMP_WAIT_MS: the sweep looks after these. Where very many have confirmed, it leaves the rest to the next call.
   */
  sealEvidence(p: { matter: string }): Promise<void>;
}

/** Evidence that was proven before anything is signed. */
interface Opened {
  id: string;
  seal: EvidenceSealRow;
  /** The canonical JSON. */
  content: Buffer;
  statement: EvidenceStatement;
}

type Signed = EvidenceSealRow & { jws: string; signed_at: Date };

export function createEvidenceActivities({
  store,
  sealing,
  documents,
  logger,
  now,
}: Pick<Dependencies, 'store' | 'sealing' | 'documents' | 'logger' | 'now'>): EvidenceActivities {
  const { signer, keys, timeStamper, signerAuthority } = sealing;

  /** What we signed was proven when we signed it. For the rest of the seal its matter need not be readable any more. */
  async function open(id: string, openProven: OpenProven, matter: string): Promise<Opened> {
    const seal = await findSeal(store.knex, id);
    const { content, doubt } = isSigned(seal)
      ? await openIntact(store, store.knex, id)
      : await openProven(id);
    if (content === undefined) {
      logger.error('evidence_doubtful', { matter, code: doubt });
      throw failure(doubt);
    }
    const statement = JSON.parse(content) as EvidenceStatement;
    return { id, seal, content: Buffer.from(content), statement };
  }

  async function sign({ id, seal: known, content }: Opened): Promise<Signed> {
    if (isSigned(known)) {
      // What stands in the row is about to be time-stamped for good, whoever wrote it.
      const verified = verifyDetached(known.jws, content, keys);
      if (!verified.valid) throw failure(verified.defect);
      return known;
    }
    const jws = await signDetached(signer, content, now());
    // A key that is not in use, or a device that signs wrongly, is found before anybody relies on it.
    const verified = verifyDetached(jws, content, keys);
    if (!verified.valid) throw failure(verified.defect);
    const { key, signedAt } = verified;
    const seal = await addSignature(store, id, { jws, keyId: key.id, signedAt });
    if (!isSigned(seal)) throw new Error('The signature was not stored.');
    return seal;
  }

  async function stamp({ evidence_id, jws }: Signed, stamper: TimeStamper): Promise<void> {
    const token = await stamper.stamp(createHash('sha256').update(jws).digest());
    const sha256 = createHash('sha256').update(token).digest('hex');
    await addTimeStamp(store, evidence_id, { token, sha256, time: timeIn(token), jws });
  }

  /** @throws SignerAuthorityUnavailable as long as a certificate may still come */
  async function signerOf({ id, content, statement }: Opened): Promise<SignerOutcome> {
    if (statement.kind !== 'face') return { signer: 'on-paper' };
    const signer = statement.terms ? 'agreed-terms' : 'before-terms';
    if (!signerAuthority) return { signer, reason: 'no-authority' };
    const { person, signedAt } = statement;
    if (now().getTime() - Date.parse(signedAt) > SIGNER_CERTIFICATE_WAIT_MS) {
      return { signer, reason: 'authority-unavailable' };
    }
    const hash = createHash('sha256').update(content).digest('hex');
    try {
      const proof = await signerAuthority.certify({ id, person, content, hash, signedAt });
      return { signer: 'certificate', proof };
    } catch (error) {
      if (error instanceof SignerRefused) return { signer, reason: 'authority-refused' };
      throw error;
    }
  }

  return {
    async sealEvidence({ matter }) {
      const failures: unknown[] = [];
      const openProven = openerOfProven(store, store.knex);
      // An authority that is away is not asked again for the next piece.
      const away = new Map<'time-stamp' | 'signer', string>();

      async function seal(id: string): Promise<void> {
        const opened = await open(id, openProven, matter);
        const signed = await sign(opened);
        if (signed.time_stamp === null && timeStamper && !away.has('time-stamp')) {
          await stamp(signed, timeStamper).catch(noteAway);
        }
        if (signed.signer === null && !away.has('signer')) {
          const outcome = await signerOf(opened).catch(noteAway);
          if (outcome) await settleSigner(store, id, outcome);
        }
        const { signer: part, time_stamp, documents_made_at } = await findSeal(store.knex, id);
        const isLate = now().getTime() - signed.signed_at.getTime() > TIME_STAMP_WAIT_MS;
        if (part === null) throw failure(away.get('signer') ?? 'signer_authority_unavailable');
        if (timeStamper && time_stamp === null && !isLate) {
          throw failure(away.get('time-stamp') ?? 'time_stamp_unavailable');
        }
        if (documents_made_at === null) {
          const asked = away.has('time-stamp') ? undefined : timeStamper;
          const making = { store, now, ...documents, signer, keys, timeStamper: asked };
          const made = await makeDocuments(making, {
            evidence: id,
            code: verificationCodeOf(store.pseudonyms.verificationCode(id)),
          }).catch((error: unknown) => {
            throw error instanceof DocumentNotVerified ? failure(error.code) : error;
          });
          // The portrait may have been deleted meanwhile: then the sheet is made without it the next time.
          if (made.length < evidenceDocumentKinds.length) throw failure('documents_incomplete');
          await noteDocuments(store, id, now());
        }
      }

      function noteAway(error: unknown): undefined {
        if (error instanceof TimeStampUnavailable) away.set('time-stamp', error.code);
        else if (error instanceof SignerAuthorityUnavailable) away.set('signer', error.code);
        else throw error;
        logger.warn('sealing_authority_unavailable', { matter, code: error.code });
      }

      const [stamps, began] = [timeStamper !== undefined, now().getTime()];
      for (const id of await listIncomplete(store.knex, matter, { stamps })) {
        // The workflow calls again as long as something is unsealed.
        if (now().getTime() - began > SEALING_ROUND_MS) break;
        await seal(id).catch((error: unknown) => failures.push(error));
      }
      // One piece that can't be sealed holds up no other.
      if (failures.length > 0) throw failures[0];
    },
  };
}

function isSigned(seal: EvidenceSealRow): seal is Signed {
  return seal.jws !== null && seal.signed_at !== null;
}
