import { X509Certificate } from 'node:crypto';
import type { NoteVerifier } from '../log/note';
import { jwksSchema } from '../signing/jwks';
import type { SigningKeys } from '../signing/signing-keys';
import type { TimeStampTrust } from '../time-stamp/verification';

/** What a verifier believes in: our keys, and the roots of authorities. What it was not given, it can't verify. */
export interface Trust {
  keys: SigningKeys;
  /** Of the transparency log. */
  logVerifiers: readonly NoteVerifier[];
  timeStamp?: TimeStampTrust;
  signerRoots?: readonly X509Certificate[];
}

/**
 * Our public keys from a JWK Set, such as `/.well-known/jwks.json`. A key whose certificate is for another key is left out.
 * @throws ZodError if it is no JWK Set of ours
 */
export function keysOfJwks(jwks: unknown): SigningKeys {
  const all = jwksSchema.parse(jwks).keys.flatMap(({ kid, x, y, nbf, exp, x5c }) => {
    const certificates = x5c.map((base64) => Buffer.from(base64, 'base64'));
    const [own] = certificates;
    if (!own) return [];
    const { publicKey } = new X509Certificate(own);
    const certified = publicKey.export({ format: 'jwk' });
    if (certified.x !== x || certified.y !== y) return [];
    return [{ id: kid, publicKey, certificates, from: new Date(nbf * 1000), until: new Date(exp * 1000) }];
  });
  return { all, byId: (id) => all.find((key) => key.id === id) };
}
