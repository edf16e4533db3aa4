import { ageBounds } from '../../domain/figures';
import type { StuckCause } from '../../domain/stuck';
import { withoutCovered } from '../decisions/worklist';
import type { Db } from '../store/store';
import { withinScope } from './scope';

const HOUR = 3_600_000;

/** Which range of ages a time is in: SQL, and the values in it. */
function ageOf(column: string, now: Date): [sql: string, times: Date[]] {
  return [
    ageBounds.map(() => `(${column} <= ?)`).join(' + '),
    ageBounds.map((hours) => new Date(now.getTime() - hours * HOUR)),
  ];
}

/** Journeys that wait for a clerk. */
export interface StuckCount {
  cause: StuckCause;
  /** A range of `ageBounds`. */
  age: number;
  count: number;
}

/** @param scope if given, only those for clerks of this scope; a journey that several of its entries cover counts once */
export async function countStuck(db: Db, now: Date, scope?: readonly string[]): Promise<StuckCount[]> {
  const [age, times] = ageOf('stuck_at', now);
  const ageSql = db.raw(`${age} AS age`, times);
  const waiting =
    scope === undefined
      ? db('journeys').whereNotNull('stuck_cause').select({ cause: 'stuck_cause' }, ageSql)
      : db('worklist')
          .whereIn('scope', withoutCovered(scope))
          .distinct({ journey: 'journey_id', cause: 'cause' }, ageSql);
  return await db(waiting.as('waiting'))
    .groupBy('cause', 'age')
    .select<StuckCount[]>('cause', 'age', db.raw('COUNT(*) AS count'));
}

/** Callbacks that no registration system has acknowledged. */
export interface CallbackCount {
  count: number;
  /** When the oldest of them was to be sent first. */
  oldest?: Date;
}

/** @param scope if given, only those about matters of these authorities */
export async function countCallbacks(db: Db, scope?: readonly string[]): Promise<CallbackCount> {
  const waiting = db('deliveries AS d').where({ 'd.state': 'waiting' });
  if (scope)
    void waiting.join('matters AS m', 'm.id', 'd.matter_id').where(withinScope(scope, 'm.authority'));
  const [row] = await waiting.select<{ n: number; oldest: Date | null }[]>(
    db.raw('COUNT(*) AS n'),
    db.raw('MIN(d.created_at) AS oldest'),
  );
  return { count: row?.n ?? 0, ...(row?.oldest && { oldest: row.oldest }) };
}

/** Stuck journeys of one authority that clerks have dealt with. */
export interface DecisionCount {
  authority: string;
  /** A range of `ageBounds`: from being stuck until the decision. */
  took: number;
  count: number;
  /** Of all of them together. */
  seconds: number;
}

const BY_CLERKS = ['decide', 'review'];

/** @param since the time of the earliest decision */
export async function countDecisions(
  db: Db,
  since: Date,
  scope?: readonly string[],
): Promise<DecisionCount[]> {
  const took = ageBounds.map((hours) => `(left_at >= entered_at + INTERVAL ${hours} HOUR)`).join(' + ');
  const rows = await db('stuck_periods')
    .where('left_at', '>=', since)
    .whereIn('left_by', BY_CLERKS)
    .where(withinScope(scope, 'authority'))
    .groupByRaw('authority, took')
    .orderByRaw('authority, took')
    .select<(Omit<DecisionCount, 'seconds'> & { seconds: string })[]>(
      'authority',
      db.raw(`${took} AS took`),
      db.raw('COUNT(*) AS count'),
      db.raw('SUM(TIMESTAMPDIFF(SECOND, entered_at, left_at)) AS seconds'),
    );
  return rows.map((row) => ({ ...row, seconds: Number(row.seconds) }));
}
