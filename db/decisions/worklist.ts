import type { Knex } from 'knex';
import { covers, mayServe } from '../../domain/clerks';
import type { Command } from '../../domain/steps';
import type { StuckCause } from '../../domain/stuck';
import { PUT_OFF, spansOf } from '../../domain/worklist';
import type { DueState, Priority, Span } from '../../domain/worklist';
import { findJourney } from '../journeys/journeys';
import type { Db } from '../store/store';
import { authoritiesFor } from './stuck';
import type { JourneyRow, WorklistRow } from '../tables';

/** Which part of the worklist a clerk wants. */
export interface WorklistFilter {
  cause?: StuckCause;
  /** A clerk's id, a group, or NOBODY. */
  assignee?: string;
  /** Only what waits for this clerk's review. */
  reviewer?: string;
  /** Only the journey with this number, also if it is put off. */
  caseNumber?: string;
  due?: DueState;
  waitingSince?: Date;
  /** Those that are put off, instead of all others. */
  snoozed?: boolean;
}

/** The last row of a page: the next page begins after it. */
export interface PlaceInWorklist {
  priority: Priority;
  since: Date;
  journey: string;
}

export const WORKLIST_PAGE = 50;

/**
 * One page of the worklist, by priority and then age. It reads a page of one index for each entry of the scope that is given.
 * @param scope divisions, authorities, or the national desk; see domain/clerks.ts
 */
export async function listWorklist(
  db: Db,
  { scope, filter, after }: { scope: readonly string[]; filter: WorklistFilter; after?: PlaceInWorklist },
  now: Date,
): Promise<WorklistRow[]> {
  const lists = withoutCovered(scope).map((entry) => partOf(db, entry, filter, after, now));
  if (lists.length === 0) return [];
  const rows = await (lists.length === 1 ? lists[0] : db.unionAll(lists, true));
  return mergeParts(rows as WorklistRow[], WORKLIST_PAGE);
}

/** The part of the list under one entry of a scope; each combination of filters has an index in the order of the list. */
function partOf(
  db: Db,
  scope: string,
  { cause, assignee, reviewer, caseNumber, due, waitingSince, snoozed }: WorklistFilter,
  after: PlaceInWorklist | undefined,
  now: Date,
) {
  // Who reviews a proposal also has it assigned.
  const assigned = assignee ?? reviewer;
  const index =
    caseNumber !== undefined
      ? 'worklist_case_number'
      : `worklist${assigned === undefined ? '' : '_assignee'}${cause === undefined ? '' : '_cause'}`;
  const list = ordered(db, index === 'worklist' ? 'worklist_all' : index).where({
    scope,
    ...(cause !== undefined && { cause }),
    ...(assigned !== undefined && { assignee: assigned }),
    ...(reviewer !== undefined && { reviewer }),
    ...(caseNumber !== undefined && { case_number: caseNumber }),
  });
  if (caseNumber === undefined) void list.where(within(spansOf({ due, waitingSince, snoozed }, now), after));
  // The spans say this of all but those that were put off.
  if (due === 'overdue') void list.where('due_at', '<=', now);
  if (due === 'running') void list.where('due_at', '>', now);
  if (due === 'paused') void list.whereNull('due_at');
  if (waitingSince) void list.where('stuck_at', '<=', waitingSince);
  return list.limit(WORKLIST_PAGE);
}

/** Rows of the worklist in its order. The index is named, since the database would rather sort than read it in order. */
export function ordered(db: Db, index: string) {
  return db(db.raw('worklist FORCE INDEX (??)', [index]))
    .orderBy(['priority', 'since', 'journey_id'])
    .select<WorklistRow[]>('*');
}

/** Condition: in one of these spans, after this place. Spelled out by column, since the database finds a range only so. */
export function within(spans: readonly Span[], after?: PlaceInWorklist) {
  return (any: Knex.QueryBuilder) => {
    void any.whereRaw('FALSE');
    for (const span of spans) {
      const { priority, until } = span;
      if (after && priority < after.priority) continue;
      const from = (list: Knex.QueryBuilder) => {
        void list.where({ priority });
        if (until) void list.where('since', '<=', until);
        if (span.after) void list.where('since', '>', span.after);
      };
      if (after?.priority !== priority) {
        void any.orWhere(from);
        continue;
      }
      const { since, journey } = after;
      void any.orWhere((list) => void list.where(from).where({ since }).where('journey_id', '>', journey));
      void any.orWhere((list) => void list.where(from).where('since', '>', since));
    }
  };
}

