import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Key, KeyRing } from './key-ring';

/** The secret of one owner (a journey, a portrait, a piece of evidence). Dropping its wrapped form makes all it sealed unreadable. */
export interface DataKey {
  readonly bytes: Buffer;
}

/**
 * Envelope encryption: a wrapping key of the key ring seals data keys, a data key seals values. What is sealed is bound to
 * its `context`, such as `journey:<owner>:<column>`, so that a blob copied to another row or column can't be opened there.
 * Another algorithm (SM4) takes another version byte and stands behind the same interface.
 */
export interface Encryption {
  createDataKey(context: string): { key: DataKey; wrapped: Buffer; wrappingKeyId: string };
  /** @throws EncryptionError `wrapping_key_unknown`, `sealed_value_unreadable` */
  openDataKey(wrapped: Buffer, wrappingKeyId: string, context: string): DataKey;
  /** Seals a value as JSON. @throws EncryptionError `value_not_json` */
  seal(key: DataKey, context: string, value: unknown): Buffer;
  /** @throws EncryptionError `sealed_value_unreadable` */
  open<T>(key: DataKey, context: string, sealed: Buffer): T;
  sealBytes(key: DataKey, context: string, bytes: Buffer): Buffer;
  /** @throws EncryptionError `sealed_value_unreadable` */
  openBytes(key: DataKey, context: string, sealed: Buffer): Buffer;
}

const sentences = {
  sealed_value_unreadable: 'A sealed value was changed, or belongs to another key or place.',
  wrapping_key_unknown: 'A data key was wrapped by a key that is not in the key ring; put that key back.',
  value_not_json: 'This value has no JSON form and cannot be sealed.',
};

/** Says that sealing or opening failed, never of what. */
export class EncryptionError extends Error {
  constructor(readonly code: keyof typeof sentences) {
    super(sentences[code]);
    this.name = 'EncryptionError';
  }
}

// Sealed: version, IV, ciphertext, tag. Random 96-bit IVs are safe for 2^32 uses of a key (NIST SP 800-38D §8.3); a data key
// seals some dozens, a wrapping key one per owner.
const AES_256_GCM = 1;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under the wrapping keys of `ring`. */
export function createEncryption(ring: KeyRing): Encryption {
  const sealBytes: Encryption['sealBytes'] = (key, context, bytes) => encrypt(key.bytes, context, bytes);
  const openBytes: Encryption['openBytes'] = (key, context, sealed) => decrypt(key.bytes, context, sealed);
  return {
    createDataKey(context) {
      const [current] = ring.wrapping;
      const bytes = randomBytes(KEY_BYTES);
      const wrapped = encrypt(current.bytes, wrappingContext(current, context), bytes);
      return { key: { bytes }, wrapped, wrappingKeyId: current.id };
    },
    openDataKey(wrapped, wrappingKeyId, context) {
      const wrapping = ring.wrapping.find(({ id }) => id === wrappingKeyId);
      if (!wrapping) throw new EncryptionError('wrapping_key_unknown');
      return { bytes: decrypt(wrapping.bytes, wrappingContext(wrapping, context), wrapped) };
    },
    seal(key, context, value) {
      return sealBytes(key, context, Buffer.from(toJson(value)));
    },
    open<T>(key: DataKey, context: string, sealed: Buffer): T {
      return fromJson(openBytes(key, context, sealed)) as T;
    },
    sealBytes,
    openBytes,
  };
}

function wrappingContext(wrapping: Key, context: string): string {
  return `data-key:${wrapping.id}:${context}`;
}

function encrypt(key: Buffer, context: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(associated(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([AES_256_GCM]), iv, body, cipher.getAuthTag()]);
}

function decrypt(key: Buffer, context: string, sealed: Buffer): Buffer {
  if (sealed.length < 1 + IV_BYTES + TAG_BYTES || sealed[0] !== AES_256_GCM) {
    throw new EncryptionError('sealed_value_unreadable');
  }
  const iv = sealed.subarray(1, 1 + IV_BYTES);
  const body = sealed.subarray(1 + IV_BYTES, -TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    .setAAD(associated(context))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw new EncryptionError('sealed_value_unreadable');
  }
}

function associated(context: string): Buffer {
  return Buffer.concat([Buffer.from([AES_256_GCM]), Buffer.from(context)]);
}

function toJson(value: unknown): string {
  try {
    // Its type hides that it gives undefined for what has no JSON form.
    const json = JSON.stringify(value) as string | undefined;
    if (json !== undefined) return json;
  } catch {
    // A loop or a big integer. JSON.stringify's own error would name the properties.
  }
  throw new EncryptionError('value_not_json');
}

function fromJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    // Sealed as bytes, opened as a value. JSON.parse's own error would quote the plain text.
    throw new EncryptionError('sealed_value_unreadable');
  }
}
