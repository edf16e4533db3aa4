import { addDelivery } from '../matters/deliveries';
import { lockMatter } from '../matters/locks';
import type { Store } from '../store/store';

/**
 * Tells the registration system, once for a to-do, that the name in its matter is not that of the person's document.
 * @returns the matter, to be reevaluated; undefined if there is nothing to tell
 */
export async function reportNameDifference(
  store: Store,
  { toDo, matter: id }: { toDo: string; matter: string },
  now: Date,
): Promise<string | undefined> {
  return await store.knex.transaction(async (db) => {
    const matter = await lockMatter(db, id);
    if (matter?.state !== 'open') return undefined;
    const rows = await db('confirmations')
      .where({ to_do_id: toDo, matter_id: id, state: 'pending', name_reported_at: null })
      .orderBy('role')
      .select('reference', 'role');
    const [first] = rows;
    if (!first) return undefined;
    await db('confirmations').where({ to_do_id: toDo }).update({ name_reported_at: now });
    const persons = [{ reference: first.reference, roles: rows.map(({ role }) => role) }];
    await addDelivery(db, matter, { event: 'person.name-differs', persons }, now);
    return id;
  });
}