/** The first rows of several parts of the list; a journey that is in two of them stands there once. */
export function mergeParts(rows: readonly WorklistRow[], most: number): WorklistRow[] {
  const sorted = [...rows].sort(
    (one, other) =>
      one.priority - other.priority ||
      one.since.getTime() - other.since.getTime() ||
      compare(one.journey_id, other.journey_id) ||
      compare(one.scope, other.scope),
  );
  return sorted.filter((row, at) => row.journey_id !== sorted[at - 1]?.journey_id).slice(0, most);
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** A scope without entries that another entry covers. */
export function withoutCovered(scope: readonly string[]): string[] {
  return scope.filter((entry) => !scope.some((wider) => wider !== entry && covers(wider, entry)));
}

/** How many journeys wait with one cause. */
export interface WorklistCount {
  cause: StuckCause;
  count: number;
  overdue: number;
}

/** By cause, without those that are put off. It reads a part of an index, and no row. */
export async function countWorklist(db: Db, scope: readonly string[], now: Date): Promise<WorklistCount[]> {
  const entries = withoutCovered(scope);
  // Under one entry a journey stands once.
  const each = entries.length > 1 ? 'DISTINCT journey_id' : '*';
  const late = 'CASE WHEN due_at <= ? THEN journey_id END';
  return await db(db.raw('worklist FORCE INDEX (worklist_cause)'))
    .whereIn('scope', entries)
    .whereNot((list) => void list.where({ priority: PUT_OFF }).where('since', '>', now))
    .groupBy('cause')
    .select<WorklistCount[]>(
      'cause',
      db.raw(`COUNT(${each}) AS count`),
      db.raw(`COUNT(${entries.length > 1 ? `DISTINCT ${late}` : late}) AS overdue`, [now]),
    );
}

/** The row of a journey, as the list shows it to a clerk of this scope; undefined if it does not wait for these clerks. */
export async function findInWorklist(
  db: Db,
  journey: string,
  scope: readonly string[],
): Promise<WorklistRow | undefined> {
  return await db('worklist')
    .where({ journey_id: journey })
    .whereIn('scope', withoutCovered(scope))
    .orderBy('scope')
    .first();
}

/** A journey, and whose clerks may see it: who may decide while it is stuck, else those whose matters name the person. */
export async function findForClerks(
  db: Db,
  id: string,
): Promise<{ journey: JourneyRow; authorities: string[] } | undefined> {
  const journey = await findJourney(db, id);
  if (!journey) return undefined;
  const [authorities = []] = await authoritiesSeeing(db, [journey]);
  return { journey, authorities };
}

/** The same for each of these journeys. */
export async function authoritiesSeeing(db: Db, journeys: readonly JourneyRow[]): Promise<string[][]> {
  const deciding = await db('worklist')
    .whereIn(
      'journey_id',
      journeys.map(({ id }) => id),
    )
    .orderBy('authority')
    .select('journey_id', 'authority');
  const named = await authoritiesFor(db, journeys);
  return journeys.map(({ id }, at) => {
    const own = deciding.filter((row) => row.journey_id === id).map(({ authority }) => authority);
    // A journey has a row for each scope over an authority.
    return [...new Set(own.length > 0 ? own : named[at])];
  });
}

/** Those of these journeys that a clerk with this scope may serve. */
export async function servedJourneys(
  db: Db,
  rows: readonly JourneyRow[],
  scope: readonly string[],
): Promise<JourneyRow[]> {
  if (rows.length === 0) return [];
  const seeing = await authoritiesSeeing(db, rows);
  return rows.filter((_, at) => seeing[at]?.some((authority) => mayServe(scope, authority)));
}

/** When and why a journey was stuck. */
export interface StuckPeriod {
  cause: StuckCause;
  toDoId: string | null;
  enteredAt: Date;
  leftAt: Date | null;
  /** The command that ended it, or `time`. */
  leftBy: Command | 'time' | null;
}

/** Of a journey, newest first. */
export async function listStuckPeriods(db: Db, journey: string): Promise<StuckPeriod[]> {
  return await db('stuck_periods').where({ journey_id: journey }).orderBy('id', 'desc').limit(100).select({
    cause: 'cause',
    toDoId: 'to_do_id',
    enteredAt: 'entered_at',
    leftAt: 'left_at',
    leftBy: 'left_by',
  });
}
