import { SIGN_IN_FAILURES, SIGN_IN_LOCKED_MS } from '../domain/clerks';
import { endOfSession, standingOfSession } from '../domain/session-limits';
import type { SessionLimits } from '../domain/session-limits';
import { isPassword } from '../platform/passwords';
import { hashOfToken, newToken } from '../platform/secrets';
import { CLERK_COLUMNS, clerkOf, setClerkPassword } from './clerks';
import type { Clerk, ClerkRow } from './clerks';
import type { Queries } from './store';

/** A clerk's session, with the token that is stored nowhere. */
export interface ClerkSession {
  token: string;
  endsAt: Date;
}

/** What became of a password: whose it was tried for, if there is such an account, and what was done if it was right. */
export interface Tried<T> {
  clerk?: string;
  done?: T;
}

/** Signs in; a clerk may be in several times. Nothing tells whether login, password, lock or state was the reason for a refusal. */
export async function signIn(
  on: Queries,
  { login, password }: { login: string; password: string },
  limits: SessionLimits,
  now: Date,
): Promise<Tried<ClerkSession>> {
  return await withPassword(on, { login, password }, now, async (within, clerk) => {
    const session = { token: newToken(), endsAt: endOfSession(limits, now) };
    await within('clerk_sessions').insert({
      token_hash: hashOfToken(session.token),
      clerk_id: clerk,
      created_at: now,
      used_at: now,
      ends_at: session.endsAt,
    });
    return session;
  });
}

/** Replaces a clerk's own password and ends all their sessions. Who guesses the current one is locked out as at the sign-in. */
export async function changeOwnPassword(
  on: Queries,
  { login, current, next }: { login: string; current: string; next: string },
  now: Date,
): Promise<Tried<boolean>> {
  return await withPassword(on, { login, password: current }, now, (within, clerk) =>
    setClerkPassword(within, clerk, next),
  );
}

/**
 * Counts the attempt before the password is looked at and forgets it when it was right: however many are made at once, a lock
 * leaves no more than five wrong ones through.
 */
async function withPassword<T>(
  on: Queries,
  { login, password }: { login: string; password: string },
  now: Date,
  then: (within: Queries, clerk: string) => Promise<T>,
): Promise<Tried<T>> {
  const counted = await on('clerks')
    .where({ login, state: 'active' })
    .whereRaw('(locked_until IS NULL OR locked_until <= ?)', [now])
    .update({
      locked_until: on.raw('IF(failed_sign_ins + 1 >= ?, ?, NULL)', [
        SIGN_IN_FAILURES,
        new Date(now.getTime() + SIGN_IN_LOCKED_MS),
      ]),
      failed_sign_ins: on.raw('(failed_sign_ins + 1) % ?', [SIGN_IN_FAILURES]),
    });
  const account = await on('clerks')
    .where({ login })
    .first<{ id: string; password_hash: string } | undefined>('id', 'password_hash');
  const isRight = await isPassword(password, account?.password_hash);
  if (!account || counted === 0 || !isRight) return { clerk: account?.id };
  const { id, password_hash } = account;
  return await on.transaction(async (within) => {
    // Unless it was replaced, or the account disabled, since it was read.
    const found = await within('clerks')
      .where({ id, password_hash, state: 'active' })
      .update({ failed_sign_ins: 0, locked_until: null });
    return found > 0 ? { clerk: id, done: await then(within, id) } : { clerk: id };
  });
}

/** Who is signed in by a token, and that they were here; undefined if nobody, or their time is over. */
export async function useClerkSession(
  on: Queries,
  token: string,
  limits: SessionLimits,
  now: Date,
): Promise<{ clerk: Clerk; clerkSession: ClerkSession } | undefined> {
  const token_hash = hashOfToken(token);
  const found = await on('clerk_sessions AS t')
    .join('clerks AS c', 'c.id', 't.clerk_id')
    .where({ 't.token_hash': token_hash, 'c.state': 'active' })
    .first<(ClerkRow & { used_at: Date; ends_at: Date }) | undefined>(
      on.raw(CLERK_COLUMNS),
      't.used_at',
      't.ends_at',
    );
  if (!found) return undefined;
  const { used_at: usedAt, ends_at: endsAt, ...row } = found;
  const { isOver, isUseToBeNoted } = standingOfSession({ usedAt, endsAt }, limits, now);
  if (isOver) return undefined;
  if (isUseToBeNoted) await on('clerk_sessions').where({ token_hash }).update({ used_at: now });
  return { clerk: clerkOf(row), clerkSession: { token, endsAt } };
}

export async function endClerkSession(on: Queries, { token }: ClerkSession): Promise<void> {
  await on('clerk_sessions')
    .where({ token_hash: hashOfToken(token) })
    .delete();
}
