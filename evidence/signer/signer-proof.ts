import { verify, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { z } from 'zod';
import { isTrusted, parsed } from '../certificates';

const base64 = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(20_000);

export const signerProofSchema = z.strictObject({
  certificates: z.array(base64).min(1).max(10).describe('DER: the person’s, then those above it'),
  signature: base64.describe('over the content with SHA-256, as the certificate’s algorithm writes it'),
});

/** A certificate that was issued for one signature, and that signature. */
export type SignerProof = z.infer<typeof signerProofSchema>;

export type SignerProofDefect =
  | 'signer_answer_malformed'
  | 'signer_certificate_untrusted'
  /** It is not for signatures by which a person commits themselves. */
  | 'signer_certificate_purpose'
  | 'signer_certificate_of_another'
  | 'signer_signature_wrong';

const OID = { commonName: '2.5.4.3', serialNumber: '2.5.4.5', keyUsage: '2.5.29.15' } as const;

/** When the certificate of a proof begins to be valid, and so when it was issued at the earliest. */
export function issuedAt({ certificates }: SignerProof): Date | undefined {
  const [own] = certificates.flatMap(readCertificate);
  return own && new Date(own.validFrom);
}

/**
 * Why a proof does not prove that this person signed this content; undefined if it does.
 * @param person as the certificate has to name them: by the name, and by the number of the document, which tells people of one name apart
 * (`serialNumber`: RFC 3739, section 3.1.2)
 * @param at when every certificate on the path to a root has to be valid
 */
export async function signerProofDefect(
  { certificates, signature }: SignerProof,
  { content, person }: { content: Buffer; person: { name: string; number: string } },
  roots: readonly X509Certificate[],
  at: Date,
): Promise<SignerProofDefect | undefined> {
  const [own, ...others] = certificates.flatMap(readCertificate);
  if (!own) return 'signer_answer_malformed';
  if (own.ca || !(await isTrusted(own, others, roots, at))) return 'signer_certificate_untrusted';
  if (!isForCommitment(own)) return 'signer_certificate_purpose';
  const isOfPerson =
    nameOf(own, OID.commonName) === person.name && nameOf(own, OID.serialNumber) === person.number;
  if (!isOfPerson) return 'signer_certificate_of_another';
  return isSigned(content, own, signature) ? undefined : 'signer_signature_wrong';
}

/** False also for a key of a kind that signs no hash, such as Ed25519. */
function isSigned(content: Buffer, { publicKey }: X509Certificate, signature: string): boolean {
  try {
    return verify('sha256', content, publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function readCertificate(text: string): X509Certificate[] {
  try {
    return [new X509Certificate(Buffer.from(text, 'base64'))];
  } catch {
    return [];
  }
}

/** An attribute of the subject that is there once. */
function nameOf(certificate: X509Certificate, oid: string): string | undefined {
  const found = parsed(certificate).subject.typesAndValues.filter(({ type }) => type === oid);
  return found.length === 1 ? found[0]?.value.valueBlock.value : undefined;
}

/** RFC 5280, section 4.2.1.3: nonRepudiation, now called contentCommitment, is the second bit of the key usage. */
function isForCommitment(certificate: X509Certificate): boolean {
  const usage = parsed(certificate).extensions?.find(({ extnID }) => extnID === OID.keyUsage);
  const bits: unknown = usage?.parsedValue;
  return bits instanceof asn1js.BitString && ((bits.valueBlock.valueHexView[0] ?? 0) & 0x40) !== 0;
}
