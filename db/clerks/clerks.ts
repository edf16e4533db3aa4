import { randomUUID } from 'node:crypto';
import { rolesWith, scopesOver } from '../../domain/clerks';
import type { ClerkRight, ClerkRole, ClerkState, SecondFactor } from '../../domain/clerks';
import { hashPassword } from '../../platform/passwords';
import type { Rows } from '../tables';
import { FACTOR_COLUMNS, factorsOf } from './known-factors';
import type { FactorColumns } from './known-factors';
import type { NewClerk } from './new-account';
import type { Db } from '../store/store';

/** A clerk, as other clerks see them. */
export interface Clerk {
  id: string;
  login: string;
  name: string;
  role: ClerkRole;
  /** Divisions, authorities, and `national` (domain/clerks.ts). */
  scope: string[];
}

export interface ClerkAccount extends Clerk {
  state: ClerkState;
  createdAt: Date;
}

/** A clerk's columns, from `clerks AS c`. A hundred prefixes, the most of a scope, are short enough for GROUP_CONCAT. */
export const CLERK_COLUMNS = `c.id, c.login, c.name, c.role,
  (SELECT GROUP_CONCAT(s.prefix ORDER BY s.prefix) FROM clerk_scopes AS s WHERE s.clerk_id = c.id) AS scope`;

export type ClerkRow = Omit<Clerk, 'scope'> & { scope: string | null };

export function clerkOf({ id, login, name, role, scope }: ClerkRow): Clerk {
  return { id, login, name, role, scope: scope?.split(',') ?? [] };
}

/** The password is a one-time one. @returns the id of the new account; undefined if the login is another's */
export async function addClerk(
  db: Db,
  { login, name, role, scope, password }: NewClerk,
  now: Date,
): Promise<string | undefined> {
  const id = randomUUID();
  const account = {
    id,
    login,
    name,
    role,
    state: 'active' as const,
    must_change_password: 1 as const,
    created_at: now,
  };
  const password_hash = await hashPassword(password);
  try {
    await db.transaction(async (within) => {
      await within('clerks').insert({ ...account, password_hash });
      if (scope.length === 0) return;
      await within('clerk_scopes').insert(scope.map((prefix) => ({ clerk_id: id, prefix })));
    });
    return id;
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_DUP_ENTRY') return undefined;
    throw error;
  }
}

/** All accounts, by login. */
export async function listClerks(db: Db): Promise<ClerkAccount[]> {
  const rows = await db('clerks AS c')
    .orderBy('c.login')
    .select<(ClerkRow & { state: ClerkState; created_at: Date })[]>(
      db.raw(CLERK_COLUMNS),
      'c.state',
      'c.created_at',
    );
  return rows.map(({ state, created_at, ...row }) => ({
    ...clerkOf(row),
    state,
    createdAt: created_at,
  }));
}

/** The accounts among these ids, with what each can show beside the password. */
export async function accountsOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Clerk & { state: ClerkState; secondFactors: SecondFactor[] }>> {
  const rows = await db('clerks AS c')
    .whereIn('c.id', [...new Set(ids)])
    .select<(ClerkRow & FactorColumns & { state: ClerkState })[]>(
      db.raw(CLERK_COLUMNS),
      db.raw(FACTOR_COLUMNS),
      'c.state',
    );
  return new Map(
    rows.map((row) => [row.id, { ...clerkOf(row), state: row.state, secondFactors: factorsOf(row) }]),
  );
}

/** Undefined if there is no such account. */
export async function findAccount(
  db: Db,
  id: string,
): Promise<{ role: ClerkRole; state: ClerkState } | undefined> {
  return await db('clerks').where({ id }).first('role', 'state');
}

export async function isLoginTaken(db: Db, login: string): Promise<boolean> {
  return (await db('clerks').where({ login }).select('id')).length > 0;
}

