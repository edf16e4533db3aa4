import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Grants } from './grants';
import { sealFor } from './sealed-values';
import type { Store } from './store';

/** Who holds a phone: an account of a channel, for a while. */
export interface Session {
  id: string;
  account: string;
}

export interface SessionLimits {
  /** Unused for so long, it ends. */
  slidingMinutes: number;
  /** It ends after so long in any case. */
  limitHours: number;
}

const MINUTE = 60_000;

/** @returns the token, which is stored nowhere and can't be had again */
export async function openSession(
  store: Store,
  { account, channel, grants }: { account: string; channel: string; grants: Grants },
  limits: SessionLimits,
  now: Date,
): Promise<{ token: string; endsAt: Date }> {
  const id = randomUUID();
  const token = randomBytes(32).toString('base64url');
  const endsAt = new Date(now.getTime() + limits.limitHours * 60 * MINUTE);
  await store.knex.transaction(async (on) => {
    const owner = `session:${id}`;
    const key = await store.dataKeys.create(on, owner);
    await on('sessions').insert({
      id,
      token_hash: hashOf(token),
      account,
      channel,
      grants: sealFor(store, key, owner, 'grants', grants),
      created_at: now,
      used_at: now,
      ends_at: endsAt,
    });
  });
  return { token, endsAt };
}

/** The session of a token, and that it was used; undefined if there is none or its time is over. */
export async function useSession(
  store: Store,
  token: string,
  limits: SessionLimits,
  now: Date,
): Promise<Session | undefined> {
  // Found by its hash: how long that takes tells nothing about tokens.
  const row = await store
    .knex<{ id: string; account: string; token_hash: string; used_at: Date; ends_at: Date }>('sessions')
    .where({ token_hash: hashOf(token) })
    .first('id', 'account', 'used_at', 'ends_at');
  const unusedMs = row ? now.getTime() - row.used_at.getTime() : 0;
  if (!row || row.ends_at <= now || unusedMs > limits.slidingMinutes * MINUTE) return undefined;
  // Once a minute is often enough for a time that is counted in tens of minutes.
  if (unusedMs > MINUTE) await store.knex('sessions').where({ id: row.id }).update({ used_at: now });
  return { id: row.id, account: row.account };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
