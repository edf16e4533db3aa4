import { looksAtPersons } from '../../domain/unusual-use';
import type { Looks } from '../../domain/unusual-use';
import type { Db } from '../store/store';

/** How often each clerk looked at each person since then, by the hour. */
export async function countLooks(db: Db, since: Date): Promise<Looks[]> {
  // A search for a person has the person itself as its subject.
  const person = 'COALESCE(j.person_key, a.subject_id)';
  // The clock of the database is in UTC, and China has no summer time.
  const inChina = 'a.at + INTERVAL 8 HOUR';
  return await db(db.raw('clerk_actions AS a FORCE INDEX (clerk_actions_named)'))
    .leftJoin('journeys AS j', 'j.id', 'a.subject_id')
    .whereIn('a.action', [...looksAtPersons])
    .where('a.at', '>=', since)
    .where({ 'a.result': 'done' })
    .whereNotNull('a.clerk_id')
    .whereNotNull('a.subject_id')
    .groupByRaw(`a.clerk_id, ${person}, day, hour`)
    .select<Looks[]>({ clerk: 'a.clerk_id' })
    .select(
      db.raw(`${person} AS person`),
      db.raw(`DATE_FORMAT(${inChina}, '%Y-%m-%d') AS day`),
      db.raw(`HOUR(${inChina}) AS hour`),
      db.raw('COUNT(*) AS count'),
    );
}
