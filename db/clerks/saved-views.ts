import { randomUUID } from 'node:crypto';
import type { Db } from '../store/store';
import type { SavedViewRow } from '../tables';

// So many can be kept by one clerk, and be shared under one entry of a scope.
const MOST_OF_CLERK = 30;
const MOST_SHARED = 50;

/** A view of the worklist that a clerk kept. What it shows is known to the api alone. */
export interface SavedView {
  id: string;
  owner: string;
  /** Under which entry of a scope others may use it. */
  sharedWith: string | null;
  name: string;
  definition: object;
}

/** A clerk's own views, and those shared with an entry of the clerk's scope; by name. */
export async function listSavedViews(
  db: Db,
  { clerk, scope }: { clerk: string; scope: readonly string[] },
): Promise<SavedView[]> {
  const rows: SavedViewRow[] = await db('saved_views')
    .where({ owner: clerk })
    .orWhereIn('shared_with', [...scope])
    .orderBy(['name', 'id']);
  return rows.map(({ id, owner, shared_with: sharedWith, name, definition }) => ({
    ...{ id, owner, sharedWith, name },
    definition: JSON.parse(definition) as object,
  }));
}

/** Keeps a view, or replaces the clerk's own one with this id. */
export async function saveView(
  db: Db,
  { id, owner, sharedWith, name, definition }: Omit<SavedView, 'id'> & { id?: string },
  now: Date,
): Promise<{ id: string } | { rejected: 'not_found' | 'too_many_views' }> {
  return await db.transaction(async (within) => {
    // Requests of one clerk wait for each other. Two clerks at the same moment may share one view too many, which harms nobody.
    await within('clerks').where({ id: owner }).forUpdate().select('id');
    const row = { shared_with: sharedWith, name, definition: JSON.stringify(definition), saved_at: now };
    const others = async (column: 'owner' | 'shared_with', value: string): Promise<number> => {
      const [found] = await within('saved_views')
        .where({ [column]: value })
        .whereNot({ id: id ?? '' })
        .count<{ count: number }[]>({ count: '*' });
      return Number(found?.count);
    };
    if (
      (await others('owner', owner)) >= MOST_OF_CLERK ||
      (sharedWith !== null && (await others('shared_with', sharedWith)) >= MOST_SHARED)
    )
      return { rejected: 'too_many_views' as const };
    if (id !== undefined) {
      const replaced = await within('saved_views').where({ id, owner }).update(row);
      return replaced > 0 ? { id } : { rejected: 'not_found' as const };
    }
    const made = randomUUID();
    await within('saved_views').insert({ id: made, owner, ...row });
    return { id: made };
  });
}

/** Removes a clerk's own view. @returns whether there was one */
export async function removeView(db: Db, { id, owner }: { id: string; owner: string }): Promise<boolean> {
  return (await db('saved_views').where({ id, owner }).delete()) > 0;
}
