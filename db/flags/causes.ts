import type { Knex } from 'knex';
import type { SharedThing } from '../../domain/flags';
import { shanghaiDay } from '../../domain/shanghai-time';
import { mayServe } from '../../domain/clerks';
import { authoritiesSeeing } from '../decisions/worklist';
import type { Db } from '../store/store';
import type { FlagRow } from '../tables';
import type { FlagView } from './reviews';

/** The checks of one person with one phone, by one account or with one picture. Persons and things are numbered as they were first seen. */
interface Sighting {
  kind: SharedThing;
  thing: number;
  /** 1 is the person of the flag. */
  person: number;
  checks: number;
  firstAt: Date;
  lastAt: Date;
  /** The last journey of these checks, if clerks of this scope may see it. */
  journeyId?: string;
}

/** A check of the person of the flag. */
interface CheckOfPerson {
  purpose: 'identity-face' | 'matter-face';
  at: Date;
  /** How alike the vendor found the faces, 0 to 100. */
  score?: number;
  /** Whether the vendor reported an attack. */
  isAttack: boolean;
}

/** What raised a flag, or would have raised it by now. */
interface FlagCauses {
  sightings: Sighting[];
  checks: CheckOfPerson[];
}

/** So far back before the flag it is shown: at least as far as any configuration looks. */
const DAYS_SHOWN = 365;
const DAY = 24 * 3_600_000;
const MOST_SIGHTINGS = 100;
const MOST_CHECKS = 50;

/** @param flag as it is listed, for who may see it */
export async function causesOfFlag(
  db: Db,
  { id, journeyId, kind }: Pick<FlagView, 'id' | 'journeyId' | 'kind'>,
  scope: readonly string[],
): Promise<FlagCauses> {
  const flag = await db('flags').where({ id }).first();
  if (!flag) return { sightings: [], checks: [] };
  const things = await thingsOf(db, flag, journeyId);
  const shown = {
    device: kind === 'device-shared',
    account: kind === 'account-shared' || kind === 'attack-reported',
  };
  const rows = [
    ...(shown.device ? await seenWith(db, flag, 'device', 'a.device', things.devices) : []),
    ...(shown.account ? await seenWith(db, flag, 'account', 'a.account', things.accounts) : []),
    ...(kind === 'portrait-shared' ? await seenWith(db, flag, 'portrait', 'p.sha256', things.portraits) : []),
  ];
  const visible = await visibleAmong(db, rows, scope);
  const persons = [...new Set([flag.person_key, ...rows.map(({ person }) => person)])];
  const numbered = [...new Set(rows.map(({ thing }) => thing))];
  const sightings = rows.map(({ kind: of, thing, person, checks, firstAt, lastAt, journey }) => ({
    ...{ kind: of, thing: numbered.indexOf(thing) + 1, person: persons.indexOf(person) + 1 },
    ...{ checks, firstAt, lastAt, ...(visible.has(journey) && { journeyId: journey }) },
  }));
  return { sightings, checks: await checksOf(db, flag) };
}

const before =
  ({ raised_at }: FlagRow) =>
  (attempts: Knex.QueryBuilder) => {
    const since = shanghaiDay(new Date(raised_at.getTime() - DAYS_SHOWN * DAY));
    void attempts.where('a.day', '>=', since).where('a.started_at', '<=', raised_at);
  };

/** With what the person of the flag was checked in the journey of the confirmation. */
async function thingsOf(db: Db, flag: FlagRow, journeyId: string | null) {
  const rows = await db('attempts AS a')
    .leftJoin('portraits AS p', 'p.attempt_id', 'a.id')
    .where({ 'a.journey_id': journeyId ?? '', 'a.person_key': flag.person_key, 'a.state': 'passed' })
    .where(before(flag))
    .select({ device: 'a.device', account: 'a.account', portrait: 'p.sha256' });
  return {
    devices: rows.flatMap(({ device }) => device ?? []),
    accounts: rows.map(({ account }) => account),
    portraits: rows.flatMap(({ portrait }: { portrait: string | null }) => portrait ?? []),
  };
}

interface SeenRow {
  kind: SharedThing;
  thing: string;
  person: string;
  checks: number;
  firstAt: Date;
  lastAt: Date;
  journey: string;
}

/** The persons who were checked with these things, the person of the flag first. */
async function seenWith(
  db: Db,
  flag: FlagRow,
  kind: SharedThing,
  column: 'a.device' | 'a.account' | 'p.sha256',
  things: readonly string[],
): Promise<SeenRow[]> {
  const query = db('attempts AS a')
    .where((own: Knex.QueryBuilder) => void own.whereIn(column, [...new Set(things)]))
    .where({ 'a.state': 'passed' })
    .where(before(flag))
    .groupByRaw('??, a.person_key', [column])
    .orderByRaw('a.person_key = ? DESC, firstAt, a.person_key', [flag.person_key])
    .limit(MOST_SIGHTINGS)
    .select<Omit<SeenRow, 'kind'>[]>(
      db.raw('?? AS thing', [column]),
      db.raw('a.person_key AS person'),
      db.raw('COUNT(*) AS checks'),
      db.raw('MIN(a.started_at) AS firstAt'),
      db.raw('MAX(a.started_at) AS lastAt'),
      db.raw("SUBSTRING_INDEX(GROUP_CONCAT(a.journey_id ORDER BY a.started_at DESC), ',', 1) AS journey"),
    );
  if (column === 'p.sha256') void query.join('portraits AS p', 'p.attempt_id', 'a.id');
  return (await query).map((row) => ({ ...row, kind }));
}

async function visibleAmong(
  db: Db,
  rows: readonly SeenRow[],
  scope: readonly string[],
): Promise<Set<string>> {
  const journeys = await db('journeys').whereIn(
    'id',
    rows.map(({ journey }) => journey),
  );
  const authorities = await authoritiesSeeing(db, journeys);
  return new Set(
    journeys
      .filter((_, at) => authorities[at]?.some((authority) => mayServe(scope, authority)))
      .map(({ id }) => id),
  );
}

/** The face checks of the person, newest first. */
async function checksOf(db: Db, flag: FlagRow): Promise<CheckOfPerson[]> {
  const rows = await db('attempts AS a')
    .where({ 'a.person_key': flag.person_key })
    .whereIn('a.purpose', ['identity-face', 'matter-face'])
    .where(before(flag))
    .orderBy('a.started_at', 'desc')
    .limit(MOST_CHECKS)
    .select({ purpose: 'a.purpose', at: 'a.started_at', score: 'a.score', attack: 'a.attack' });
  return rows.map(({ purpose, at, score, attack }) => ({
    ...{
      purpose: purpose === 'matter-face' ? purpose : ('identity-face' as const),
      at,
      isAttack: attack === 1,
    },
    ...(score !== null && { score: Number(score) }),
  }));
}
