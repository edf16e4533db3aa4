import type { SecondFactor } from '../../domain/clerks';
import type { Db } from '../store/store';

/** What a clerk can show beside the password, from `clerks AS c`. */
export const FACTOR_COLUMNS = `
  EXISTS (SELECT 1 FROM clerk_totps AS t WHERE t.clerk_id = c.id) AS has_totp,
  EXISTS (SELECT 1 FROM clerk_passkeys AS p WHERE p.clerk_id = c.id) AS has_passkey,
  EXISTS (SELECT 1 FROM clerk_recovery_codes AS r WHERE r.clerk_id = c.id) AS has_recovery_code`;

export interface FactorColumns {
  has_totp: 0 | 1;
  has_passkey: 0 | 1;
  has_recovery_code: 0 | 1;
}

export function factorsOf({ has_totp, has_passkey, has_recovery_code }: FactorColumns): SecondFactor[] {
  const found: (SecondFactor | false)[] = [
    has_totp === 1 && 'totp',
    has_passkey === 1 && 'passkey',
    has_recovery_code === 1 && 'recovery-code',
  ];
  return found.filter((factor) => factor !== false);
}

/** Locks an account, and with it the clerk's second factors. @returns these; undefined if the account is not active */
export async function lockFactors(within: Db, clerk: string): Promise<SecondFactor[] | undefined> {
  // First the lock, then the look: a row that was read before may have changed.
  const locked = await within('clerks').where({ id: clerk, state: 'active' }).forUpdate().select('id');
  if (locked.length === 0) return undefined;
  const row = await within('clerks AS c')
    .where({ 'c.id': clerk })
    .first<FactorColumns | undefined>(within.raw(FACTOR_COLUMNS));
  return row && factorsOf(row);
}
