import { randomBytes } from 'node:crypto';
import { rejectionOf } from '../../domain/attempts';
import type { AttemptRejection, AttemptState, CheckPurpose, Debited } from '../../domain/attempts';
import { NATIONAL } from '../../domain/clerks';
import { FACE_CHECK_VALIDITY_MS } from '../../domain/limits';
import type { AttemptLimits } from '../../domain/limits';
import { shanghaiDay } from '../../domain/shanghai-time';
import type { CheckFailureCode } from '../../domain/vendor-results';
import { countAttempts } from './counts';
import type { Db, Store } from '../store/store';
import type { AttemptRow } from '../tables';

/** One check at a vendor. Its id is also the vendor's order number. */
export type Attempt = Omit<
  AttemptRow,
  'day' | 'device' | 'attack' | 'score' | 'authority' | 'document_type' | 'is_signed'
>;

export interface NewAttempt {
  purpose: CheckPurpose;
  journey: string;
  account: string;
  personKey: string;
  /** A failure of an account that is not proven to be the person's must not use up the person's attempts. */
  debits: Debited;
  command: string;
  about?: { toDo: string; matter: string; textHash: string };
}

/**
 * Debits an attempt, unless none is left. The same command gets the same attempt. Counting and debiting happen under a lock on
 * account and person, so that two phones cannot take the last one both.
 */
export async function beginAttempt(
  store: Store,
  attempt: NewAttempt,
  limits: AttemptLimits,
  now: Date,
): Promise<Attempt | { rejected: AttemptRejection }> {
  return await store.knex.transaction(async (db) => {
    await lockOwners(db, [attempt.account, attempt.personKey]);
    const begun = await db('attempts').where({ command: attempt.command }).first();
    if (begun) return begun;
    const counts = await countAttempts(db, {
      account: attempt.account,
      personKey: attempt.personKey,
      debits: attempt.debits,
      toDoId: attempt.about?.toDo,
      now,
    });
    const rejected = rejectionOf(attempt.purpose, counts, limits);
    if (rejected) return { rejected };
    const row: Attempt = {
      id: randomBytes(16).toString('hex'),
      purpose: attempt.purpose,
      journey_id: attempt.journey,
      account: attempt.account,
      person_key: attempt.personKey,
      debits: attempt.debits,
      state: 'started',
      to_do_id: attempt.about?.toDo ?? null,
      matter_id: attempt.about?.matter ?? null,
      text_hash: attempt.about?.textHash ?? null,
      certify_id: null,
      codes: null,
      command: attempt.command,
      used_by: null,
      started_at: now,
      ended_at: null,
    };
    const device = db('journeys AS j')
      .join('sessions AS s', 's.id', 'j.session_id')
      .where('j.id', attempt.journey)
      .select('s.device');
    const documentType = db('journeys').where({ id: attempt.journey }).select('document_type');
    await db('attempts').insert({
      ...{ ...row, day: shanghaiDay(now), device: db.raw('?', [device]) },
      document_type: db.raw('?', [documentType]),
      authority: db.raw('COALESCE(?, ?)', [authorityOf(db, attempt), NATIONAL]),
    });
    return row;
  });
}

/** The authority in whose figures an attempt counts: of the matter at hand, else the first whose matter waits for the person. */
function authorityOf(db: Db, { about, personKey }: NewAttempt) {
  if (about) return db('matters').where({ id: about.matter }).select('authority');
  return db('confirmations AS c')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where({ 'c.person_key': personKey, 'c.state': 'pending', 'm.state': 'open' })
    .orderBy('m.authority')
    .limit(1)
    .select('m.authority');
}

/** Why a check like this one could not be begun once more; undefined if it could. Nothing is locked: it is for people to read. */
export async function rejectionOfNext(
  db: Db,
  attempt: Attempt,
  limits: AttemptLimits,
  now: Date,
): Promise<AttemptRejection | undefined> {
  const { purpose, account, person_key: personKey, debits, to_do_id: toDoId } = attempt;
  const counts = await countAttempts(db, { account, personKey, debits, toDoId: toDoId ?? undefined, now });
  return rejectionOf(purpose, counts, limits);
}

