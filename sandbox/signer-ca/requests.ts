import { verify, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const keysSchema = z.object({ keys: z.array(z.object({ id: z.string(), certificates: z.string() })) });
const headerSchema = z.object({ alg: z.literal('ES256'), kid: z.string(), iat: z.number() });

const SKEW_S = 300;

/** The public keys in the list of the product's signing keys, by their ids. */
export function readSigningKeys(file: string): Map<string, KeyObject> {
  const { keys } = keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(keys.map(({ id, certificates }) => [id, new X509Certificate(certificates).publicKey]));
}

/** The payload of a compact JWS, if it was signed just now by one of the keys. */
export function verifiedRequest(jws: string, keys: Map<string, KeyObject>): string | undefined {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const decode = (part: string) => Buffer.from(part, 'base64url');
  try {
    const { kid, iat } = headerSchema.parse(JSON.parse(decode(header).toString()));
    const publicKey = keys.get(kid);
    const isNow = Math.abs(Date.now() / 1000 - iat) <= SKEW_S;
    const key = publicKey && { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
    const signed = Buffer.from(`${header}.${payload}`);
    const isSigned = key && verify('sha256', signed, key, decode(signature));
    return isNow && isSigned ? decode(payload).toString() : undefined;
  } catch {
    return undefined;
  }
}
