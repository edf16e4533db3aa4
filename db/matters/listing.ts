import type { MatterState } from '../../domain/matter-states';
import type { MatterKind } from '../../domain/roles';
import type { ListPlace } from '../store/list-place';
import type { Db } from '../store/store';

/** A version of a matter, as a registration system lists its own. */
export interface ListedMatter {
  id: string;
  externalId: string;
  version: number;
  state: MatterState;
  authority: string;
  kind: MatterKind;
  pushedAt: Date;
  decidedAt: Date | null;
}

/**
 * The versions that a registration system has pushed, the oldest first.
 * @param after the last entry of the page before
 */
export async function listMatters(
  db: Db,
  registry: string,
  { state, since, after, limit }: { state?: MatterState; since?: Date; after?: ListPlace; limit: number },
): Promise<ListedMatter[]> {
  const query = db('matters')
    .where({ registry, ...(state && { state }) })
    .orderBy(['pushed_at', 'id'])
    .limit(limit)
    .select<ListedMatter[]>({
      id: 'id',
      externalId: 'external_id',
      version: 'version',
      state: 'state',
      authority: 'authority',
      kind: 'kind',
      pushedAt: 'pushed_at',
      decidedAt: 'decided_at',
    });
  if (since) void query.where('pushed_at', '>=', since);
  // The first condition lets the index find the place; MySQL does not take a row comparison for a range.
  if (after)
    void query.where('pushed_at', '>=', after.at).whereRaw('(pushed_at, id) > (?, ?)', [after.at, after.id]);
  return await query;
}
