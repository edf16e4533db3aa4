import { hasRight, mayServe } from '../../domain/clerks';
import type { ClerkRight } from '../../domain/clerks';
import { CLERK_COLUMNS, clerkOf } from './clerks';
import type { ClerkRow } from './clerks';
import type { Db } from '../store/store';
import { authoritiesOf } from '../decisions/stuck';

/**
 * Whether a clerk may do this about a journey now: the account is active, with a password that only its owner knows, its role has the
 * right, and its scope covers the journey. The account can't be disabled until the transaction ends.
 */
export async function isClerkAuthorised(
  db: Db,
  clerk: string,
  right: ClerkRight,
  journey: string,
): Promise<boolean> {
  const row = await db('clerks AS c')
    .where({ 'c.id': clerk, 'c.state': 'active', 'c.must_change_password': 0 })
    .forShare()
    .first<ClerkRow | undefined>(db.raw(CLERK_COLUMNS));
  if (!row || !hasRight(row.role, right)) return false;
  const { scope } = clerkOf(row);
  return (await authoritiesOf(db, journey)).some((authority) => mayServe(scope, authority));
}
