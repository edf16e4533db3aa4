import { NATIONAL } from '../../domain/clerks';
import type { StuckCause } from '../../domain/stuck';
import type { Db } from '../store/store';
import {
  addAuthority,
  addToWorklist,
  changeInWorklist,
  lockInWorklist,
  removeFromWorklist,
} from './worklist-rows';
import type { JourneyRow } from '../tables';

type StuckJourney = Pick<JourneyRow, 'id' | 'person_key' | 'started_at' | 'document_type' | 'case_number'> & {
  /** The one that is stuck; without, the journey as a whole. */
  toDo: string | null;
};

/** Notes that a journey is stuck, and puts it before the clerks who may decide. */
export async function enterStuck(
  db: Db,
  { id, person_key, started_at, document_type, case_number, toDo }: StuckJourney,
  cause: StuckCause,
  now: Date,
): Promise<void> {
  const [authorities = []] = await authoritiesFor(db, [{ person_key, to_do_id: toDo }]);
  const [authority = NATIONAL] = [...authorities].sort();
  await db('stuck_periods').insert({
    journey_id: id,
    person_key,
    visit_began_at: started_at,
    to_do_id: toDo,
    cause,
    entered_at: now,
    authority,
  });
  const waiting = { cause, to_do_id: toDo, document_type, case_number, stuck_at: now };
  await addToWorklist(db, { journey: id, authorities, ...waiting }, now);
}

/**
 * Notes that it is stuck no more: it leaves the worklist, and its window code and a proposal that nobody settled are void.
 * @param by the command that ended it; undefined if time did
 */
export async function leaveStuck(db: Db, journey: string, by: string | undefined, now: Date): Promise<void> {
  await db('stuck_periods')
    .where({ journey_id: journey, left_at: null })
    .update({ left_at: now, left_by: by ?? 'time' });
  await removeFromWorklist(db, journey, now);
  await db('window_codes').where({ journey_id: journey }).delete();
  await db('decisions')
    .where({ journey_id: journey, state: 'proposed' })
    .update({ state: 'void', settled_at: now });
}

/** What says whose clerks serve a journey. */
type JourneyServed = Pick<JourneyRow, 'person_key' | 'to_do_id'>;

/**
 * For each of these journeys, its authorities: of the matter at hand; before the to-dos, of all open matters that wait for the person; else
 * the national desk.
 */
export async function authoritiesFor(db: Db, journeys: readonly JourneyServed[]): Promise<string[][]> {
  const named = () => db('confirmations AS c').join('matters AS m', 'm.id', 'c.matter_id').distinct();
  const ofToDos = await named()
    .whereIn(
      'c.to_do_id',
      journeys.flatMap(({ to_do_id: toDo }) => toDo ?? []),
    )
    .select({ of: 'c.to_do_id', authority: 'm.authority' });
  const ofPersons = await named()
    .whereIn(
      'c.person_key',
      journeys.flatMap(({ person_key: person, to_do_id: toDo }) => (toDo === null ? person : [])),
    )
    .where({ 'c.state': 'pending', 'm.state': 'open' })
    .select({ of: 'c.person_key', authority: 'm.authority' });
  return journeys.map(({ person_key: person, to_do_id: toDo }) => {
    const rows =
      toDo === null ? ofPersons.filter((row) => row.of === person) : ofToDos.filter((row) => row.of === toDo);
    return rows.length > 0 ? rows.map(({ authority }) => authority) : [NATIONAL];
  });
}

/** Puts journeys that are stuck already before the clerks of an authority whose new matter waits for their persons. */
export async function offerToAuthority(
  db: Db,
  { authority, personKeys }: { authority: string; personKeys: readonly string[] },
  now: Date,
): Promise<void> {
  const stuck = await db('worklist AS w')
    .join('journeys AS j', 'j.id', 'w.journey_id')
    .whereIn('j.person_key', personKeys)
    .whereNull('w.to_do_id')
    .distinct()
    .select({ id: 'w.journey_id' });
  await addAuthority(
    db,
    stuck.map(({ id }) => id),
    authority,
    now,
  );
}

/** When the person asked for more attempts, of a journey that is locked out now. */
export async function attemptsAskedAt(db: Db, journey: string): Promise<Date | undefined> {
  const row = await db('stuck_periods')
    .where({ journey_id: journey, left_at: null, cause: 'locked-out' })
    .first('attempts_asked_at');
  return row?.attempts_asked_at ?? undefined;
}

/** Notes that the person asks clerks for more attempts. @returns false if the journey is not locked out */
export async function askForAttempts(db: Db, journey: string, now: Date): Promise<boolean> {
  const lockedOut = () => ({ journey_id: journey, left_at: null, cause: 'locked-out' as const });
  return await db.transaction(async (within) => {
    const asked = await within('stuck_periods')
      .where(lockedOut())
      .whereNull('attempts_asked_at')
      .update({ attempts_asked_at: now });
    if (asked > 0) await noteCalled(within, journey, now);
    return (await within('stuck_periods').where(lockedOut()).first('id')) !== undefined;
  });
}

/** Notes that the person did what clerks were waiting for; only the first time counts. */
export async function noteCalled(db: Db, journey: string, now: Date): Promise<void> {
  const rows = await lockInWorklist(db, journey);
  if (rows[0]?.called_at === null) await changeInWorklist(db, rows, { called_at: now }, now);
}

/** Whose clerks may decide about a journey now; empty if it is not stuck. */
export async function authoritiesOf(db: Db, journey: string): Promise<string[]> {
  const rows = await db('worklist')
    .where({ journey_id: journey })
    .whereRaw('scope = authority')
    .orderBy('authority')
    .select('authority');
  return rows.map(({ authority }) => authority);
}
