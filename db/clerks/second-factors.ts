import type { PasskeyAssertion, PasskeyRegistration, RelyingParty } from '../../platform/passkeys';
import { hashOfToken, newToken } from '../../platform/secrets';
import type { Db, Store } from '../store/store';
import type { Rows } from '../tables';
import { lockFactors } from './known-factors';
import { addPasskey, takeAssertion } from './passkeys';
import { replaceRecoveryCodes, takeRecoveryCode } from './recovery-codes';
import { takeTry } from './sessions';
import type { Credentials, OpenedSession, Tried } from './sessions';
import { forgiveTry } from './sign-in-tries';
import { addTotp, takeTotp } from './totps';

type SessionRow = Rows['clerk_sessions'];

/** A clerk in one of their sessions. */
export interface SignedIn {
  clerk: string;
  session: OpenedSession;
}

/** That a clerk has one of their second factors. */
export type Proof =
  | { kind: 'totp' | 'recovery-code'; code: string }
  | { kind: 'passkey'; response: PasskeyAssertion; party: RelyingParty };

/** A second factor that is enrolled. */
export type NewFactor =
  | { kind: 'totp'; code: string }
  | { kind: 'passkey'; name: string; response: PasskeyRegistration; party: RelyingParty };

/** The result of an enrolment. */
export interface Enrolled {
  session: OpenedSession;
  /** With the first factor, and where all earlier codes are used up. */
  recoveryCodes?: string[];
}

/**
 * Notes in the session that its clerk has shown a second factor now. The first time the session gets another token: nobody who has
 * seen the half-open one is in. A proof is counted before it is looked at, as a password is, and each serves once.
 * @returns the session with the token that it has from now on, if the proof was right
 */
export async function showSecondFactor(
  store: Store,
  { clerk, session }: SignedIn,
  { proof, counted }: { proof: Proof; counted: Credentials['counted'] },
  now: Date,
): Promise<Tried<OpenedSession>> {
  const { taken, freeAt } = await takeTry(store.knex, counted, now);
  if (!taken) return { freeAt };
  return await store.knex.transaction(async (within) => {
    if (!(await lockFactors(within, clerk))) return {};
    const row = await lockSession(within, session);
    if (!row || !(await isRight(store, within, row, proof, now))) return {};
    await forgiveTry(within, taken, now);
    return { done: await noteSecondFactor(within, session, row, now) };
  });
}

async function isRight(store: Store, within: Db, row: SessionRow, proof: Proof, now: Date): Promise<boolean> {
  switch (proof.kind) {
    case 'totp':
      return await takeTotp(store, within, row.clerk_id, proof.code, now);
    case 'recovery-code':
      return await takeRecoveryCode(store.pseudonyms, within, row.clerk_id, proof.code);
    case 'passkey':
      return await takeAssertion(within, row, proof, now);
  }
}

/**
 * Enrols a second factor. Where there is one already, the session must have shown one: this is looked at under the lock, since
 * another session may have enrolled the first one meanwhile.
 * @returns undefined if the factor is not proven, or a factor was to be shown before
 */
export async function enrol(
  store: Store,
  { clerk, session }: SignedIn,
  factor: NewFactor,
  now: Date,
): Promise<Enrolled | undefined> {
  return await store.knex.transaction(async (within) => {
    const known = await lockFactors(within, clerk);
    const row = known && (await lockSession(within, session));
    if (!row || (known.length > 0 && !row.second_factor_at)) return undefined;
    const isAdded =
      factor.kind === 'totp'
        ? await addTotp(store, within, row, factor.code, now)
        : await addPasskey(within, row, factor, now);
    if (!isAdded) return undefined;
    const opened = row.second_factor_at ? session : await noteSecondFactor(within, session, row, now);
    if (known.includes('recovery-code')) return { session: opened };
    return { session: opened, recoveryCodes: await replaceRecoveryCodes(store.pseudonyms, within, clerk) };
  });
}

/** Gives a clerk ten new recovery codes; the earlier ones open nothing any more. */
export async function newRecoveryCodes(store: Store, clerk: string): Promise<string[]> {
  return await store.knex.transaction(async (within) => {
    await lockFactors(within, clerk);
    return await replaceRecoveryCodes(store.pseudonyms, within, clerk);
  });
}

/** @returns `last` if it is the only factor beside recovery codes: one stays; false if the clerk has no such passkey */
export async function removePasskey(db: Db, clerk: string, id: string): Promise<boolean | 'last'> {
  return await db.transaction(async (within) => {
    const known = await lockFactors(within, clerk);
    const passkeys = await within('clerk_passkeys').where({ clerk_id: clerk }).select('id');
    if (!passkeys.some((one) => one.id === id)) return false;
    if (passkeys.length === 1 && !known?.includes('totp')) return 'last';
    return (await within('clerk_passkeys').where({ id, clerk_id: clerk }).delete()) > 0;
  });
}

/** Takes all second factors from a clerk who has lost them, and ends all sessions: the next sign-in enrols anew. */
export async function resetFactors(db: Db, clerk: string): Promise<void> {
  await db.transaction(async (within) => {
    await within('clerks').where({ id: clerk }).forUpdate().select('id');
    for (const table of ['clerk_totps', 'clerk_passkeys', 'clerk_recovery_codes', 'clerk_sessions'] as const)
      await within(table).where({ clerk_id: clerk }).delete();
  });
}

/** What a clerk has enrolled, as they see it. */
export interface OwnFactors {
  totp?: { addedAt: Date };
  passkeys: { id: string; name: string; addedAt: Date; usedAt?: Date }[];
  recoveryCodesLeft: number;
}

export async function findFactors(db: Db, clerk: string): Promise<OwnFactors> {
  const of = { clerk_id: clerk };
  const totp = await db('clerk_totps').where(of).first('added_at');
  const passkeys = await db('clerk_passkeys').where(of).orderBy(['added_at', 'id']).select('*');
  const codes = await db('clerk_recovery_codes').where(of).select('code_hash');
  return {
    ...(totp && { totp: { addedAt: totp.added_at } }),
    passkeys: passkeys.map(({ id, name, added_at, used_at }) => ({
      ...{ id, name, addedAt: added_at },
      ...(used_at && { usedAt: used_at }),
    })),
    recoveryCodesLeft: codes.length,
  };
}

async function lockSession(within: Db, { token }: OpenedSession): Promise<SessionRow | undefined> {
  return await within('clerk_sessions')
    .where({ token_hash: hashOfToken(token) })
    .forUpdate()
    .first();
}

async function noteSecondFactor(
  within: Db,
  session: OpenedSession,
  { token_hash, second_factor_at }: SessionRow,
  now: Date,
): Promise<OpenedSession> {
  const token = second_factor_at ? session.token : newToken();
  await within('clerk_sessions')
    .where({ token_hash })
    .update({ token_hash: hashOfToken(token), second_factor_at: now });
  return { ...session, token };
}
