import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The stored form of a token. It does not reveal the token, and the duration of a look-up by it reveals nothing about other tokens. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Derives another token for a purpose. Only a holder of the first token can compute it. */
export function derivedToken(token: string, purpose: string): string {
  return createHmac('sha256', token).update(purpose).digest('base64url');
}

/** Whether `candidate` equals the secret, compared in constant time. */
export function isSecret(candidate: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(candidate), hash(secret));
}

/** Whether the header value is `Bearer ` followed by this secret. */
export function hasBearerToken(authorization: string, secret: string): boolean {
  return isSecret(authorization, `Bearer ${secret}`);
}

// 32 letters and digits that nobody takes for one another: five bits each.
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyz';

/** Bytes as letters and digits that people read and type; five bits of each byte. */
export function spelled(bytes: Buffer): string {
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
