import { dropInput, openInput } from '../store/sealed-inputs';
import { openFrom, sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { DecisionRow } from '../tables';

const WHAT = 'decision-note';

/**
 * Moves what a clerk added to a decision from the sealed input to the decision, under the journey's key: it is gone with what the person
 * entered.
 * @param noteInput undefined where nothing was added
 * @returns undefined if it was added and is no longer there
 */
export async function takeNote(
  store: Store,
  db: Db,
  { journey, noteInput }: { journey: string; noteInput?: string },
  now: Date,
): Promise<Buffer | null | undefined> {
  if (noteInput === undefined) return null;
  const written = await openInput(store, db, { id: noteInput, kind: 'decision-note' }, now);
  const owner = `journey:${journey}`;
  const key = await store.dataKeys.find(db, owner);
  await dropInput(store, db, noteInput);
  return written && key && sealFor(store, key, owner, WHAT, written.text);
}

/** What was added to these decisions of one journey, by decision, as long as the journey's key is there. */
export async function decisionNotesOf(
  store: Store,
  journey: string,
  decisions: readonly Pick<DecisionRow, 'id' | 'note' | 'review_note' | 'decided_at'>[],
): Promise<Map<string, { note?: string; reviewNote?: string }>> {
  const noted = decisions.filter(({ note, review_note }) => note ?? review_note);
  if (noted.length === 0) return new Map();
  const owner = `journey:${journey}`;
  const key = await store.dataKeys.find(store.knex, owner);
  const visit = await store.knex('journeys').where({ id: journey }).first('started_at');
  if (!key || !visit) return new Map();
  const read = (sealed: Buffer | null) => sealed && openFrom<string>(store, key, owner, WHAT, sealed);
  return new Map(
    noted
      // Those of an earlier visit were sealed with a key that is gone.
      .filter(({ decided_at: at }) => at >= visit.started_at)
      .map(({ id, note, review_note }) => {
        const [own, reviewer] = [read(note), read(review_note)];
        return [
          id,
          { ...(own !== null && { note: own }), ...(reviewer !== null && { reviewNote: reviewer }) },
        ];
      }),
  );
}