/** Locks the active admins, so that none is disabled while they are counted. @returns their ids */
export async function lockActiveAdmins(within: Db): Promise<string[]> {
  const rows = await within('clerks')
    .where({ state: 'active' })
    .whereIn('role', rolesWith('manage-clerks'))
    .orderBy('id')
    .forUpdate()
    .select('id');
  return rows.map(({ id }) => id);
}

/** Lets a clerk in again, or ends all that they are in. @returns false if there is no such account */
export async function setClerkState(db: Db, id: string, state: ClerkState): Promise<boolean> {
  return await changeAccount(db, id, { state });
}

/**
 * The new password is the only way in.
 * @param by a one-time one was given by somebody else, and its owner has to change it
 * @returns false if there is no such account
 */
export async function setClerkPassword(
  db: Db,
  id: string,
  password: string,
  by: 'owner' | 'one-time',
): Promise<boolean> {
  const password_hash = await hashPassword(password);
  return await changeAccount(db, id, { password_hash, must_change_password: by === 'one-time' ? 1 : 0 });
}

async function changeAccount(db: Db, id: string, change: Partial<Rows['clerks']>): Promise<boolean> {
  return await db.transaction(async (within) => {
    // The account first, as a sign-in does: one that is under way is in before, and ended here, or comes after and fails.
    const found = await within('clerks').where({ id }).update(change);
    await within('clerk_sessions').where({ clerk_id: id }).delete();
    return found > 0;
  });
}

/** The clerks who may approve a proposal: every active reviewer for one of these authorities except the proposer. */
export async function listReviewers(
  db: Db,
  { proposer, authorities }: { proposer: string; authorities: readonly string[] },
): Promise<string[]> {
  return await listServing(db, { right: 'review', authorities, except: proposer });
}

/**
 * The active clerks with a right for one of these authorities.
 * @param authorities codes of authorities, or NATIONAL
 * @returns ids, in ascending order
 */
export async function listServing(
  db: Db,
  { right, authorities, except }: { right: ClerkRight; authorities: readonly string[]; except: string },
): Promise<string[]> {
  const serving = db('clerk_scopes AS s')
    .whereRaw('s.clerk_id = c.id')
    .whereIn('s.prefix', authorities.flatMap(scopesOver))
    .select(db.raw('1'));
  const rows = await db('clerks AS c')
    // While the password is one that others know, the account may do nothing.
    .where({ 'c.state': 'active', 'c.must_change_password': 0 })
    .whereIn('c.role', rolesWith(right))
    .whereNot({ 'c.id': except })
    .whereExists(serving)
    .orderBy('c.id')
    .select({ id: 'c.id' });
  return rows.map(({ id }) => id);
}

/** Whether another active clerk who decides serves one of these authorities by an entry that covers more than it. */
export async function hasWiderClerk(
  db: Db,
  { except, authorities }: { except: string; authorities: readonly string[] },
): Promise<boolean> {
  const wider = authorities.flatMap((authority) =>
    scopesOver(authority).filter((entry) => entry !== authority),
  );
  const found = await db('clerks AS c')
    .join('clerk_scopes AS s', 's.clerk_id', 'c.id')
    .where({ 'c.state': 'active', 'c.must_change_password': 0 })
    .whereIn('c.role', rolesWith('decide'))
    .whereIn('s.prefix', wider)
    .whereNot({ 'c.id': except })
    .first('c.id');
  return found !== undefined;
}

/** The names of the accounts among these ids. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return [];
  return await db('clerks').whereIn('id', distinct).orderBy('id').select('id', 'name');
}

/** By id: the names for signing in of the accounts among these. */
export async function loginsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db('clerks')
    .whereIn('id', [...new Set(ids)])
    .select('id', 'login');
  return new Map(rows.map(({ id, login }) => [id, login]));
}

/** @returns the id of the account */
export async function findByLogin(db: Db, login: string): Promise<string | undefined> {
  return (await db('clerks').where({ login }).first('id'))?.id;
}
