import { z } from 'zod';
import type { SigningKey, SigningKeys } from './signing-keys';

const jwkSchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  alg: z.literal('ES256'),
  use: z.literal('sig'),
  nbf: z.int().describe('what the key signed before this time does not count; seconds since 1970'),
  exp: z.int().describe('nor what it signed at this time or later'),
  x5c: z.array(z.string()).describe('its certificate, and those above it'),
});

/** A JWK Set (RFC 7517). `nbf` and `exp` are the JWK parameters that OpenID Federation 1.0, section 8.7, registered with IANA. */
export const jwksSchema = z.strictObject({ keys: z.array(jwkSchema) }).meta({ id: 'JwkSet' });

/** Our public keys, also those that sign no more: with the time in which each signed. */
export function jwksOf({ all }: SigningKeys): z.infer<typeof jwksSchema> {
  return { keys: all.map(jwkOf) };
}

function jwkOf({ id, publicKey, certificates, from, until }: SigningKey): z.infer<typeof jwkSchema> {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return {
    ...{ kty: 'EC', crv: 'P-256', x, y, kid: id, alg: 'ES256', use: 'sig' },
    nbf: from.getTime() / 1000,
    exp: until.getTime() / 1000,
    x5c: certificates.map((der) => der.toString('base64')),
  };
}
