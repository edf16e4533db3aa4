import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, which nobody guesses. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: whoever reads it can't show the token, and a look-up by it takes a time that tells nothing about tokens. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Another token that only who has this one can know, by what it is for. */
export function derivedToken(token: string, purpose: string): string {
  return createHmac('sha256', token).update(purpose).digest('base64url');
}

/** Whether what was shown is the secret; how long that takes tells nothing about it. */
export function isSecret(shown: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(shown), hash(secret));
}

/** Whether `Authorization: Bearer …` carries this secret. */
export function hasBearerToken(authorization: string, secret: string): boolean {
  return isSecret(authorization, `Bearer ${secret}`);
}
