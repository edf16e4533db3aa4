import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

// Signed notes (c2sp.org/signed-note) with Ed25519.

/** Files of keys can't be used. The error does not quote them. */
class LogKeyError extends Error {
  readonly code = 'log_key_unusable';

  constructor(variable: string) {
    super(`${variable} must name a file with one or more Ed25519 keys in PEM.`);
    this.name = 'LogKeyError';
  }
}

/** A key that signs notes under a name. */
export interface NoteSigner {
  sign(text: string): string;
  /** The text that makes a verifier of the key: `name+hash+key`. */
  verifierKey: string;
}

/** A key that is trusted for a name. */
export interface NoteVerifier {
  name: string;
  keyId: Buffer;
  key: KeyObject;
  verifierKey: string;
}

const ED25519 = 1;
const PEM = /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g;
// Of an Ed25519 key in SPKI, what stands before its 32 bytes never differs (RFC 8410).
const KEY_BYTES = 32;

/** @param pem private keys, one after the other @throws LogKeyError */
export function noteSigners(pem: string, name: string): NoteSigner[] {
  return keysIn(pem, createPrivateKey, 'TLOG_SIGNING_KEY_FILE').map((key) => {
    const { keyId, verifierKey } = verifierOf(createPublicKey(key), name);
    return {
      verifierKey,
      sign: (text) =>
        `— ${name} ${Buffer.concat([keyId, sign(null, Buffer.from(text), key)]).toString('base64')}\n`,
    };
  });
}

/** @param pem public keys, one after the other @throws LogKeyError */
export function noteVerifiers(pem: string, name: string): NoteVerifier[] {
  return keysIn(pem, createPublicKey, 'TLOG_PUBLIC_KEYS_FILE').map((key) => verifierOf(key, name));
}

function keysIn(pem: string, read: (one: string) => KeyObject, variable: string): KeyObject[] {
  try {
    const keys = (pem.match(PEM) ?? []).map((one) => read(one));
    if (keys.length > 0 && keys.every(({ asymmetricKeyType }) => asymmetricKeyType === 'ed25519'))
      return keys;
  } catch {
    // The error below says as much as the error of `node:crypto`.
  }
  throw new LogKeyError(variable);
}

function verifierOf(key: KeyObject, name: string): NoteVerifier {
  const bytes = key.export({ type: 'spki', format: 'der' }).subarray(-KEY_BYTES);
  const typed = Buffer.concat([Buffer.of(ED25519), bytes]);
  const keyId = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return { name, keyId, key, verifierKey: `${name}+${keyId.toString('hex')}+${typed.toString('base64')}` };
}

/** A note with the signatures of all signers. @param text ends with a newline */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  return `${text}\n${signers.map((signer) => signer.sign(text)).join('')}`;
}

/** The text of a note that one of the verifiers has signed. Signatures by other keys are passed over. @returns undefined if none has */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): string | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map(readSignature);
  // A note with a line that is no signature is no note.
  if (signatures.includes(undefined)) return undefined;
  const isSigned = signatures.some((signature) =>
    verifiers.some(
      ({ name, keyId, key }) =>
        signature?.name === name &&
        signature.keyId.equals(keyId) &&
        verify(null, Buffer.from(text), key, signature.bytes),
    ),
  );
  return isSigned ? text : undefined;
}

function readSignature(line: string): { name: string; keyId: Buffer; bytes: Buffer } | undefined {
  const [, name, base64 = ''] = /^— ([^ +]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
  const decoded = Buffer.from(base64, 'base64');
  if (name === undefined || decoded.length < 5) return undefined;
  return { name, keyId: decoded.subarray(0, 4), bytes: decoded.subarray(4) };
}
