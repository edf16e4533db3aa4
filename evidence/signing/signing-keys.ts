import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A key of ours that signs evidence, now or in the past. */
export interface SigningKey {
  /** `kid` of RFC 7515. */
  id: string;
  publicKey: KeyObject;
  /** DER, the key's own certificate first. */
  certificates: readonly Buffer[];
  /** What it signed before this time does not count, */
  from: Date;
  /** nor what it signed at this time or later. */
  until: Date;
}

/** All keys that have ever signed evidence. A retired one stays, so that what it signed can be verified. */
export interface SigningKeys {
  all: readonly SigningKey[];
  byId(id: string): SigningKey | undefined;
}

/** The list of signing keys is not usable. `issues` name the places and the errors, and never quote the content. */
export class SigningKeysError extends Error {
  readonly code = 'signing_keys_unusable';

  constructor(readonly issues: readonly { path: string; code: string }[]) {
    const list = issues.map(({ path, code }) => `${path || 'the file'}: ${code}`).join('; ');
    super(`The list of signing keys (SIGNING_KEYS_FILE) can't be used; correct it and start again. ${list}.`);
    this.name = 'SigningKeysError';
  }
}

// Whole seconds, as a JWS and a JWK Set name times.
const time = z.iso.datetime({ precision: 0, error: 'not_a_time' }).transform((text) => new Date(text));

const keySchema = z
  .strictObject({
    id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'invalid_id'),
    /** PEM, the key's own first, each signed by the next. */
    certificates: z.string().transform((pem, context) => {
      const chain = readChain(pem);
      if (chain) return chain;
      context.addIssue({ code: 'custom', message: 'no_chain_of_certificates' });
      return z.NEVER;
    }),
    from: time,
    until: time.optional(),
  })
  .transform(({ id, certificates: [own, ...others], from, until }, context): SigningKey => {
    const expiry = new Date(own.validTo);
    const issue = (path: string, message: string) => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (own.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') issue('certificates', 'not_p256');
    if (from < new Date(own.validFrom)) issue('from', 'before_certificate');
    if (until && until > expiry) issue('until', 'after_certificate');
    if ((until ?? expiry) <= from) issue('until', 'not_after_from');
    const certificates = [own, ...others].map(({ raw }) => raw);
    return { id, publicKey: own.publicKey, certificates, from, until: until ?? expiry };
  });

const fileSchema = z.strictObject({ keys: z.array(keySchema).min(1) });

/**
 * Reads the list of signing keys (`SIGNING_KEYS_FILE`). Nothing in it is secret. Without `until` a key may sign until its certificate
 * expires.
 * @param env production also rejects ids that start with `embedded-`, which the start script makes for local use
 * @throws SigningKeysError with all issues
 */
export function readSigningKeys(json: string, env: 'development' | 'production'): SigningKeys {
  const { success, data, error } = fileSchema.safeParse(parseJson(json));
  if (!success) {
    throw new SigningKeysError(
      error.issues.map(({ path, code, message }) => ({
        path: path.join('.'),
        code: code === 'unrecognized_keys' ? 'unknown_field' : codeOf(message),
      })),
    );
  }
  const { keys } = data;
  const issues = keys.flatMap((key, at) => {
    const before = keys.slice(0, at);
    const path = `keys.${at}`;
    return [
      ...(before.some(({ id }) => id === key.id) ? [{ path: `${path}.id`, code: 'duplicate' }] : []),
      ...(before.some((other) => spkiOf(other.publicKey) === spkiOf(key.publicKey))
        ? [{ path: `${path}.certificates`, code: 'duplicate' }]
        : []),
      ...(env === 'production' && /^embedded-/i.test(key.id)
        ? [{ path: `${path}.id`, code: 'embedded_key' }]
        : []),
    ];
  });
  if (issues.length > 0) throw new SigningKeysError(issues);
  return { all: keys, byId: (id) => keys.find((key) => key.id === id) };
}

/**
 * What two objects of the same public key have in common. `KeyObject.equals` leaves an error of OpenSSL behind if the keys are of
 * different types (Node 20), and the next key that is read then fails by it.
 */
export function spkiOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('hex');
}

/** Whether what the key signs at this time counts. */
export function isLive({ from, until }: SigningKey, at: Date): boolean {
  return at >= from && at < until;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new SigningKeysError([{ path: '', code: 'not_json' }]);
  }
}

function codeOf(message: string): string {
  return /^[a-z0-9_]+$/.test(message) ? message : 'missing_or_invalid';
}

function readChain(pem: string): [X509Certificate, ...X509Certificate[]] | undefined {
  const texts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    const [own, ...others] = texts.map((text) => new X509Certificate(text));
    const chain = own && [own, ...others];
    const isChain = chain?.every((one, at) => {
      const issuer = chain[at + 1];
      return !issuer || (one.checkIssued(issuer) && one.verify(issuer.publicKey));
    });
    return own && isChain ? [own, ...others] : undefined;
  } catch {
    return undefined;
  }
}
