import { randomBytes } from 'node:crypto';
import type { Pseudonyms } from '../../platform/pseudonyms';
import { spelled } from '../../platform/secrets';

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