/** Makes all that counts, or changes, what these used up wait for each other. */
export async function lockOwners(db: Db, owners: string[]): Promise<void> {
  const sorted = [...new Set(owners)].sort();
  // Writing over what is there locks it at once; ignoring it would share the lock first, and two who share it both wait.
  await db('attempt_locks')
    .insert(sorted.map((owner) => ({ owner })))
    .onConflict()
    .merge(['owner']);
}

/** The face check of a journey that has no result yet, for the same purpose and the same text. */
export async function findUnfinished(
  db: Db,
  { journey, purpose, textHash }: { journey: string; purpose: CheckPurpose; textHash?: string },
): Promise<Attempt | undefined> {
  return await db('attempts')
    .where({ journey_id: journey, purpose, state: 'started', text_hash: textHash ?? null })
    .orderBy('started_at', 'desc')
    .first();
}

export async function findAttempt(db: Db, id: string): Promise<Attempt | undefined> {
  return await db('attempts').where({ id }).first();
}

/** The attempt of a journey by the vendor's id. */
export async function findAttemptOf(
  db: Db,
  journey: string,
  certifyId: string,
): Promise<Attempt | undefined> {
  return await db('attempts').where({ certify_id: certifyId, journey_id: journey }).first();
}

export async function saveCertifyId(db: Db, id: string, certifyId: string): Promise<void> {
  await db('attempts').where({ id }).update({ certify_id: certifyId });
}

/** Records what the vendor reported about a face, beside whether the check was passed. `score` is 0 to 100. */
export async function recordCheckResult(
  db: Db,
  id: string,
  result: { attack: true } | { score: number },
): Promise<void> {
  await db('attempts')
    .where({ id })
    .update('attack' in result ? { attack: 1 } : { score: String(result.score) });
}

/** Ends an attempt, once. @returns false if it had ended before: who comes later changes nothing */
export async function endAttempt(
  db: Db,
  id: string,
  state: Exclude<AttemptState, 'started'>,
  now: Date,
  codes: readonly string[] = [],
): Promise<boolean> {
  const ended = await db('attempts')
    .where({ id, state: 'started' })
    .update({ state, ended_at: now, codes: codes.length > 0 ? JSON.stringify(codes) : null });
  return ended > 0;
}

/** Why an attempt was not passed. */
export function codesOf({ codes }: Attempt): CheckFailureCode[] {
  return codes === null ? [] : (JSON.parse(codes) as CheckFailureCode[]);
}

/** Gives back what a journey has under way: the person left before there was a result. */
export async function refundUnfinished(db: Db, journey: string, now: Date): Promise<void> {
  await db('attempts')
    .where({ journey_id: journey, state: 'started' })
    .update({ state: 'refunded', ended_at: now });
}

/** Gives back what a journey has under way of these checks. @returns the commands with which they began */
export async function refundChecks(
  db: Db,
  journey: string,
  purposes: readonly CheckPurpose[],
  now: Date,
): Promise<string[]> {
  const open = await db('attempts')
    .where({ journey_id: journey, state: 'started' })
    .whereIn('purpose', purposes)
    .forUpdate()
    .select('id', 'command');
  for (const { id } of open) await endAttempt(db, id, 'refunded', now);
  return open.map(({ command }) => command);
}

/**
 * Takes up what a passed face check proved. It can be done once, for the text that was shown then, within ten minutes.
 * @returns whether it could be, or had been by the same command
 */
export async function consumeFaceCheck(
  db: Db,
  { attempt, textHash, command }: { attempt: string; textHash: string; command: string },
  now: Date,
): Promise<boolean> {
  const since = new Date(now.getTime() - FACE_CHECK_VALIDITY_MS);
  const used = await db('attempts')
    .where({ id: attempt, state: 'passed', purpose: 'matter-face', text_hash: textHash, used_by: null })
    .where('ended_at', '>=', since)
    .update({ used_by: command, is_signed: 1 });
  return used === 1;
}

/** 【取消】: a verification that the person took back proves nothing any more. */
export async function voidFaceCheck(db: Db, attempt: string, command: string): Promise<void> {
  await db('attempts').where({ id: attempt, used_by: null }).update({ used_by: command });
}
