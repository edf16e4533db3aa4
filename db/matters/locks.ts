import type { Db } from '../store/store';
import type { MatterRow } from '../tables';

/**
 * Locks matters until the transaction ends: first the heads of their applications, in order, then their own rows. Whoever decides
 * about a matter does this before reading what decides. While the head is locked no version is pushed, and nothing is decided about
 * any other version. docs/architecture.md, "The order of locks", says what may be locked before and after.
 */
async function lockMatters(db: Db, ids: readonly string[]): Promise<MatterRow[]> {
  if (ids.length === 0) return [];
  // A matter's head never changes.
  const heads = await db('matters')
    .whereIn('id', ids)
    .distinct('registry', 'external_id')
    .orderBy(['registry', 'external_id']);
  for (const { registry, external_id } of heads) {
    await db('matter_heads').where({ registry, external_id }).forUpdate().first('latest_version');
  }
  return await db('matters').whereIn('id', ids).orderBy('id').forUpdate();
}

export async function lockMatter(db: Db, id: string): Promise<MatterRow | undefined> {
  return (await lockMatters(db, [id]))[0];
}
