import { randomUUID } from 'node:crypto';
import { recordAction } from './actions';
import { addClerk, lockActiveAdmins } from './clerks';
import type { NewClerk } from './new-account';
import type { Db } from '../store/store';

/** From the first admin on, accounts are made by admins. */
class AdminPresentError extends Error {
  readonly code = 'admin_present';

  constructor() {
    super(
      'No account was added: there is an active admin. Have the accounts made by the admins, with POST /api/clerk/clerks.',
    );
    this.name = 'AdminPresentError';
  }
}

/**
 * Makes the accounts of a system without an active admin, all or none, and leaves those alone that are there already. It is recorded
 * without a clerk who did it.
 * @returns how many were made
 * @throws AdminPresentError if one is missing and there is an active admin
 */
export async function addFirstClerks(db: Db, clerks: readonly NewClerk[], now: Date): Promise<number> {
  return await db.transaction(async (within) => {
    const admins = await lockActiveAdmins(within);
    const logins = clerks.map(({ login }) => login);
    const there = await within('clerks').whereIn('login', logins).select('login');
    const missing = clerks.filter(({ login }) => !there.some((known) => known.login === login));
    if (missing.length > 0 && admins.length > 0) throw new AdminPresentError();
    let count = 0;
    for (const clerk of missing) {
      const id = await addClerk(within, clerk, now);
      // Twice in the list.
      if (id === undefined) continue;
      const subject = { kind: 'clerk' as const, id };
      const requestId = randomUUID();
      await recordAction(within, { action: 'add-first-clerk', subject, result: 'done', requestId }, now);
      count += 1;
    }
    return count;
  });
}
