import { verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { isTrusted } from '../certificates';

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
  | 'signer_certificate_of_another'
  | 'signer_signature_wrong';

/** When the certificate of a proof begins to be valid, and so when it was issued at the earliest. */
export function issuedAt({ certificates }: SignerProof): Date | undefined {
  const [own] = certificates.flatMap(readCertificate);
  return own && new Date(own.validFrom);
}

/**
 * Why a proof does not prove that this person signed this content; undefined if it does.
 * @param name as the certificate has to name the person
 * @param at when every certificate on the path to a root has to be valid
 */
export async function signerProofDefect(
  { certificates, signature }: SignerProof,
  { content, name }: { content: Buffer; name: string },
  roots: readonly X509Certificate[],
  at: Date,
): Promise<SignerProofDefect | undefined> {
  const [own, ...others] = certificates.flatMap(readCertificate);
  if (!own) return 'signer_answer_malformed';
  if (own.ca || !(await isTrusted(own, others, roots, at))) return 'signer_certificate_untrusted';
  if (commonNameOf(own) !== name) return 'signer_certificate_of_another';
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

function commonNameOf({ subject }: X509Certificate): string | undefined {
  return subject
    .split('\n')
    .find((line) => line.startsWith('CN='))
    ?.slice('CN='.length);
}
