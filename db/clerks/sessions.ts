import type { SignInState, Vouching } from '../../domain/clerks';
import { endOfSession, sessionStatusOf } from '../../domain/session-limits';
import type { SessionLimits } from '../../domain/session-limits';
import { isPassword } from '../../platform/passwords';
import { hashOfToken, newToken } from '../../platform/secrets';
import { CLERK_COLUMNS, clerkOf, setClerkPassword } from './clerks';
import type { Clerk, ClerkRow } from './clerks';
import { FACTOR_COLUMNS, factorsOf } from './known-factors';
import type { FactorColumns } from './known-factors';
import { countTry, forgiveTry } from './sign-in-tries';
import type { Counted } from './sign-in-tries';
import type { Db } from '../store/store';

/** A clerk's session, with the token that is stored nowhere. */
export interface OpenedSession {
  token: string;
  endsAt: Date;
}

export type ClerkSession = OpenedSession & SignInState;

/** The result of a password check. */
export interface Tried<T> {
  /** Whose it was tried for, if there is such an account. */
  clerk?: string;
  /** If it was right. */
  done?: T;
  /** If it was not looked at: when the next one is. */
  freeAt?: Date;
}

/** A login, what was typed as its password, and what that counts for: the first of these that has not to wait. */
export interface Credentials {
  login: string;
  password: string;
  counted: readonly [Counted, ...Counted[]];
}

/** Signs in; a clerk may be in several times. Nothing tells whether login, password or state was the reason for a refusal. */
export async function signIn(
  db: Db,
  credentials: Credentials,
  limits: SessionLimits,
  now: Date,
): Promise<Tried<OpenedSession>> {
  return await withPassword(db, credentials, now, (within, clerk) =>
    openClerkSession(within, clerk, limits, now),
  );
}

/** @param vouchedFor what the identity provider vouches for, if the clerk signs in there */
export async function openClerkSession(
  within: Db,
  clerk: string,
  limits: SessionLimits,
  now: Date,
  vouchedFor?: Vouching,
): Promise<OpenedSession> {
  const session = { token: newToken(), endsAt: endOfSession(limits, now) };
  await within('clerk_sessions').insert({
    token_hash: hashOfToken(session.token),
    clerk_id: clerk,
    created_at: now,
    used_at: now,
    ends_at: session.endsAt,
    ...(vouchedFor && { vouched_for: vouchedFor }),
  });
  return session;
}

/** Replaces a clerk's own password and ends all their sessions. Wrong guesses of the current one slow the session down. */
export async function changeOwnPassword(
  db: Db,
  { login, current, next, session }: { login: string; current: string; next: string; session: OpenedSession },
  now: Date,
): Promise<Tried<boolean>> {
  const place = hashOfToken(session.token);
  return await withPassword(db, { login, password: current, counted: [{ place }] }, now, (within, clerk) =>
    setClerkPassword(within, clerk, next, 'owner'),
  );
}

async function withPassword<T>(
  db: Db,
  { login, password, counted }: Credentials,
  now: Date,
  then: (within: Db, clerk: string) => Promise<T>,
): Promise<Tried<T>> {
  const { taken, freeAt } = await takeTry(db, counted, now);
  const account = await db('clerks').where({ login }).first('id', 'password_hash');
  if (!taken) return { clerk: account?.id, freeAt };
  const isRight = await isPassword(password, account?.password_hash);
  if (!account || !isRight) return { clerk: account?.id };
  const { id, password_hash } = account;
  return await db.transaction(async (within) => {
    // Unless it was replaced since it was read, or the account is disabled.
    const found = await within('clerks')
      .where({ id, password_hash, state: 'active' })
      .forUpdate()
      .select('id');
    if (found.length === 0) return { clerk: id };
    await forgiveTry(within, taken, now);
    return { clerk: id, done: await then(within, id) };
  });
}

/** Counts a try for the first of these that has not to wait. */
export async function takeTry(
  db: Db,
  counted: readonly Counted[],
  now: Date,
): Promise<{ taken?: Counted; freeAt?: Date }> {
  let freeAt: Date | undefined;
  for (const taken of counted) {
    freeAt = await countTry(db, taken, now);
    if (!freeAt) return { taken };
  }
  return { freeAt };
}

/**
 * Finds the clerk of a session token and renews the session; undefined if there is none, or if it has ended.
 * @param isUse false where a page asks by itself: that keeps no session alive
 */
