import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A signature algorithm, by its name in the IANA registry of RFC 9421. */
type SignatureAlgorithm = 'ed25519' | 'ecdsa-p256-sha256';

/** A public key of a registration system. */
export interface RegistryKey {
  id: string;
  algorithm: SignatureAlgorithm;
  publicKey: KeyObject;
}

/** A registration system and its rights. */
export interface Registry {
  id: string;
  /** Chinese name. The mini-program shows it as the sender of a matter. */
  name: string;
  /** URL that receives events about its matters. */
  callbackUrl: string;
  /** One key, or two during a replacement. */
  keys: readonly RegistryKey[];
  /** Codes of the registration authorities for which it may push. `11` stands for all codes that begin with 11; seven digits and more stand for themselves. */
  authorities: readonly string[];
  /** Kinds of matters it may push. */
  kinds: readonly string[];
}

/** All configured registration systems. */
export interface Registries {
  all: readonly Registry[];
  byId(id: string): Registry | undefined;
  /** The Chinese name; the id itself of a system that is not in the list any more. */
  nameOf(id: string): string;
  byKeyId(keyId: string): { registry: Registry; key: RegistryKey } | undefined;
}

/** The list of registration systems is not usable. `issues` name the places and the errors, and never quote the content. */
class RegistriesError extends Error {
  readonly code = 'registries_unusable';

  constructor(readonly issues: readonly { path: string; code: string }[]) {
    const list = issues.map(({ path, code }) => `${path || 'the file'}: ${code}`).join('; ');
    super(`The list of registration systems (REGISTRIES_FILE) can't be used; correct it. ${list}.`);
    this.name = 'RegistriesError';
  }
}

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'invalid_id');

/** Schema of a registration system's id. */
export const registryIdSchema = id;

const keySchema = z
  .strictObject({ id, algorithm: z.enum(['ed25519', 'ecdsa-p256-sha256']), publicKey: z.string() })
  .transform(({ id, algorithm, publicKey }, context): RegistryKey => {
    const key = readPublicKey(publicKey, algorithm);
    if (key) return { id, algorithm, publicKey: key };
    context.addIssue({ code: 'custom', path: ['publicKey'], message: 'no_public_key_of_this_algorithm' });
    return z.NEVER;
  });

const registrySchema = z.strictObject({
  id,
  name: z.string().regex(/^(?=.*\p{Script=Han})[\p{L}\p{N}（）()·]{2,60}$/u, 'no_chinese_name'),
  callbackUrl: z.string().refine(isCallbackUrl, 'no_http_url'),
  keys: z.array(keySchema).min(1).max(2),
  authorities: z.array(z.string().regex(/^\d{2,12}$/, 'no_authority_code')).min(1),
  kinds: z.array(z.string().regex(/^[a-z][a-z-]{0,31}$/, 'no_kind')).min(1),
});

const fileSchema = z.strictObject({ registries: z.array(registrySchema).min(1) });

/**
 * Reads the list of registration systems (`REGISTRIES_FILE`).
 * @param env in production every callback URL must use https
 * @throws RegistriesError with all issues
 */
export function readRegistries(json: string, env: 'development' | 'production'): Registries {
  const { success, data, error } = fileSchema.safeParse(parseJson(json));
  if (!success) {
    throw new RegistriesError(
      error.issues.map((issue) => ({ path: issue.path.join('.'), code: codeOf(issue) })),
    );
  }
  const { registries } = data;
  const keys = registries.flatMap((registry, at) =>
    registry.keys.map((key, keyAt) => ({ registry, key, path: `registries.${at}.keys.${keyAt}` })),
  );
  const issues = [
    ...registries.flatMap(({ callbackUrl }, at) =>
      env === 'production' && !/^https:/i.test(callbackUrl)
        ? [{ path: `registries.${at}.callbackUrl`, code: 'no_https_url' }]
        : [],
    ),
    ...repeated(registries.map(({ id }, at) => [`registries.${at}.id`, id])),
    // The key id alone must identify the signer, and a key that two systems share identifies neither.
    ...repeated(keys.map(({ key, path }) => [`${path}.id`, key.id])),
    ...repeated(
      keys.map(({ key, path }) => [
        `${path}.publicKey`,
        key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      ]),
    ),
  ];
  if (issues.length > 0) throw new RegistriesError(issues);
  const registryOfId = new Map(registries.map((registry) => [registry.id, registry]));
  const ownerOfKeyId = new Map(keys.map((owned) => [owned.key.id, owned]));
  return {
    all: registries,
    byId: (id) => registryOfId.get(id),
    nameOf: (id) => registryOfId.get(id)?.name ?? id,
    byKeyId: (keyId) => ownerOfKeyId.get(keyId),
  };
}

/** Whether the registration system may push a matter of this kind for this registration authority. */
export function mayPush(registry: Registry, matter: { authority: string; kind: string }): boolean {
  return registry.kinds.includes(matter.kind) && servesAuthority(registry, matter.authority);
}

/** Whether the registration system speaks for this registration authority. */
export function servesAuthority({ authorities }: Registry, authority: string): boolean {
  // More than six digits are one authority, as in the scopes of clerks.
  return authorities.some((code) => (code.length > 6 ? authority === code : authority.startsWith(code)));
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new RegistriesError([{ path: '', code: 'not_json' }]);
  }
}

function codeOf({ code, message }: { code: string; message: string }): string {
  if (code === 'unrecognized_keys') return 'unknown_field';
  return /^[a-z_]+$/.test(message) ? message : 'missing_or_invalid';
}

/** An issue for each place whose text also occurs at an earlier place. */
function repeated(places: [path: string, text: string][]): { path: string; code: string }[] {
  const texts = places.map(([, text]) => text);
  return places.flatMap(([path, text], at) =>
    texts.indexOf(text) < at ? [{ path, code: 'duplicate' }] : [],
  );
}

function isCallbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password && !hash;
}

function readPublicKey(pem: string, algorithm: SignatureAlgorithm): KeyObject | undefined {
  // Node also accepts a private key and derives the public key from it. A private key must not be in this file.
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) return undefined;
  try {
    const key = createPublicKey(pem);
    return algorithmOf(key) === algorithm ? key : undefined;
  } catch {
    return undefined;
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SignatureAlgorithm | undefined {
  if (asymmetricKeyType === 'ed25519') return 'ed25519';
  return asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ecdsa-p256-sha256' : undefined;
}
