import { verify } from 'node:crypto';
import { z } from 'zod';
import type { RawSigner } from './raw-signer';
import { isLive } from './signing-keys';
import type { SigningKey, SigningKeys } from './signing-keys';

/** Why a JWS does not prove its payload. */
type JwsDefect =
  /** It is not a compact serialisation with a detached payload and our header. */
  | 'jws_malformed'
  | 'key_unknown'
  /** By its own time it was signed before the key was in use, or after it was retired. */
  | 'key_not_live'
  | 'signature_wrong';

export type JwsVerification =
  { valid: true; key: SigningKey; signedAt: Date } | { valid: false; defect: JwsDefect };

/** `iat` is the time of signing in whole seconds since 1970, with the meaning of RFC 7519, section 4.1.6. */
const headerSchema = z.strictObject({
  alg: z.literal('ES256'),
  iat: z.int().min(0),
  kid: z.string(),
});

/**
 * Signs a payload: JWS (RFC 7515) with ES256 (RFC 7518), compact, with a detached payload (RFC 7515, appendix F): the middle part is
 * empty, and a verifier fills in the base64url of the bytes that it was given.
 */
export async function signDetached(signer: RawSigner, payload: Buffer, at: Date): Promise<string> {
  const header = base64url(
    JSON.stringify({ alg: signer.alg, iat: Math.floor(at.getTime() / 1000), kid: signer.kid }),
  );
  const signature = await signer.sign(signingInput(header, payload));
  return `${header}..${base64url(signature)}`;
}

/** Verifies signature, key, and that the key was in use when it signed. */
export function verifyDetached(jws: string, payload: Buffer, keys: SigningKeys): JwsVerification {
  const [header, middle, signature, ...rest] = jws.split('.');
  const isCompact = header !== undefined && middle === '' && signature !== undefined && rest.length === 0;
  const read = isCompact ? readHeader(header) : undefined;
  const bytes = signature === undefined ? undefined : decoded(signature);
  if (!isCompact || !read || bytes?.length !== 64) return { valid: false, defect: 'jws_malformed' };
  const key = keys.byId(read.kid);
  if (!key) return { valid: false, defect: 'key_unknown' };
  const { publicKey } = key;
  const isSigned = verify(
    'sha256',
    signingInput(header, payload),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    bytes,
  );
  if (!isSigned) return { valid: false, defect: 'signature_wrong' };
  const signedAt = new Date(read.iat * 1000);
  return isLive(key, signedAt) ? { valid: true, key, signedAt } : { valid: false, defect: 'key_not_live' };
}

function signingInput(header: string, payload: Buffer): Buffer {
  return Buffer.from(`${header}.${base64url(payload)}`, 'ascii');
}

function readHeader(header: string): z.infer<typeof headerSchema> | undefined {
  try {
    return headerSchema.safeParse(JSON.parse(decoded(header)?.toString() ?? '')).data;
  } catch {
    return undefined;
  }
}

function base64url(bytes: string | Buffer): string {
  return Buffer.from(bytes).toString('base64url');
}

/** Node reads several texts as the same bytes; only one of them is the encoding. */
function decoded(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
