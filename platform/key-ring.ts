import { z } from 'zod';

/** Secret bytes under a public id. */
export interface Key {
  /** Stored with each value that this key wrapped, so that the value can be opened after the key was replaced. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/** All master keys of an installation. Each key has one use. No key may equal another or be derived from it. */
export interface KeyRing {
  /** Wrap data keys (encryption.ts). The first key is current; the others only open data keys that they wrapped earlier. */
  readonly wrapping: readonly [Key, ...Key[]];
  /** Prove commands to journeys (command-proof.ts). The first key is current; the others only verify earlier proofs. */
  readonly commands: readonly [Key, ...Key[]];
  /** Hash persons, accounts and all other identifiers (pseudonyms.ts). A replacement of such a key changes all its hashes. */
  readonly person: Key;
  readonly account: Key;
  readonly identifier: Key;
}

/** The key ring is not usable. `issues` name the places and the errors, and never quote the content. */
export class KeyRingError extends Error {
  readonly code = 'key_ring_unusable';

  constructor(readonly issues: readonly { path: string; code: string }[]) {
    const list = issues.map(({ path, code }) => `${path || 'the file'}: ${code}`).join('; ');
    super(`The key ring (KEYS_FILE) can't be used; correct it and start again. ${list}.`);
    this.name = 'KeyRingError';
  }
}

const KEY_BYTES = 32;

const keySchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  key: z.string().refine(isCanonicalKey),
});

/** The current key, then older keys. */
const keysSchema = z.tuple([keySchema], keySchema);

const ringSchema = z.strictObject({
  wrapping: keysSchema,
  commands: keysSchema,
  person: keySchema,
  account: keySchema,
  identifier: keySchema,
});

/**
 * Reads the key ring's JSON (`KEYS_FILE`); each key is base64 of 32 bytes.
 * @throws KeyRingError with all issues. Production also rejects keys whose id starts with `embedded-`. The start script makes such
 *   keys for local use and stores them next to the data that they protect.
 */
export function readKeyRing(json: string, env: 'development' | 'production'): KeyRing {
  const parsed = ringSchema.safeParse(parseJson(json));
  if (!parsed.success) {
    throw new KeyRingError(
      parsed.error.issues.map(({ path, code }) => ({ path: path.join('.'), code: codeOf(path, code) })),
    );
  }
  const { wrapping, commands, person, account, identifier } = parsed.data;
  const entries = [
    ...wrapping.map((entry, index) => ({ path: `wrapping.${index}`, ...entry })),
    ...commands.map((entry, index) => ({ path: `commands.${index}`, ...entry })),
    { path: 'person', ...person },
    { path: 'account', ...account },
    { path: 'identifier', ...identifier },
  ];
  const issues = entries.flatMap(({ path, id, key }, index) => {
    const before = entries.slice(0, index);
    return [
      ...(before.some((other) => other.id === id) ? [{ path: `${path}.id`, code: 'duplicate_id' }] : []),
      ...(before.some((other) => other.key === key) ? [{ path: `${path}.key`, code: 'duplicate_key' }] : []),
      ...(env === 'production' && /^embedded-/i.test(id)
        ? [{ path: `${path}.id`, code: 'embedded_key' }]
        : []),
    ];
  });
  if (issues.length > 0) throw new KeyRingError(issues);
  return {
    wrapping: keysOf(wrapping),
    commands: keysOf(commands),
    person: keyOf(person),
    account: keyOf(account),
    identifier: keyOf(identifier),
  };
}

// The error of `JSON.parse` quotes the text around the mistake, and that text may be a key.
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new KeyRingError([{ path: '', code: 'not_json' }]);
  }
}

// Node ignores characters that are not base64, so several texts can encode the same bytes. Only the canonical text is a key.
function isCanonicalKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === text;
}

function codeOf(path: readonly PropertyKey[], zodCode: string): string {
  if (zodCode === 'custom') return 'not_base64_of_32_bytes';
  if (path.at(-1) === 'id') return 'invalid_id';
  return zodCode === 'unrecognized_keys' ? 'unknown_field' : 'missing_or_invalid';
}

function keysOf([current, ...older]: z.infer<typeof keysSchema>): readonly [Key, ...Key[]] {
  return [keyOf(current), ...older.map(keyOf)];
}

function keyOf({ id, key }: z.infer<typeof keySchema>): Key {
  return { id, bytes: Buffer.from(key, 'base64') };
}
