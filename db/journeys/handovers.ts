import { mayTakeOver } from '../../domain/handovers';
import { HANDOVER_VALIDITY_MS } from '../../domain/limits';
import type { SessionLimits } from '../../domain/session-limits';
import { hashOfToken, newToken } from '../../platform/secrets';
import { sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { Session, SigningIn } from './sessions';

/**
 * Makes the one-time code with which a phone takes the session over; an earlier one is no longer good.
 * @returns the code, which is stored nowhere and can't be had again; undefined if a phone has taken the session over meanwhile
 */
export async function offerHandover(
  db: Db,
  { id, tokenHash }: Session,
  now: Date,
): Promise<{ code: string; endsAt: Date } | undefined> {
  const code = newToken();
  const endsAt = new Date(now.getTime() + HANDOVER_VALIDITY_MS);
  const offered = await db('sessions')
    .where({ id, token_hash: tokenHash })
    .update({ handover_hash: hashOfToken(code), handover_ends_at: endsAt });
  return offered === 0 ? undefined : { code, endsAt };
}

/** Ends the code of a session. @returns false if a phone has taken the session over meanwhile */
export async function withdrawHandover(db: Db, { id, tokenHash }: Session): Promise<boolean> {
  const withdrawn = await db('sessions')
    .where({ id, token_hash: tokenHash })
    .update({ handover_hash: null, handover_ends_at: null });
  return withdrawn > 0;
}

/**
 * Gives the session of a code to the phone that signs in with it. The session keeps its id, and with it the journey and all that was
 * verified, and its end. The phone that had it is signed out.
 * @returns the phone's token; undefined if it may not take the session over
 */
export async function takeOver(
  store: Store,
  code: string,
  { account, device, alipayTokens }: SigningIn,
  limits: SessionLimits,
  now: Date,
): Promise<{ token: string; endsAt: Date } | undefined> {
  const hash = hashOfToken(code);
  return await store.knex.transaction(async (db) => {
    const named = await db('sessions').where({ handover_hash: hash }).first('id');
    const session = named && (await db('sessions').where({ id: named.id }).forUpdate().first());
    // Another phone may have come first.
    if (session?.handover_hash !== hash || !session.handover_ends_at) return undefined;
    const { id, used_at: usedAt, ends_at: endsAt, handover_ends_at: codeEndsAt } = session;
    const offered = { account: session.account, usedAt, endsAt, codeEndsAt };
    if (!mayTakeOver(offered, { account }, limits, now)) return undefined;
    const owner = `session:${id}`;
    const key = await store.dataKeys.find(db, owner);
    if (!key) return undefined;
    const token = newToken();
    await db('sessions')
      .where({ id })
      .update({
        token_hash: hashOfToken(token),
        device: device ?? null,
        alipay_tokens: sealFor(store, key, owner, 'alipay-tokens', alipayTokens),
        used_at: now,
        handover_hash: null,
        handover_ends_at: null,
      });
    return { token, endsAt };
  });
}
