import { PROVIDER_SIGN_IN_MS } from '../../domain/clerks';
import type { Vouching } from '../../domain/clerks';
import type { SessionLimits } from '../../domain/session-limits';
import { hashOfToken, newToken } from '../../platform/secrets';
import type { Db } from '../store/store';
import { openClerkSession, takeTry } from './sessions';
import type { Credentials, OpenedSession, Tried } from './sessions';
import { forgiveTry } from './sign-in-tries';

/** An account at an identity provider, as its tokens name it (OpenID Connect Core, 2: `iss` and `sub`). */
export interface ProviderAccount {
  issuer: string;
  subject: string;
}

/** @returns a token for the browser alone: only its hash is kept */
export async function beginProviderSignIn(db: Db, now: Date): Promise<string> {
  const token = newToken();
  const expires_at = new Date(now.getTime() + PROVIDER_SIGN_IN_MS);
  await db('clerk_provider_sign_ins').insert({ token_hash: hashOfToken(token), begun_at: now, expires_at });
  return token;
}

/** Each sign-in is answered once. @returns whether this one had begun and was neither answered nor too old */
export async function takeProviderSignIn(db: Db, token: string, now: Date): Promise<boolean> {
  const of = { token_hash: hashOfToken(token) };
  const taken = await db('clerk_provider_sign_ins').where(of).where('expires_at', '>', now).delete();
  return taken > 0;
}

/** Why somebody whom the identity provider knows does not get in. */
export type ProviderRefusal = 'unlinked' | 'disabled';

/** Signs in the clerk to whom an admin has linked this account; nothing else about the clerk comes from the provider. */
export async function signInByProvider(
  db: Db,
  {
    account,
    vouchedFor,
    counted,
  }: {
    account: ProviderAccount;
    vouchedFor: Vouching;
    counted: Credentials['counted'];
  },
  limits: SessionLimits,
  now: Date,
): Promise<Tried<OpenedSession> & { refusal?: ProviderRefusal }> {
  const { issuer, subject } = account;
  const { taken, freeAt } = await takeTry(db, counted, now);
  const link = await db('clerk_provider_accounts').where({ issuer, subject }).first('clerk_id');
  if (!taken) return { clerk: link?.clerk_id, freeAt };
  if (!link) return { refusal: 'unlinked' };
  const clerk = link.clerk_id;
  return await db.transaction(async (within) => {
    // The account first, as whoever links, disables or resets does; then what may have changed since.
    const found = await within('clerks').where({ id: clerk }).forUpdate().first('state');
    const still = await within('clerk_provider_accounts')
      .where({ clerk_id: clerk, issuer, subject })
      .first('clerk_id');
    if (!still) return { refusal: 'unlinked' };
    if (found?.state !== 'active') return { clerk, refusal: 'disabled' };
    await forgiveTry(within, taken, now);
    return { clerk, done: await openClerkSession(within, clerk, limits, now, vouchedFor) };
  });
}

/**
 * Lets a clerk sign in by this account in place of an earlier one, and ends all sessions, so that the owner notices.
 * @returns false if it is another clerk's
 */
export async function linkProviderAccount(
  db: Db,
  { clerk, providerAccount: { issuer, subject } }: { clerk: string; providerAccount: ProviderAccount },
  now: Date,
): Promise<boolean> {
  return await db.transaction(async (within) => {
    await within('clerks').where({ id: clerk }).forUpdate().select('id');
    const owner = await within('clerk_provider_accounts').where({ issuer, subject }).first('clerk_id');
    if (owner && owner.clerk_id !== clerk) return false;
    await unlink(within, clerk);
    await within('clerk_provider_accounts').insert({ clerk_id: clerk, issuer, subject, linked_at: now });
    return true;
  });
}

/** Takes the way in by the identity provider from a clerk, and ends all sessions. */
export async function unlinkProviderAccount(db: Db, clerk: string): Promise<void> {
  await db.transaction(async (within) => {
    await within('clerks').where({ id: clerk }).forUpdate().select('id');
    await unlink(within, clerk);
  });
}

async function unlink(within: Db, clerk: string): Promise<void> {
  for (const table of ['clerk_provider_accounts', 'clerk_sessions'] as const)
    await within(table).where({ clerk_id: clerk }).delete();
}

/** By clerk: what is linked. */
export async function listProviderAccounts(db: Db): Promise<Map<string, ProviderAccount>> {
  const rows = await db('clerk_provider_accounts').where({}).select('clerk_id', 'issuer', 'subject');
  return new Map(rows.map(({ clerk_id, issuer, subject }) => [clerk_id, { issuer, subject }]));
}
