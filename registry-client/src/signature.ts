import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomUUID,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

// HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530), in the one form that both sides use: one signature `sig1` over
// "@method", "@target-uri" and, with a body, "content-digest" and "content-type"; created, expires, nonce, keyid and alg.

/** Longest time from `created` to `expires`, and largest difference of the clocks of both sides, in seconds. */
const LIFETIME_S = 300;

/** A request as it is sent. */
export interface Message {
  method: string;
  /** The whole URL, as the receiver is addressed. */
  url: string;
  body?: Buffer;
  /** Media type of the body. */
  mediaType?: string;
}

/** A key of this registration system, under the id by which it is registered. */
export interface SigningKey {
  id: string;
  /** Ed25519 or ECDSA P-256, PKCS #8 in PEM. */
  privateKey: string;
}

/** A key by which callbacks are signed. */
export interface CallbackKey {
  id: string;
  /** Ed25519 or ECDSA P-256, SPKI in PEM. */
  publicKey: string;
}

/** The headers that sign a request; each call makes a new nonce. */
export function signedHeaders(
  { method, url, body, mediaType }: Message,
  key: SigningKey,
  now: Date,
): Record<string, string> {
  const privateKey = createPrivateKey(key.privateKey);
  const created = Math.floor(now.getTime() / 1000);
  const content: Record<string, string> = body
    ? { 'content-digest': digestOf(body), 'content-type': mediaType ?? 'application/json' }
    : {};
  const values = { '@method': method, '@target-uri': new URL(url).href, ...content };
  const covered = Object.keys(values);
  const parameters = [
    `created=${created}`,
    `expires=${created + LIFETIME_S}`,
    `nonce="${randomUUID()}"`,
    `keyid="${key.id}"`,
    `alg="${algorithmOf(privateKey)}"`,
  ];
  const input = `(${covered.map((name) => `"${name}"`).join(' ')});${parameters.join(';')}`;
  const base = Buffer.from(baseOf(covered, values, input));
  const signature = sign(hashOf(privateKey), base, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return {
    ...content,
    'signature-input': `sig1=${input}`,
    signature: `sig1=:${signature.toString('base64')}:`,
  };
}

/** Why a callback is not believed. */
export type CallbackDefect =
  | 'signature_missing'
  | 'signature_malformed'
  | 'signature_components'
  | 'signature_lifetime'
  | 'signature_expired'
  | 'signature_not_yet_valid'
  | 'signature_key_unknown'
  | 'signature_algorithm'
  | 'signature_invalid'
  | 'digest_mismatch'
  | 'nonce_replayed'
  | 'body_malformed';

/** A callback that did not come from the identity check, or was changed or repeated on its way. */
export class CallbackRejected extends Error {
  constructor(readonly code: CallbackDefect) {
    super(`The callback is not believed (${code}).`);
    this.name = 'CallbackRejected';
  }
}

/** A signature that is right, and what makes its repetition visible. */
export interface Verified {
  keyId: string;
  nonce: string;
  /** From then on the signature is rejected for its age. */
  expires: Date;
}

const FORM = /^sig1=(\(([^()]*)\)((?:;[a-z]+=(?:\d{1,12}|"[ !#-[\]-~]*"))*))$/;
const SIGNATURE = /^sig1=:([A-Za-z0-9+/]{86}==):$/;
const COVERED = ['@method', '@target-uri', 'content-digest', 'content-type'];
const PARAMETERS = ['created', 'expires', 'nonce', 'keyid', 'alg'];

/**
 * Verifies the signature, the times and the digest of a callback. Whether its nonce is new is the caller's to find out.
 * @param url of the receiver, as the sender addresses it
 * @throws CallbackRejected
 */
export function verifySignature(
  {
    method,
    url,
    headers,
    body,
  }: { method: string; url: string; headers: NodeJS.Dict<string[]>; body: Buffer },
  keys: readonly CallbackKey[],
  now: Date,
): Verified {
  const header = (name: string, otherwise: CallbackDefect) => {
    const [value, another] = headers[name] ?? [];
    if (another !== undefined) throw new CallbackRejected('signature_malformed');
    return value ?? reject(otherwise);
  };
  const input = header('signature-input', 'signature_missing');
  const [, base64 = ''] =
    SIGNATURE.exec(header('signature', 'signature_missing')) ?? reject('signature_malformed');
  const [, signed = '', components = '', written = ''] = FORM.exec(input) ?? reject('signature_malformed');
  const parameters = readParameters(written);
  const covered = components.split(' ').map((name) => name.slice(1, -1));
  const isCovered = COVERED.every((name) => components.split(' ').includes(`"${name}"`));
  if (!isCovered || covered.length > COVERED.length) reject('signature_components');
  checkTimes(parameters, now);
  const key = keys.find(({ id }) => id === parameters.keyid) ?? reject('signature_key_unknown');
  const publicKey = createPublicKey(key.publicKey);
  if (parameters.alg !== algorithmOf(publicKey)) reject('signature_algorithm');
  const digest = header('content-digest', 'signature_components');
  const values = {
    ...{ '@method': method, '@target-uri': new URL(url).href, 'content-digest': digest },
    'content-type': header('content-type', 'signature_components'),
  };
  const isRight = verify(
    hashOf(publicKey),
    Buffer.from(baseOf(covered, values, signed)),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(base64, 'base64'),
  );
  if (!isRight) reject('signature_invalid');
  const [given, actual] = [Buffer.from(digest), Buffer.from(digestOf(body))];
  if (given.length !== actual.length || !timingSafeEqual(given, actual)) reject('digest_mismatch');
  return { keyId: key.id, nonce: parameters.nonce, expires: new Date(parameters.expires * 1000) };
}

function reject(code: CallbackDefect): never {
  throw new CallbackRejected(code);
}

/** The covered lines (RFC 9421, 2.5). */
function baseOf(covered: readonly string[], values: Record<string, string>, parameters: string): string {
  const lines = covered.map((name) => `"${name}": ${values[name] ?? ''}`);
  return [...lines, `"@signature-params": ${parameters}`].join('\n');
}

interface Parameters {
  created: number;
  expires: number;
  nonce: string;
  keyid: string;
  alg: string;
}

function readParameters(written: string): Parameters {
  const pairs = [...written.matchAll(/;([a-z]+)=(?:(\d+)|"([^"]*)")/g)];
  const texts = new Map(pairs.map(([, name = '', , text]) => [name, text]));
  const numbers = new Map(pairs.map(([, name = '', number]) => [name, number]));
  const text = (name: string) => texts.get(name) ?? reject('signature_malformed');
  const number = (name: string) => Number(numbers.get(name) ?? reject('signature_malformed'));
  // Each once, and no other.
  if (pairs.length !== PARAMETERS.length) reject('signature_malformed');
  return {
    ...{ created: number('created'), expires: number('expires') },
    ...{ nonce: text('nonce'), keyid: text('keyid'), alg: text('alg') },
  };
}

function checkTimes({ created, expires }: Parameters, now: Date): void {
  const seconds = now.getTime() / 1000;
  if (expires < created || expires > created + LIFETIME_S) reject('signature_lifetime');
  if (seconds > expires) reject('signature_expired');
  if (seconds < created - LIFETIME_S) reject('signature_not_yet_valid');
}

/** @returns the Content-Digest of a body */
function digestOf(body: Buffer): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  if (asymmetricKeyType === 'ed25519') return 'ed25519';
  if (asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ecdsa-p256-sha256';
  throw new TypeError('The key must be an Ed25519 or ECDSA P-256 key.');
}

const hashOf = ({ asymmetricKeyType }: KeyObject) => (asymmetricKeyType === 'ed25519' ? null : 'sha256');
