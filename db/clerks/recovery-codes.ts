import { randomBytes } from 'node:crypto';
import type { Pseudonyms } from '../../platform/pseudonyms';
import { spelled } from '../../platform/secrets';
import type { Db } from '../store/store';

const COUNT = 10;

/** 60 random bits. */
const newCode = () => spelled(randomBytes(12)).replace(/^(.{4})(.{4})/, '$1-$2-');

const asKept = (pseudonyms: Pseudonyms, clerk: string, code: string) =>
  pseudonyms.recoveryCode(clerk, code.toLowerCase().replaceAll(/[\s-]/g, ''));

/** Replaces all of a clerk's recovery codes. @returns the new ones, which are stored nowhere */
export async function replaceRecoveryCodes(
  pseudonyms: Pseudonyms,
  within: Db,
  clerk: string,
): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode);
  await within('clerk_recovery_codes').where({ clerk_id: clerk }).delete();
  await within('clerk_recovery_codes').insert(
    codes.map((code) => ({ clerk_id: clerk, code_hash: asKept(pseudonyms, clerk, code) })),
  );
  return codes;
}

/** Uses up a recovery code. @returns false if the clerk has no such code any more */
export async function takeRecoveryCode(
  pseudonyms: Pseudonyms,
  within: Db,
  clerk: string,
  code: string,
): Promise<boolean> {
  const code_hash = asKept(pseudonyms, clerk, code);
  return (await within('clerk_recovery_codes').where({ clerk_id: clerk, code_hash }).delete()) > 0;
}
