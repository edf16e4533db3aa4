import type { Proposal } from '../../domain/decisions';
import type { DocumentType } from '../../domain/documents';
import type { StuckCause } from '../../domain/stuck';
import type { Command } from '../../domain/steps';
import { findJourney } from '../journeys/journeys';
import type { ListPlace } from '../store/list-place';
import type { Db } from '../store/store';
import { authoritiesFor } from './stuck';
import type { JourneyRow } from '../tables';

/** One journey that waits for a clerk. */
export interface WorklistEntry {
  journey: string;
  cause: StuckCause;
  since: Date;
  authority: string;
  documentType: DocumentType;
  /** 办理编号 */
  caseNumber: string | null;
  /** When the person, who is locked out, asked for more attempts. */
  attemptsAskedAt: Date | null;
  toDoId: string | null;
  /** Whom a proposal waits for, if one does. */
  reviewer: Proposal['reviewer'] | null;
}

const MOST_ENTRIES = 50;

/**
 * The journeys that wait for clerks, the longest waiting first.
 * @param scope prefixes of authorities, or the national desk; see domain/clerks.ts
 * @param after the last entry of the page before
 */
export async function listWorklist(
  db: Db,
  {
    scope,
    cause,
    reviewer,
    caseNumber,
    after,
  }: {
    scope: readonly string[];
    cause?: StuckCause;
    /** Only what waits for this clerk's review. */
    reviewer?: string;
    /** Only the journey with this number. */
    caseNumber?: string;
    after?: ListPlace;
  },
): Promise<WorklistEntry[]> {
  if (scope.length === 0) return [];
  const query = db('worklist AS w')
    .join('journeys AS j', 'j.id', 'w.journey_id')
    .leftJoin('decisions AS d', (join) => {
      join.on('d.journey_id', 'w.journey_id').andOnVal('d.state', 'proposed');
    })
    .leftJoin('stuck_periods AS s', (join) => {
      join.on('s.journey_id', 'w.journey_id').andOnNull('s.left_at');
    })
    .where((any) => {
      for (const prefix of scope) void any.orWhere('w.authority', 'like', `${prefix}%`);
    })
    .groupBy('w.journey_id')
    .orderBy([{ column: db.raw('since') }, { column: 'w.journey_id' }])
    .limit(MOST_ENTRIES)
    .select<WorklistEntry[]>(
      'w.journey_id AS journey',
      // All rows of a journey agree in everything but the authority.
      db.raw('MIN(w.cause) AS cause'),
      db.raw('MIN(w.stuck_at) AS since'),
      db.raw('MIN(w.authority) AS authority'),
      db.raw('MIN(j.document_type) AS documentType'),
      db.raw('MIN(j.case_number) AS caseNumber'),
      db.raw('MIN(s.attempts_asked_at) AS attemptsAskedAt'),
      db.raw('MIN(w.to_do_id) AS toDoId'),
      db.raw('MIN(d.reviewer) AS reviewer'),
    );
  if (cause !== undefined) void query.where('w.cause', cause);
  if (caseNumber !== undefined) void query.where('j.case_number', caseNumber);
  if (reviewer !== undefined) void query.where('d.reviewer', reviewer);
  if (after) void query.whereRaw('(w.stuck_at, w.journey_id) > (?, ?)', [after.at, after.id]);
  return await query;
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
    return own.length > 0 ? own : (named[at] ?? []);
  });
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
