import { timingSafeEqual } from 'node:crypto';
import { createVerifier, httpbis } from 'http-message-signatures';
import type { Registries, Registry, RegistryKey } from './registries';
import { rejectSignature } from './signature-error';
import { readSignatureInput } from './signature-input';
import { SIGNATURE_LABEL, coveredComponents, digestMember } from './signature-profile';

/** A received request, before verification. */
export interface ReceivedRequest {
  method: string;
  /** The target URI as the sender sees it: our public URL, then the unchanged path and query. */
  url: string;
  /** Node's `headersDistinct`. Node's `headers` drops or joins repeated headers. */
  headers: NodeJS.Dict<string[]>;
  /** Reads the unchanged bytes of the body; undefined if there is no body. It is called only after all other checks. */
  body?: () => Promise<Buffer>;
}

/** The sender of a verified request, and the nonce that reveals a repetition. */
export interface VerifiedRequest {
  registry: Registry;
  keyId: string;
  /** The caller must reject a nonce that was already used with this key. */
  nonce: string;
  /** The caller must store the nonce until this time. Later the signature has expired and is rejected for that reason. */
  expires: Date;
}

const SIGNATURE = new RegExp(`^${SIGNATURE_LABEL}=:[A-Za-z0-9+/]+={0,2}:$`);

/**
 * Verifies the signature of a request and returns the registration system that sent it. The signature must cover the whole request
 * and must be valid at `now` (see readSignatureInput). The caller must check that the nonce is new.
 * @throws SignatureError
 */
export async function verifyRequest(
  { method, url, headers, body }: ReceivedRequest,
  registries: Registries,
  now: Date,
): Promise<VerifiedRequest> {
  const hasBody = body !== undefined;
  const input = only(headers, 'signature-input') ?? rejectSignature('signature_missing');
  const signature = only(headers, 'signature') ?? rejectSignature('signature_missing');
  const digest = hasBody ? (only(headers, 'content-digest') ?? rejectSignature('digest_missing')) : '';
  const type = hasBody ? (only(headers, 'content-type') ?? rejectSignature('signature_components')) : '';

  if (!SIGNATURE.test(signature)) rejectSignature('signature_malformed');
  const { keyid, alg, nonce, expires } = readSignatureInput(input, {
    components: coveredComponents(hasBody),
    at: now,
  });
  const { registry, key } = registries.byKeyId(keyid) ?? rejectSignature('signature_key_unknown');
  if (alg !== key.algorithm) rejectSignature('signature_algorithm');

  const covered = { 'content-digest': digest, 'content-type': type };
  const message = { method, url, headers: { signature, 'signature-input': input, ...covered } };
  if (!(await isSignedBy(key, message))) rejectSignature('signature_invalid');
  if (body) checkDigest(digest, await body());
  return { registry, keyId: key.id, nonce, expires: new Date(expires * 1000) };
}

async function isSignedBy(
  key: RegistryKey,
  message: { method: string; url: string; headers: Record<string, string> },
): Promise<boolean> {
  const verifier = {
    id: key.id,
    algs: [key.algorithm],
    verify: createVerifier(key.publicKey, key.algorithm),
  };
  try {
    const verified = await httpbis.verifyMessage(
      // The library would use its own clock. readSignatureInput has already checked the times.
      { keyLookup: async () => verifier, tolerance: Infinity },
      message,
    );
    return verified === true;
  } catch {
    // After the checks above, only invalid Base64 makes the library throw.
    return rejectSignature('signature_malformed');
  }
}

function checkDigest(digest: string, body: Buffer): void {
  const [given, another] = digest
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member.startsWith('sha-256='))
    .map((member) => Buffer.from(member));
  if (!given) return rejectSignature('digest_missing');
  const actual = Buffer.from(digestMember(body));
  if (another || given.length !== actual.length || !timingSafeEqual(given, actual))
    rejectSignature('digest_mismatch');
}

/** The value of a header that must not occur twice. */
function only(headers: NodeJS.Dict<string[]>, name: string): string | undefined {
  const [value, another] = headers[name] ?? [];
  return another === undefined ? value : rejectSignature('signature_malformed');
}
