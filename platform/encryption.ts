import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Key, KeyRing } from './key-ring';

/** The secret key of one owner (a journey, a portrait, a piece of evidence). If its wrapped form is deleted, its sealed values are unreadable. */
export interface DataKey {
  readonly bytes: Buffer;
}

/**
 * Envelope encryption: a wrapping key of the key ring seals data keys, and a data key seals values. A sealed value is bound to its
 * `context`, such as `journey:<owner>:<column>`. A copy in another row or column cannot be opened. Another algorithm (SM4) would get
 * another version byte behind the same interface.
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

const messages = {
  sealed_value_unreadable: 'A sealed value was changed, or it belongs to another key or context.',
  wrapping_key_unknown: 'A data key was wrapped with a key that is not in the key ring; put that key back.',
  value_not_json: 'This value has no JSON form and cannot be sealed.',
};

/** Sealing or opening failed. The error does not quote the value. */
export class EncryptionError extends Error {
  constructor(readonly code: keyof typeof messages) {
    super(messages[code]);
    this.name = 'EncryptionError';
  }
}

// A sealed value consists of version, IV, ciphertext and tag. Random 96-bit IVs are safe for 2^32 uses of a key (NIST SP 800-38D
// §8.3). A data key seals a few dozen values, and a wrapping key seals one data key per owner.
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
    // The declared type is wrong: JSON.stringify returns undefined for a value without a JSON form.
    const json = JSON.stringify(value) as string | undefined;
    if (json !== undefined) return json;
  } catch {
    // A cycle or a big integer. JSON.stringify's own error would name the properties.
  }
  throw new EncryptionError('value_not_json');
}

function fromJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    // The value was sealed as bytes. JSON.parse's own error would quote the plain text.
    throw new EncryptionError('sealed_value_unreadable');
  }
}
