import { timingSafeEqual } from 'node:crypto';
import { createVerifier, httpbis } from 'http-message-signatures';
import type { Registries, Registry, RegistryKey } from './registries';
import { refuse } from './signature-error';
import { readSignatureInput } from './signature-input';
import { SIGNATURE_LABEL, coveredComponents, digestMember } from './signature-profile';

/** A request as it came in. */
export interface ReceivedRequest {
  method: string;
  /** The target URI as the sender sees it: our public URL, then path and query as they came. */
  url: string;
  /** Node's `headersDistinct`: its `headers` drop or join what was sent twice. */
  headers: NodeJS.Dict<string[]>;
  /** Reads the bytes as they came; undefined if there are none. It is called once everything else is in order. */
  body?: () => Promise<Buffer>;
}

/** Who sent a request, and what marks it as a repeat. */
export interface VerifiedRequest {
  registry: Registry;
  keyId: string;
  /** The caller must refuse a nonce that this key has used before. */
  nonce: string;
  /** Until when the nonce must be remembered: after that this signature is refused anyway. */
  expires: Date;
}

const SIGNATURE = new RegExp(`^${SIGNATURE_LABEL}=:[A-Za-z0-9+/]+={0,2}:$`);

/**
 * Which registration system sent a request. Only a signature over all of it counts, made within 300 seconds of `now` by
 * our clock. Whether it was seen before is left to the caller.
 * @throws SignatureError
 */
export async function verifyRequest(
  { method, url, headers, body }: ReceivedRequest,
  registries: Registries,
  now: Date,
): Promise<VerifiedRequest> {
  const hasBody = body !== undefined;
  const input = only(headers, 'signature-input') ?? refuse('signature_missing');
  const signature = only(headers, 'signature') ?? refuse('signature_missing');
  const digest = hasBody ? (only(headers, 'content-digest') ?? refuse('digest_missing')) : '';
  const type = hasBody ? (only(headers, 'content-type') ?? refuse('signature_components')) : '';

  if (!SIGNATURE.test(signature)) refuse('signature_malformed');
  const { keyid, alg, nonce, expires } = readSignatureInput(input, {
    components: coveredComponents(hasBody),
    at: now,
  });
  const { registry, key } = registries.byKeyId(keyid) ?? refuse('signature_key_unknown');
  if (alg !== key.algorithm) refuse('signature_algorithm');

  const covered = { 'content-digest': digest, 'content-type': type };
  const message = { method, url, headers: { signature, 'signature-input': input, ...covered } };
  if (!(await isSignedBy(key, message))) refuse('signature_invalid');
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
      // The library would look at a clock of its own; the times were checked before.
      { keyLookup: async () => verifier, tolerance: Infinity },
      message,
    );
    return verified === true;
  } catch {
    // Base64 that stands for nothing is all that it can still stumble over.
    return refuse('signature_malformed');
  }
}

function checkDigest(digest: string, body: Buffer): void {
  const [given, another] = digest
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member.startsWith('sha-256='))
    .map((member) => Buffer.from(member));
  if (!given) return refuse('digest_missing');
  const actual = Buffer.from(digestMember(body));
  if (another || given.length !== actual.length || !timingSafeEqual(given, actual)) refuse('digest_mismatch');
}

/** The value of a header that must not stand twice. */
function only(headers: NodeJS.Dict<string[]>, name: string): string | undefined {
  const [value, another] = headers[name] ?? [];
  return another === undefined ? value : refuse('signature_malformed');
}
