import { Secret, TOTP } from 'otpauth';

// RFC 6238 with the values that every authenticator app knows.
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 };
// A clock may be off by so many periods in either direction.
const WINDOW = 1;

/** The form of a code. */
export const TOTP_CODE = /^\d{6}$/;

/** A new secret of 160 bits, in Base32 as people type it into an app. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an app scans to take a secret over. */
export function totpUri(secret: string, { issuer, login }: { issuer: string; login: string }): string {
  return new TOTP({ ...SETTINGS, issuer, label: login, secret: Secret.fromBase32(secret) }).toString();
}

/**
 * The period of a code that is right now or was a period ago or will be in one, counted from 1970; undefined if the code is wrong.
 * Codes are compared in constant time.
 */
export function periodOfTotp(secret: string, code: string, now: Date): number | undefined {
  const totp = new TOTP({ ...SETTINGS, secret: Secret.fromBase32(secret) });
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : totp.counter({ timestamp }) + delta;
}
