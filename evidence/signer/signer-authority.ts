import type { X509Certificate } from 'node:crypto';
import { readBounded } from '../bounded-answer';
import { signDetached } from '../signing/jws';
import type { RawSigner } from '../signing/raw-signer';
import { issuedAt, signerProofDefect, signerProofSchema } from './signer-proof';
import type { SignerProof } from './signer-proof';

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

const REFUSED = 422;
/** The code of a refusal that is about the person. Any other is about the request, and may be over later. */
const IDENTITY_REFUSED = 'identity_refused';

// Ten certificates and a signature have some 30 KB.
const MOST_BYTES = 300_000;

const SKEW_MS = 5 * 60_000;

/** The authority at an address that speaks the protocol of docs/sandbox.md. */
export function createSignerAuthority(settings: SignerAuthoritySettings): SignerAuthority {
  /** Now, or a little later: the authority's clock may be ahead of ours. */
  const checkedAt = (proof: SignerProof): Date => {
    const [at, notBefore = at] = [settings.now(), issuedAt(proof)];
    return notBefore > at && notBefore.getTime() - at.getTime() <= SKEW_MS ? notBefore : at;
  };
  return {
    async certify(signing) {
      const proof = await ask(settings, signing);
      const { content, person } = signing;
      const code = await signerProofDefect(proof, { content, person }, settings.roots, checkedAt(proof));
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
    const answer = (await readBounded(response, MOST_BYTES))?.toString();
    if (response.status === REFUSED && answer === IDENTITY_REFUSED) throw new SignerRefused();
    if (!response.ok) throw new SignerAuthorityUnavailable('signer_authority_failed');
    const { data } = signerProofSchema.safeParse(JSON.parse(answer ?? ''));
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
