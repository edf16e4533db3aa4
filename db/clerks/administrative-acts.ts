import { randomUUID } from 'node:crypto';
import { termsOfProposal, rejectionOfApproval } from '../../domain/administrative-acts';
import type { ActTerms, ApprovalRejection } from '../../domain/administrative-acts';
import { addClerk, lockActiveAdmins, setClerkPassword, setClerkState } from './clerks';
import type { NewAccount } from './new-account';
import { linkProviderAccount } from './provider-accounts';
import type { ProviderAccount } from './provider-accounts';
import { resetFactors } from './second-factors';
import type { Db } from '../store/store';

/** What an act does, once another admin has approved it (domain/administrative-acts.ts). */
export type ActContent =
  | { kind: 'add-clerk'; account: NewAccount }
  | { kind: 'reset-password' | 'reset-factors' | 'let-in-again'; clerk: string }
  | { kind: 'link-provider'; clerk: string; providerAccount: ProviderAccount };

/** An act that waits for its approval. */
export type Act = ActContent & ActTerms & { id: string; proposedAt: Date };

interface ActRow {
  id: string;
  kind: ActContent['kind'];
  clerk_id: string | null;
  account: string | null;
  proposer: string;
  proposed_at: Date;
  effective_at: Date | null;
  expires_at: Date;
}

/**
 * @returns the act; undefined if the proposer is no active admin any more; `login-waits` if an account with this login is proposed
 * already, so that a repeated request proposes nothing twice
 */
export async function proposeAct(
  db: Db,
  content: ActContent,
  proposer: string,
  now: Date,
): Promise<Act | 'login-waits' | undefined> {
  return await db.transaction(async (within) => {
    const admins = await lockActiveAdmins(within);
    const terms = termsOfProposal(proposer, admins, now);
    if (!terms) return undefined;
    if (content.kind === 'add-clerk' && (await proposedLogins(within, now)).has(content.account.login))
      return 'login-waits' as const;
    const row: ActRow = {
      id: randomUUID(),
      kind: content.kind,
      clerk_id: content.kind === 'add-clerk' ? null : content.clerk,
      account: detailsOf(content),
      proposer,
      proposed_at: now,
      effective_at: terms.effectiveAt ?? null,
      expires_at: terms.expiresAt,
    };
    await within('administrative_acts').insert({ ...row, state: 'proposed' });
    return actOf(row);
  });
}

/** All that wait, the oldest first. */
export async function listActs(db: Db, now: Date): Promise<Act[]> {
  const rows = await db('administrative_acts')
    .where({ state: 'proposed' })
    .where('expires_at', '>', now)
    .orderBy('proposed_at')
    .select<ActRow[]>('*');
  return rows.map(actOf);
}

/** The logins of accounts that wait for an admin. */
export async function proposedLogins(db: Db, now: Date): Promise<Set<string>> {
  const acts = await listActs(db, now);
  return new Set(acts.flatMap((act) => (act.kind === 'add-clerk' ? act.account.login : [])));
}

export type Approval =
  | { outcome: 'done'; kind: ActContent['kind'] }
  | { outcome: 'login-taken' | 'provider-account-taken' }
  | ApprovalRejection;

/**
 * Carries an act out that an admin approves.
 * @param password the one-time password, where the act gives one
 * @returns undefined if there is no such act
 */
export async function approveAct(
  db: Db,
  { id, approver, password }: { id: string; approver: string; password: string },
  now: Date,
): Promise<Approval | undefined> {
  return await db.transaction(async (within): Promise<Approval | undefined> => {
    const admins = await lockActiveAdmins(within);
    const [row] = await within('administrative_acts')
      .where({ id })
      .forUpdate()
      .select<(ActRow & { state: string })[]>('*');
    if (!row) return undefined;
    const terms = { ...termsOf(row), isProposed: row.state === 'proposed' };
    const rejection = rejectionOfApproval(terms, { approver, activeAdmins: admins }, now);
    if (rejection) return rejection;
    const act = actOf(row);
    const clerk = await carryOut(within, act, password, now);
    if (clerk === undefined)
      return { outcome: act.kind === 'add-clerk' ? 'login-taken' : 'provider-account-taken' };
    await within('administrative_acts')
      .where({ id })
      .update({ state: 'done', clerk_id: clerk, settled_by: approver, settled_at: now });
    return { outcome: 'done', kind: act.kind };
  });
}

/** Anybody who sees acts may stop one. @returns whether it was waiting; undefined if there is no such act */
export async function withdrawAct(
  db: Db,
  { id, clerk }: { id: string; clerk: string },
  now: Date,
): Promise<boolean | undefined> {
  const stopped = await db('administrative_acts')
    .where({ id, state: 'proposed' })
    .where('expires_at', '>', now)
    .update({ state: 'withdrawn', settled_by: clerk, settled_at: now });
  if (stopped > 0) return true;
  const known = await db('administrative_acts').where({ id }).select('id');
  return known.length > 0 ? false : undefined;
}

/** @returns the account's id; undefined if its login, or its account at the identity provider, is another's by now */
async function carryOut(within: Db, act: Act, password: string, now: Date): Promise<string | undefined> {
  if (act.kind === 'add-clerk') return await addClerk(within, { ...act.account, password }, now);
  if (act.kind === 'link-provider')
    return (await linkProviderAccount(within, act, now)) ? act.clerk : undefined;
  const { kind, clerk } = act;
  if (kind === 'reset-password') await setClerkPassword(within, clerk, password, 'one-time');
  else if (kind === 'reset-factors') await resetFactors(within, clerk);
  else await setClerkState(within, clerk, 'active');
  return clerk;
}

function actOf(row: ActRow): Act {
  return { ...contentOf(row), ...termsOf(row), id: row.id, proposedAt: row.proposed_at };
}

function detailsOf(content: ActContent): string | null {
  if (content.kind === 'add-clerk') return JSON.stringify(content.account);
  return content.kind === 'link-provider' ? JSON.stringify(content.providerAccount) : null;
}

function contentOf({ kind, clerk_id, account }: ActRow): ActContent {
  const clerk = clerk_id ?? '';
  if (kind === 'add-clerk') return { kind, account: JSON.parse(account ?? '') as NewAccount };
  if (kind === 'link-provider')
    return { kind, clerk, providerAccount: JSON.parse(account ?? '') as ProviderAccount };
  return { kind, clerk };
}

function termsOf({ proposer, effective_at, expires_at }: ActRow): ActTerms {
  return { proposer, ...(effective_at && { effectiveAt: effective_at }), expiresAt: expires_at };
}
