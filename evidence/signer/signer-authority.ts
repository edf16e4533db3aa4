import { verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { isTrusted } from '../certificates';
import { signDetached } from '../signing/jws';
import type { RawSigner } from '../signing/raw-signer';

/** A signature for which a person's certificate is asked. */
export interface Signing {
  /** UUID. The same one again is the same request, and gets the same certificate. */
  id: string;
  person: { name: string; documentType: string; number: string };
  /** What is signed: its SHA-256 goes to the authority, and nothing else of it. */
  content: Buffer;
  /** SHA-256 of the content, in hexadecimal. */
  hash: string;
  signedAt: string;
}

/** A certificate that was issued for one signature, and that signature. */
export interface SignerProof {
  /** DER in base64: the person's, then those above it. */
  certificates: string[];
  /** Over the content with SHA-256, as the certificate's algorithm writes it; in base64. */
  signature: string;
}

/** A certification authority under licence (电子签名法 art. 16 to 18) that issues a certificate for one signature. */
export interface SignerAuthority {
  /**
   * We assert who signs; the authority makes a key for this signature alone, certifies it and signs.
   * @returns a proof that was verified
   * @throws SignerRefused, SignerAuthorityUnavailable
   */
  certify(signing: Signing): Promise<SignerProof>;
}

/** The authority issues no certificate for this person, and will not later. */
export class SignerRefused extends Error {
  readonly code = 'signer_refused';
}

/** The authority gave nothing that can be used. `code` says why, for logs and histories. */
export class SignerAuthorityUnavailable extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'SignerAuthorityUnavailable';
  }
}

export interface SignerAuthoritySettings {
  /** Requests go to `<url>/certificates`. */
  url: string;
  roots: readonly X509Certificate[];
  /** Our key, which signs the requests. */
  signer: RawSigner;
  timeoutMs: number;
  now: () => Date;
}

const base64 = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(20_000);
const proofSchema = z.strictObject({ certificates: z.array(base64).min(1).max(10), signature: base64 });

const IDENTITY_REFUSED = 422;

const SKEW_MS = 5 * 60_000;

/** The authority at an address that speaks the protocol of docs/sandbox.md. */
export function createSignerAuthority(settings: SignerAuthoritySettings): SignerAuthority {
  return {
    async certify(signing) {
      const proof = await ask(settings, signing);
      const code = await defectOf(proof, signing, settings);
      if (code) throw new SignerAuthorityUnavailable(code);
      return proof;
    },
  };
}

async function ask(
  { url, signer, timeoutMs, now }: SignerAuthoritySettings,
  { id, person, hash, signedAt }: Signing,
): Promise<SignerProof> {
  const { name, documentType, number } = person;
  const request = { id, hash, person: { name, documentType, number }, signedAt };
  const payload = Buffer.from(JSON.stringify(request));
  const jws = await signDetached(signer, payload, now());
  try {
    const response = await fetch(`${url}/certificates`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose' },
      body: jws.replace('..', `.${payload.toString('base64url')}.`),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === IDENTITY_REFUSED) throw new SignerRefused();
    if (!response.ok) throw new SignerAuthorityUnavailable('signer_authority_failed');
    const { data } = proofSchema.safeParse(await response.json());
    if (!data) throw new SignerAuthorityUnavailable('signer_answer_malformed');
    return data;
  } catch (error) {
    if (error instanceof SignerRefused || error instanceof SignerAuthorityUnavailable) throw error;
    throw new SignerAuthorityUnavailable(codeOf(error));
  }
}

function codeOf(error: unknown): string {
  const { name } = Object(error) as { name?: unknown };
  if (name === 'SyntaxError') return 'signer_answer_malformed';
  return name === 'TimeoutError' ? 'signer_authority_timeout' : 'signer_authority_unreachable';
}

/** Why a proof does not prove that this person signed this content; undefined if it does. */
async function defectOf(
  { certificates, signature }: SignerProof,
  { content, person }: Signing,
  { roots, now }: SignerAuthoritySettings,
): Promise<string | undefined> {
  const [own, ...others] = certificates.flatMap(readCertificate);
  if (!own) return 'signer_answer_malformed';
  // The authority's clock may be a little ahead of ours.
  const [at, notBefore] = [now().getTime(), Date.parse(own.validFrom)];
  const checkedAt = new Date(notBefore > at && notBefore - at <= SKEW_MS ? notBefore : at);
  if (own.ca || !(await isTrusted(own, others, roots, checkedAt))) return 'signer_certificate_untrusted';
  if (commonNameOf(own) !== person.name) return 'signer_certificate_of_another';
  const isSigned = verify('sha256', content, own.publicKey, Buffer.from(signature, 'base64'));
  return isSigned ? undefined : 'signer_signature_wrong';
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
