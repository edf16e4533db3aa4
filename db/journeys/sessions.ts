import { randomUUID } from 'node:crypto';
import { endOfSession, sessionStatusOf } from '../../domain/session-limits';
import type { SessionLimits } from '../../domain/session-limits';
import { hashOfToken, newToken } from '../../platform/secrets';
import type { AlipayTokens } from './alipay-tokens';
import { sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { JourneyRow } from '../tables';

/** A phone that is signed in: with an account of a channel, for a limited time. */
export interface Session {
  id: string;
  account: string;
  /** Of the token with which the phone came. The session gets another one when another phone takes it over. */
  tokenHash: string;
}

/** A phone that signs in: `account` and `device` are pseudonyms. */
export interface SigningIn {
  account: string;
  channel: string;
  device?: string;
  alipayTokens: AlipayTokens;
}

/** @returns the token, which is stored nowhere and can't be had again */
export async function openSession(
  store: Store,
  { account, channel, device, alipayTokens }: SigningIn,
  limits: SessionLimits,
  now: Date,
): Promise<{ token: string; endsAt: Date }> {
  const id = randomUUID();
  const token = newToken();
  const endsAt = endOfSession(limits, now);
  await store.knex.transaction(async (db) => {
    const owner = `session:${id}`;
    const key = await store.dataKeys.create(db, owner);
    await db('sessions').insert({
      id,
      token_hash: hashOfToken(token),
      account,
      channel,
      device: device ?? null,
      alipay_tokens: sealFor(store, key, owner, 'alipay-tokens', alipayTokens),
      created_at: now,
      used_at: now,
      ends_at: endsAt,
    });
  });
  return { token, endsAt };
}

interface Found {
  of_session: string;
  of_account: string;
  last_used: Date;
  ends: Date;
}

/**
 * The session of a token, and that it was used; undefined if there is none or its time is over. With it comes a journey, by its
 * id, if it is this session's: for any other session it does not exist.
 */
export async function touchSession(
  store: Store,
  token: string,
  limits: SessionLimits,
  now: Date,
  journeyId?: string,
): Promise<{ session: Session; journey?: JourneyRow } | undefined> {
  const { knex } = store;
  const tokenHash = hashOfToken(token);
  const query = knex('sessions AS s')
    .where('s.token_hash', tokenHash)
    .first<(Found & Partial<JourneyRow>) | undefined>({
      of_session: 's.id',
      of_account: 's.account',
      last_used: 's.used_at',
      ends: 's.ends_at',
    });
  if (journeyId !== undefined) {
    void query.select('j.*').leftJoin('journeys AS j', (db) => {
      db.on('j.session_id', 's.id').andOn('j.account', 's.account').andOnVal('j.id', journeyId);
    });
  }
  const found = await query;
  if (!found) return undefined;
  const { of_session: id, of_account: account, last_used, ends, ...journey } = found;
  const { isOver, isUseToBeNoted } = sessionStatusOf({ usedAt: last_used, endsAt: ends }, limits, now);
  if (isOver) return undefined;
  if (isUseToBeNoted) await knex('sessions').where({ id }).update({ used_at: now });
  return { session: { id, account, tokenHash }, ...(journey.id && { journey: journey as JourneyRow }) };
}

/** Whether a phone still has the session with which its request began. */
export async function isSignedIn(db: Db, { id, tokenHash }: Session): Promise<boolean> {
  return (await db('sessions').where({ id, token_hash: tokenHash }).first('id')) !== undefined;
}
