import type { Knex } from 'knex';
import type { AttemptState, CheckPurpose } from '../../domain/attempts';
import { NATIONAL, scopesOver } from '../../domain/clerks';
import type { DocumentType } from '../../domain/documents';
import { shanghaiDay } from '../../domain/shanghai-time';
import type { CheckFailureCode } from '../../domain/vendor-results';
import { withoutCovered } from '../decisions/worklist';
import type { Db } from '../store/store';
import type { DailyCheckRow } from '../tables';
import { withinScope } from './scope';

/** Attempts of one day that ended in the same way. */
export interface CheckCount {
  /** In China, `YYYY-MM-DD`. */
  day: string;
  /** Undefined of attempts from before it was recorded. */
  documentType?: DocumentType;
  purpose: CheckPurpose;
  state: AttemptState;
  /** Why they failed. */
  codes: CheckFailureCode[];
  /** Whether a signature used up what they proved. */
  isSigned: boolean;
  count: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LONGEST_DAYS = 31;

/** Days in China, the newest first. */
export function daysUntil(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, back) => shanghaiDay(new Date(now.getTime() - back * DAY)));
}

const groups = ['document_type', 'purpose', 'state', 'codes', 'is_signed'] as const;

interface Row {
  day: string;
  document_type: DocumentType | '' | null;
  purpose: CheckPurpose;
  state: AttemptState;
  codes: string | null;
  is_signed: 0 | 1;
  /** A sum is a DECIMAL. */
  n: number | string;
}

/**
 * Attempts by what became of them: past days from their totals, days without totals from the attempts, one index of which has all
 * that is counted.
 * @param scope if given, only of what clerks of this scope serve
 */
export async function countChecks(
  db: Db,
  days: readonly string[],
  scope?: readonly string[],
): Promise<CheckCount[]> {
  const totals = await totalledDays(db, days.at(-1) ?? '');
  const isTotalled = (day: string) => totals.has(day);
  const read = (
    table: 'attempts' | 'daily_checks',
    of: readonly string[],
    { within, sum }: { within: Knex.QueryCallback; sum: string },
  ) =>
    of.length === 0
      ? []
      : db(table)
          .whereIn('day', [...of])
          .where(within)
          .groupBy('day', ...groups)
          .select<Row[]>(db.raw("DATE_FORMAT(day, '%Y-%m-%d') AS day"), ...groups, db.raw(`${sum} AS n`));
  const [past, present] = await Promise.all([
    read('daily_checks', days.filter(isTotalled), { within: totalsOf(scope), sum: 'SUM(`count`)' }),
    read(
      'attempts',
      days.filter((day) => !isTotalled(day)),
      { within: withinScope(scope, 'authority'), sum: 'COUNT(*)' },
    ),
  ]);
  return [...past, ...present].map((row) => ({
    day: row.day,
    ...(row.document_type && { documentType: row.document_type }),
    purpose: row.purpose,
    state: row.state,
    codes: row.codes ? (JSON.parse(row.codes) as CheckFailureCode[]) : [],
    isSigned: row.is_signed === 1,
    count: Number(row.n),
  }));
}

/** Condition: the totals that together have each attempt of a scope once. Without a scope, of all provinces and the national desk. */
function totalsOf(scope: readonly string[] | undefined) {
  return (query: Knex.QueryBuilder): void => {
    if (scope) void query.whereIn('scope', withoutCovered(scope));
    else void query.where('scope', NATIONAL).orWhereRaw('CHAR_LENGTH(scope) = 2');
  };
}

async function totalledDays(db: Db, since: string): Promise<Set<string>> {
  const rows = await db(db('daily_checks').where('day', '>=', since).distinct('day').as('d')).select<
    { day: string }[]
  >(db.raw("DATE_FORMAT(day, '%Y-%m-%d') AS day"));
  return new Set(rows.map(({ day }) => day));
}

const ROWS_AT_ONCE = 1_000;

/**
 * Adds the totals of days that are over, an hour after their end: by then nearly every check has its result. Each attempt counts once for
 * every entry of a scope that covers its authority, so that the figures of a province are read without those of its counties.
 */
export async function totalChecks(db: Db, now: Date): Promise<void> {
  const over = daysUntil(new Date(now.getTime() - DAY - HOUR), LONGEST_DAYS);
  const totals = await totalledDays(db, over.at(-1) ?? '');
  for (const day of over) {
    if (totals.has(day)) continue;
    const rows = await totalsOfDay(db, day);
    // In one transaction, so that a reader sees all of a day or nothing. Several workers would add the same.
    await db.transaction(async (within) => {
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
        await within('daily_checks')
          .insert(rows.slice(at, at + ROWS_AT_ONCE))
          .onConflict()
          .ignore();
    });
  }
}

async function totalsOfDay(db: Db, day: string): Promise<DailyCheckRow[]> {
  const counted = await db('attempts')
    .where({ day })
    .groupBy('authority', ...groups)
    .select<(Row & { authority: string })[]>('authority', ...groups, db.raw('COUNT(*) AS n'));
  const totals = new Map<string, DailyCheckRow>();
  for (const { authority, n, document_type, codes, purpose, state, is_signed } of counted) {
    const how = {
      document_type: document_type ?? '',
      purpose,
      state,
      codes: codes ?? '',
      is_signed,
    } as const;
    for (const scope of scopesOver(authority)) {
      const key = JSON.stringify([scope, how]);
      const count = (totals.get(key)?.count ?? 0) + Number(n);
      totals.set(key, { day, scope, ...how, count });
    }
  }
  // In one order, so that two workers do not wait for each other.
  return [...totals.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}