export async function touchClerkSession(
  db: Db,
  token: string,
  limits: SessionLimits,
  now: Date,
  isUse = true,
): Promise<{ clerk: Clerk; clerkSession: ClerkSession } | undefined> {
  const token_hash = hashOfToken(token);
  const found = await db('clerk_sessions AS s')
    .join('clerks AS c', 'c.id', 's.clerk_id')
    .where({ 's.token_hash': token_hash, 'c.state': 'active' })
    .first<FoundSession | undefined>(
      db.raw(CLERK_COLUMNS),
      db.raw(FACTOR_COLUMNS),
      's.used_at',
      's.ends_at',
      's.second_factor_at',
      's.vouched_for',
      'c.must_change_password',
    );
  if (!found) return undefined;
  const { used_at: usedAt, ends_at: endsAt } = found;
  const { isOver, isUseToBeNoted } = sessionStatusOf({ usedAt, endsAt }, limits, now);
  if (isOver) return undefined;
  if (isUse && isUseToBeNoted) await db('clerk_sessions').where({ token_hash }).update({ used_at: now });
  const clerkSession: ClerkSession = {
    ...{ token, endsAt, mustChangePassword: found.must_change_password === 1 },
    secondFactors: factorsOf(found),
    ...(found.second_factor_at && { secondFactorAt: found.second_factor_at }),
    ...(found.vouched_for && { vouchedFor: found.vouched_for }),
  };
  return { clerk: clerkOf(found), clerkSession };
}

type FoundSession = ClerkRow &
  FactorColumns & {
    used_at: Date;
    ends_at: Date;
    second_factor_at: Date | null;
    vouched_for: Vouching | null;
    must_change_password: 0 | 1;
  };

/** The scopes of the sessions among these that are not over, by token. It renews none. */
export async function livingScopes(
  db: Db,
  tokens: readonly string[],
  limits: SessionLimits,
  now: Date,
): Promise<Map<string, readonly string[]>> {
  const byHash = new Map(tokens.map((token) => [hashOfToken(token), token]));
  const rows = await db('clerk_sessions AS s')
    .join('clerks AS c', 'c.id', 's.clerk_id')
    .whereIn('s.token_hash', [...byHash.keys()])
    .where({ 'c.state': 'active' })
    .select<(ClerkRow & { token_hash: string; used_at: Date; ends_at: Date })[]>(
      db.raw(CLERK_COLUMNS),
      's.token_hash',
      's.used_at',
      's.ends_at',
    );
  const living = rows.filter(
    ({ used_at: usedAt, ends_at: endsAt }) => !sessionStatusOf({ usedAt, endsAt }, limits, now).isOver,
  );
  return new Map(living.map((row) => [byHash.get(row.token_hash) ?? '', clerkOf(row).scope]));
}

export async function endClerkSession(db: Db, { token }: OpenedSession): Promise<void> {
  await db('clerk_sessions')
    .where({ token_hash: hashOfToken(token) })
    .delete();
}

/** An open session, as its owner sees it. */
export interface ListedSession {
  /** Names the session to its owner and opens nothing. */
  id: string;
  beganAt: Date;
  /** When it was last used, to the minute. */
  usedAt: Date;
  endsAt: Date;
}

// The stored hash stays in the database.
const idOf = (tokenHash: string) => hashOfToken(tokenHash);

export function idOfSession({ token }: OpenedSession): string {
  return idOf(hashOfToken(token));
}

/** A clerk's open sessions, the last to begin first. */
export async function listClerkSessions(
  db: Db,
  clerk: string,
  limits: SessionLimits,
  now: Date,
): Promise<ListedSession[]> {
  const rows = await db('clerk_sessions')
    .where({ clerk_id: clerk })
    .orderBy([{ column: 'created_at', order: 'desc' }, 'token_hash'])
    .select('token_hash', 'created_at', 'used_at', 'ends_at');
  return rows
    .map(({ token_hash, created_at, used_at, ends_at }) => ({
      ...{ id: idOf(token_hash), beganAt: created_at, usedAt: used_at, endsAt: ends_at },
    }))
    .filter((session) => !sessionStatusOf(session, limits, now).isOver);
}

/** @returns false if the clerk has no such session: another's is none */
export async function endOneClerkSession(db: Db, clerk: string, id: string): Promise<boolean> {
  const rows = await db('clerk_sessions').where({ clerk_id: clerk }).select('token_hash');
  const found = rows.find(({ token_hash }) => idOf(token_hash) === id);
  if (!found) return false;
  return (await db('clerk_sessions').where(found).delete()) > 0;
}

export async function endAllClerkSessions(db: Db, clerk: string): Promise<void> {
  await db.transaction(async (within) => {
    // The account first, as a sign-in does: one that is under way is in before, and ended here, or comes after.
    await within('clerks').where({ id: clerk }).forUpdate().select('id');
    await within('clerk_sessions').where({ clerk_id: clerk }).delete();
  });
}
