import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/** The parts of a request that both sides see. */
export interface Message {
  method: string;
  url: string;
  body?: string | Buffer;
  /** Media type of the body; JSON unless given. */
  mediaType?: string;
}

const LIFETIME_S = 300;

/** Signature headers of a request (RFC 9421) over method, target and body; the body's digest follows RFC 9530. */
export function signedHeaders(
  { method, url, body, mediaType = 'application/json' }: Message,
  { keyId, privateKey }: { keyId: string; privateKey: string },
  { skewSeconds = 0, nonce = randomBytes(16).toString('base64url') } = {},
): Record<string, string> {
  const created = Math.floor(Date.now() / 1000) + skewSeconds;
  const digest = body === undefined ? undefined : digestOf(body);
  const covered = body === undefined ? '("@method" "@target-uri")' : COVERED_WITH_BODY;
  const parameters = `${covered};created=${created};expires=${created + LIFETIME_S};nonce="${nonce}";keyid="${keyId}";alg="ed25519"`;
  const base = baseOf({ method, url, digest, type: mediaType }, parameters);
  const signature = sign(null, Buffer.from(base), createPrivateKey(privateKey)).toString('base64');
  return {
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${signature}:`,
    ...(digest !== undefined && { 'content-digest': digest, 'content-type': mediaType }),
  };
}

const COVERED_WITH_BODY = '("@method" "@target-uri" "content-digest" "content-type")';

function digestOf(body: string | Buffer): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

function baseOf(
  { method, url, digest, type }: { method: string; url: string; digest?: string; type?: string },
  parameters: string,
): string {
  return [
    `"@method": ${method}`,
    `"@target-uri": ${url}`,
    ...(digest === undefined ? [] : [`"content-digest": ${digest}`, `"content-type": ${type ?? ''}`]),
    `"@signature-params": ${parameters}`,
  ].join('\n');
}

/** Checks callbacks: signature over the whole request, times, and a new nonce. The result is the code of a defect, or undefined. */
export function createVerifier({ keyId, publicKey }: { keyId: string; publicKey: string }) {
  const nonces = new Set<string>();
  return (message: Message, headers: Record<string, string | undefined>): string | undefined => {
    const [, parameters = ''] = /^sig1=(.+)$/.exec(headers['signature-input'] ?? '') ?? [];
    const [, signature] = /^sig1=:([A-Za-z0-9+/=]+):$/.exec(headers.signature ?? '') ?? [];
    if (!signature) return 'signature_missing';
    if (!parameters.startsWith(`${COVERED_WITH_BODY};`)) return 'signature_components';
    const value = (name: string) => new RegExp(`;${name}="?([^";]+)"?`).exec(parameters)?.[1] ?? '';
    if (value('keyid') !== keyId) return 'signature_key_unknown';
    const now = Date.now() / 1000;
    if (Math.abs(Number(value('created')) - now) > LIFETIME_S || Number(value('expires')) < now)
      return 'signature_time';
    const digest = headers['content-digest'] ?? '';
    const base = baseOf({ ...message, digest, type: headers['content-type'] }, parameters);
    const isOurs = verify(
      null,
      Buffer.from(base),
      createPublicKey(publicKey),
      Buffer.from(signature, 'base64'),
    );
    if (!isOurs) return 'signature_invalid';
    const [actual, expected] = [Buffer.from(digest), Buffer.from(digestOf(message.body ?? ''))];
    if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return 'digest_mismatch';
    if (nonces.has(value('nonce'))) return 'nonce_replayed';
    nonces.add(value('nonce'));
    return undefined;
  };
}
