import {
  FAILURES_RETENTION_MS,
  loginThrottle,
  pauseMs,
  networkThrottle,
} from '../../domain/sign-in-throttle';
import type { Db } from '../store/store';

/** The owner for whom a try is counted, as a pseudonym. */
export interface Counted {
  /** A login together with a network, a device or a session. */
  place: string;
  /** The login from wherever; without one the place alone is counted. */
  login?: string;
}

/**
 * Counts a try before its password is looked at, so that many at once are as slow as one after the other.
 * @returns undefined if the password may be looked at; else when the next one may
 */
export async function countTry(db: Db, counted: Counted, now: Date): Promise<Date | undefined> {
  const paces = [
    ...(counted.login === undefined ? [] : [{ key: counted.login, pace: loginThrottle }]),
    { key: counted.place, pace: networkThrottle },
  ];
  const expires_at = new Date(now.getTime() + FAILURES_RETENTION_MS);
  return await db.transaction(async (within) => {
    const tries = () => within('sign_in_tries');
    // Locks them too: the login's first, then the place's, as everybody does.
    await tries()
      .insert(paces.map(({ key }) => ({ key, failures: 0, free_at: now, expires_at })))
      .onConflict()
      .merge(['key']);
    const rows = await tries().whereIn(
      'key',
      paces.map(({ key }) => key),
    );
    const freeAt = new Date(Math.max(...rows.map((row) => row.free_at.getTime())));
    if (freeAt > now) return freeAt;
    for (const { key, pace } of paces) {
      const before = rows.find((row) => row.key === key && row.expires_at > now);
      const failures = (before?.failures ?? 0) + 1;
      const free_at = new Date(now.getTime() + pauseMs(failures, pace));
      await tries().where({ key }).update({ failures, free_at, expires_at });
    }
    return undefined;
  });
}

/** Takes a try back whose password was right. The place begins anew; of the login what others failed stays counted. */
export async function forgiveTry(db: Db, { place, login }: Counted, now: Date): Promise<void> {
  if (login !== undefined) {
    await db('sign_in_tries')
      .where({ key: login })
      .update({ failures: db.raw('GREATEST(failures, 1) - 1'), free_at: now });
  }
  await db('sign_in_tries').where({ key: place }).delete();
}
