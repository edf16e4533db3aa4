import { timingSafeEqual } from 'node:crypto';
import { createVerifier, httpbis } from 'http-message-signatures';
import type { Registries, Registry, RegistryKey } from './registries';
import { rejectSignature } from './signature-error';
import type { SignatureErrorCode, SignatureIssue } from './signature-error';
import { EXPECTED_ALGORITHMS, placeOf, readSignatureInput } from './signature-input';
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

const SIGNATURE = new RegExp(`^${SIGNATURE_LABEL}=:([A-Za-z0-9+/]+={0,2}):$`);
// Of both algorithms (RFC 8032; RFC 9421 §3.3.4).
const SIGNATURE_BYTES = 64;

const expectedHeaders = {
  'signature-input': 'what the signature covers, and its parameters (RFC 9421)',
  signature: `${SIGNATURE_LABEL}=:<Base64 of ${SIGNATURE_BYTES} bytes>:, for ECDSA r and s of 32 bytes each (IEEE P1363), not DER`,
  'content-digest': 'sha-256=:<Base64 of the 32 bytes of SHA-256 over the body>:',
  'content-type': 'the media type of the body, also among the covered components',
};
type SigningHeader = keyof typeof expectedHeaders;

const issueOf = (path: SigningHeader, code: SignatureIssue['code']): SignatureIssue => ({
  ...{ path, code, expected: expectedHeaders[path] },
});

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
  const needed = (name: SigningHeader, code: SignatureErrorCode) =>
    only(headers, name) ?? rejectSignature(code, issueOf(name, 'missing'));
  const input = needed('signature-input', 'signature_missing');
  const signature = needed('signature', 'signature_missing');
  const digest = hasBody ? needed('content-digest', 'digest_missing') : '';
  const type = hasBody ? needed('content-type', 'signature_components') : '';

  const [, base64 = ''] =
    SIGNATURE.exec(signature) ?? rejectSignature('signature_malformed', issueOf('signature', 'wrong_form'));
  const { keyid, alg, nonce, expires } = readSignatureInput(input, {
    components: coveredComponents(hasBody),
    at: now,
  });
  const { registry, key } =
    registries.byKeyId(keyid) ??
    rejectSignature('signature_key_unknown', {
      path: placeOf('keyid'),
      code: 'unknown',
      expected: 'the id of a key that is registered here',
    });
  if (alg !== key.algorithm) {
    rejectSignature('signature_algorithm', {
      path: placeOf('alg'),
      code: 'mismatch',
      expected: EXPECTED_ALGORITHMS,
    });
  }

  const covered = { 'content-digest': digest, 'content-type': type };
  const message = { method, url, headers: { signature, 'signature-input': input, ...covered } };
  if (!(await isSignedBy(key, message))) {
    const hasRightSize = Buffer.from(base64, 'base64').length === SIGNATURE_BYTES;
    rejectSignature(
      'signature_invalid',
      hasRightSize ? mismatchIssue(url) : issueOf('signature', 'wrong_form'),
    );
  }
  if (body) checkDigest(digest, await body());
  return { registry, keyId: key.id, nonce, expires: new Date(expires * 1000) };
}

/** Mostly another address was signed: that of a proxy, or `http`. */
function mismatchIssue(url: string): SignatureIssue {
  const lines = 'the lines of signature-input in their order';
  const target = `where @target-uri is ${new URL(url).origin} with path and query as sent`;
  const expected = `a signature by the private key of keyid over ${lines}, ${target}`;
  return { path: 'signature', code: 'mismatch', expected };
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
    // After the checks above, only invalid Base64 and an ECDSA signature in DER make the library throw.
    return rejectSignature('signature_malformed', issueOf('signature', 'wrong_form'));
  }
}

const DIGEST = /^sha-256=:([A-Za-z0-9+/]{43}=):$/;

function checkDigest(digest: string, body: Buffer): void {
  const [given, another] = digest
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member.startsWith('sha-256='))
    .map((member) => Buffer.from(member));
  if (!given) return rejectSignature('digest_missing', issueOf('content-digest', 'missing'));
  if (another) return rejectSignature('digest_mismatch', issueOf('content-digest', 'repeated'));
  const actual = Buffer.from(digestMember(body));
  if (given.length !== actual.length || !timingSafeEqual(given, actual)) {
    const code = DIGEST.test(given.toString()) ? 'mismatch' : 'wrong_form';
    rejectSignature('digest_mismatch', issueOf('content-digest', code));
  }
}

/** The value of a header that must not occur twice. */
function only(headers: NodeJS.Dict<string[]>, name: SigningHeader): string | undefined {
  const [value, another] = headers[name] ?? [];
  return another === undefined ? value : rejectSignature('signature_malformed', issueOf(name, 'repeated'));
}
