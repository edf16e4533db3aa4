import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { flagsFrom, PERSONS_OF_A_PORTRAIT } from '../../domain/flags';
import type { Flag, FlagKind, FlagLimits, Sightings } from '../../domain/flags';
import type { Role } from '../../domain/roles';
import { shanghaiDay } from '../../domain/shanghai-time';
import type { ToDo } from '../confirmations/confirmations';
import type { PassedCheck } from '../attempts/passed-checks';
import type { Db } from '../store/store';
import type { JourneyRow } from '../tables';

const DAY = 24 * 3_600_000;

/** Looks for signs that somebody else is confirming, and notes them with the confirmation that is being settled. */
export async function raiseFlags(
  db: Db,
  { journey, toDo, checks }: { journey: JourneyRow; toDo: ToDo; checks: readonly PassedCheck[] },
  limits: FlagLimits,
  now: Date,
): Promise<Flag[]> {
  const flags = flagsFrom(await sightingsOf(db, journey, checks, limits, now), limits);
  if (flags.length > 0) {
    await db('flags').insert(
      flags.map((flag) => ({
        id: randomUUID(),
        to_do_id: toDo.id,
        matter_id: toDo.matter.id,
        person_key: journey.person_key,
        ...flag,
        raised_at: now,
      })),
    );
  }
  return flags;
}

/** In one query; nothing is counted beyond what decides. */
async function sightingsOf(
  db: Db,
  { account, person_key: personKey }: JourneyRow,
  checks: readonly PassedCheck[],
  limits: FlagLimits,
  now: Date,
): Promise<Sightings> {
  const since = shanghaiDay(new Date(now.getTime() - limits.windowDays * DAY));
  const attempts = () => db('attempts AS a').where('a.day', '>=', since);
  const passed = () => attempts().where('a.state', 'passed');
  const persons = (of: Knex.QueryBuilder, most: number) =>
    db.count('*').from(of.distinct('a.person_key').limit(most).as('persons'));
  const attacks = (of: { 'a.person_key': string } | { 'a.account': string }) =>
    db.count('*').from(
      attempts()
        .where({ ...of, 'a.attack': 1 })
        .limit(1)
        .select('a.id')
        .as('attacks'),
    );
  const devices = known(checks.map(({ device }) => device));
  const portraits = known(checks.map(({ portraitHash }) => portraitHash));
  const ofPortraits = passed().join('portraits AS p', 'p.attempt_id', 'a.id').whereIn('p.sha256', portraits);
  const [counts] = await db.select<
    Record<'device' | 'account' | 'portrait' | 'onPerson' | 'byAccount', number>[]
  >(
    persons(passed().whereIn('a.device', devices), limits.personsSevere).as('device'),
    persons(passed().where({ 'a.account': account }), limits.personsSevere).as('account'),
    persons(ofPortraits, PERSONS_OF_A_PORTRAIT).as('portrait'),
    attacks({ 'a.person_key': personKey }).as('onPerson'),
    attacks({ 'a.account': account }).as('byAccount'),
  );
  const scoreOf = (purpose: PassedCheck['purpose']) =>
    checks.findLast((check) => check.purpose === purpose && check.score !== null)?.score ?? undefined;
  return {
    personsOfDevice: counts?.device ?? 0,
    personsOfAccount: counts?.account ?? 0,
    personsOfPortrait: counts?.portrait ?? 0,
    attackReported: (counts?.onPerson ?? 0) + (counts?.byAccount ?? 0) > 0,
    firstScore: scoreOf('identity-face'),
    secondScore: scoreOf('matter-face'),
  };
}

function known(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** Whose confirmation of a matter is flagged, as the registration system knows them. */
export interface FlaggedPerson {
  reference: string;
  roles: Role[];
  flags: FlagKind[];
  /** Whether a severe one waits for a reviewer. */
  isHeld: boolean;
}

/** One for each to-do of a matter that is flagged. */
export async function listFlaggedPersons(db: Db, matter: string): Promise<FlaggedPerson[]> {
  const rows = await db('flags AS f')
    .join('confirmations AS c', 'c.to_do_id', 'f.to_do_id')
    .where('f.matter_id', matter)
    .orderBy(['c.reference', 'c.role', 'f.kind'])
    .select({
      to_do_id: 'f.to_do_id',
      kind: 'f.kind',
      severity: 'f.severity',
      reviewed_at: 'f.reviewed_at',
      reference: 'c.reference',
      role: 'c.role',
    });
  const ofToDos = new Map(
    rows.map(({ to_do_id }) => [to_do_id, rows.filter((row) => row.to_do_id === to_do_id)]),
  );
  return [...ofToDos.values()].map((of) => ({
    reference: of[0]?.reference ?? '',
    roles: [...new Set(of.map(({ role }) => role))],
    flags: [...new Set(of.map(({ kind }) => kind))],
    isHeld: of.some(({ severity, reviewed_at }) => severity === 'severe' && reviewed_at === null),
  }));
}

/**
 * Flags follow their confirmations to the version that carries these over: no new version shakes them off.
 * @param toDos the new to-do for each that is carried over
 */
export async function carryFlags(
  db: Db,
  from: string,
  to: { matter: string; toDos: ReadonlyMap<string, string> },
): Promise<void> {
  const flagged = await db('flags').where({ matter_id: from }).distinct('to_do_id');
  for (const { to_do_id } of flagged) {
    const carried = to.toDos.get(to_do_id);
    if (carried) await db('flags').where({ to_do_id }).update({ to_do_id: carried, matter_id: to.matter });
  }
}
