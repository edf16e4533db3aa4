import { randomBytes } from 'node:crypto';
import type { Pseudonyms } from '../../platform/pseudonyms';

// 32 letters and digits that nobody takes for one another: five bits each.
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyz';

const spelled = (bytes: Buffer) => Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** 80 random bits. */
export function newOneTimePassword(): string {
  return spelled(randomBytes(16));
}

/**
 * Of a password that two admins give, each knows one half, so that neither can sign in with it: its proposer this one, which is
 * stored nowhere. 60 bits.
 */
export function proposersHalf(pseudonyms: Pseudonyms, act: string): string {
  return spelled(Buffer.from(pseudonyms.oneTimeHalf(act), 'hex').subarray(0, 12));
}

/** And its approver this one. 60 bits. */
export function newApproversHalf(): string {
  return spelled(randomBytes(12));
}
