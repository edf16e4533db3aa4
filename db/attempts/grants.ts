import { GRANTED_ATTEMPTS_PER_DAY } from '../../domain/limits';
import { shanghaiDay } from '../../domain/shanghai-time';
import { lockOwners } from './attempts';
import type { Db } from '../store/store';

/**
 * Attempts on top of the limits, for the present day in China, for this person with this account: what is granted to one person
 * buys an account nothing with another.
 * @returns whether that many could still be granted
 */
export async function grantAttempts(
  db: Db,
  grant: { id: string; personKey: string; account: string; attempts: number },
  now: Date,
): Promise<boolean> {
  const { id, personKey, account, attempts } = grant;
  const day = shanghaiDay(now);
  await lockOwners(db, [account, personKey]);
  const [row] = await db('attempt_grants')
    .where({ person_key: personKey, day })
    .select<{ granted: string | null }[]>(db.raw('SUM(attempts) AS granted'));
  if (Number(row?.granted ?? 0) + attempts > GRANTED_ATTEMPTS_PER_DAY) return false;
  await db('attempt_grants').insert({ id, person_key: personKey, account, day, attempts, granted_at: now });
  return true;
}
