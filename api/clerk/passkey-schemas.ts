import { z } from 'zod';

// What pages and authenticators exchange (WebAuthn Level 3, 5.1.8 to 5.1.10). Of what comes in, more is in it than is used.

const base64url = z.string().regex(/^[\w-]{1,8192}$/, 'wrong_form');
const credentialId = z.string().regex(/^[\w-]{1,1364}$/, 'wrong_form');
const transports = z.array(z.string().max(20, 'too_big')).max(10, 'too_big').optional();

const credential = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
});

/** A passkey that a browser has made. */
export const registrationSchema = credential
  .extend({
    response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports }),
  })
  .transform((made) => ({ ...made, clientExtensionResults: {} }));

/** What a passkey has signed. */
export const assertionSchema = credential
  .extend({
    response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
  })
  .transform((signed) => ({ ...signed, clientExtensionResults: {} }));

const publicKey = z.literal('public-key');
const named = z.strictObject({ type: publicKey, id: z.string(), transports: z.array(z.string()) });
const options = z.strictObject({
  challenge: z.string().describe('base64url'),
  timeout: z.int().describe('milliseconds'),
});

/** What a page gives to `navigator.credentials.create`. */
export const creationSchema = options
  .extend({
    rp: z.strictObject({ id: z.string(), name: z.string() }),
    user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.strictObject({ type: publicKey, alg: z.int() })),
    excludeCredentials: z.array(named),
    authenticatorSelection: z.strictObject({
      residentKey: z.literal('discouraged'),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyCreation' });

/** What a page gives to `navigator.credentials.get`. */
export const requestSchema = options
  .extend({
    rpId: z.string(),
    allowCredentials: z.array(named),
    userVerification: z.literal('required'),
  })
  .meta({ id: 'PasskeyRequest' });
