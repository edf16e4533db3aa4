import { MOST_NOTES } from '../../domain/worklist';
import { openFrom, sealFor } from '../store/sealed-values';
import type { Store } from '../store/store';
import { findJourney } from '../journeys/journeys';
import { announceChange } from './worklist-rows';
import type { JourneyNoteRow } from '../tables';

/** What a clerk wrote about a journey for other clerks. */
export interface JourneyNote {
  id: string;
  clerk: string;
  text: string;
  writtenAt: Date;
}

/**
 * Adds a note, sealed with the journey's key: it is gone with what the person entered.
 * @param note `command` names the request: the same one again adds nothing
 */
export async function addNote(
  store: Store,
  { journey: id, clerk, text, command }: { journey: string; clerk: string; text: string; command: string },
  now: Date,
): Promise<{ rejected?: 'journey_closed' | 'too_many_notes' }> {
  return await store.knex.transaction(async (db) => {
    const journey = await findJourney(db, id, 'locked');
    const owner = `journey:${id}`;
    const key = journey && (await store.dataKeys.find(db, owner));
    if (!key) return { rejected: 'journey_closed' as const };
    const known = await db('journey_notes').where({ journey_id: id }).select('id');
    if (known.some((note) => note.id === command)) return {};
    if (known.length >= MOST_NOTES) return { rejected: 'too_many_notes' as const };
    await db('journey_notes').insert({
      ...{ id: command, journey_id: id, clerk_id: clerk, written_at: now },
      content: sealFor(store, key, owner, 'note', text),
    });
    await announceChange(db, id, now);
    return {};
  });
}

/** The notes about a journey that can still be read, newest first. */
export async function notesOf(store: Store, journey: string): Promise<JourneyNote[]> {
  const owner = `journey:${journey}`;
  const key = await store.dataKeys.find(store.knex, owner);
  if (!key) return [];
  const visit = await store.knex('journeys').where({ id: journey }).first('started_at');
  // Those of an earlier visit were sealed with a key that is gone.
  const rows: JourneyNoteRow[] = await store
    .knex('journey_notes')
    .where({ journey_id: journey })
    .where('written_at', '>=', visit?.started_at ?? new Date())
    .orderBy('written_at', 'desc');
  return rows.map(({ id, clerk_id: clerk, content, written_at: writtenAt }) => ({
    ...{ id, clerk, writtenAt },
    text: openFrom<string>(store, key, owner, 'note', content),
  }));
}
