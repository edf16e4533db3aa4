import type { InclusionDefect } from '../log/inclusion';
import type { SignerProofDefect } from '../signer/signer-proof';
import type { JwsDefect } from '../signing/jws';
import type { TimeStampDefect } from '../time-stamp/verification';
import type { PdfDefect } from './signed-pdf';

/** What can be proven of a confirmation, and from what. */
export const provenParts = [
  'document',
  'record',
  'signature',
  'time-stamp',
  'signer',
  'log',
  'portrait',
] as const;

export type ProvenPart = (typeof provenParts)[number];

/** Why a part does not match. */
export type Mismatch =
  | PdfDefect
  | JwsDefect
  | TimeStampDefect
  | SignerProofDefect
  | InclusionDefect
  /** The record is not what its hash was made of. */
  | 'record_altered'
  | 'record_malformed'
  /** The bundle names another number than its record. */
  | 'number_differs'
  /** It was stamped when the key that signed it was in use no more: a stolen key may have signed it. */
  | 'stamped_after_key'
  /** We have published no such checkpoint: the log was rolled back, or is another. */
  | 'checkpoint_not_published'
  /** The record names another picture. */
  | 'portrait_differs'
  /** The database has another token than the one whose hash it keeps. */
  | 'time_stamp_altered'
  /** The certificate was not issued when the person signed. */
  | 'signer_certificate_time'
  /** The record has no terms under which the signature would count. */
  | 'signer_terms_missing'
  /** We have never made such a record or document. */
  | 'not_ours';

/** Why a part is not there, which is nothing against the rest. */
export type Absence =
  /** It is added later: an authority was away, or it is on its way into the log. */
  | 'not_yet'
  /** What was given has no such part. */
  | 'not_given'
  /** The verifier was not given the keys for it. */
  | 'no_keys'
  /** The person signed by hand before there were terms to agree to. The signature is in the record. */
  | 'signed_before_terms'
  /** The record was deleted when its time was over. */
  | 'record_deleted';

/** What is known of one part. */
export type Finding = { part: ProvenPart } & (
  | { result: 'proven'; how: Proof; time?: Date; by?: string }
  | { result: 'absent'; why: Absence }
  | { result: 'wrong'; why: Mismatch }
);

/** What a part proves. */
export type Proof =
  | 'document_signed'
  | 'document_stamped'
  | 'record_intact'
  | 'record_signed'
  | 'time_stamped'
  | 'signer_certified'
  | 'signer_agreed_terms'
  | 'signer_on_paper'
  | 'in_log'
  | 'portrait_named';

/** The whole: `wrong` if one part is, `genuine` if the record or document is signed by us and nothing is wrong, `open` otherwise. */
export type Conclusion = 'genuine' | 'wrong' | 'open';

export function conclusionOf(findings: readonly Finding[]): Conclusion {
  if (findings.some(({ result }) => result === 'wrong')) return 'wrong';
  return findings.some((one) => one.result === 'proven' && ours.has(one.how)) ? 'genuine' : 'open';
}

const ours: ReadonlySet<Proof> = new Set(['document_signed', 'document_stamped', 'record_signed']);
