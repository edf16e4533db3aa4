import type { UndeliveredCause } from '../../domain/deliveries';
import { mayServe } from '../../domain/clerks';
import { UNDELIVERED_AFTER_MS } from '../../domain/limits';
import { withinScope } from '../maintenance/scope';
import type { ListPlace } from '../store/list-place';
import type { Db, Store } from '../store/store';
import { lockMatter } from './locks';

/** A matter whose callbacks do not arrive. */
export interface UndeliveredCallbacks {
  matter: string;
  registry: string;
  externalId: string;
  version: number;
  authority: string;
  cause: UndeliveredCause;
  /** When the oldest of them happened. */
  since: Date;
  /** How many were not acknowledged. */
  callbacks: number;
}

const MOST_ENTRIES = 50;

/**
 * Matters with callbacks that wait for a week, or that the registration system wants no more; the oldest first.
 * @param scope see domain/clerks.ts
 * @param after the last entry of the page before
 */
export async function listUndelivered(
  db: Db,
  { scope, after }: { scope: readonly string[]; after?: ListPlace },
  now: Date,
): Promise<UndeliveredCallbacks[]> {
  if (scope.length === 0) return [];
  const overdue = new Date(now.getTime() - UNDELIVERED_AFTER_MS);
  const query = db('deliveries AS d')
    .join('matters AS m', 'm.id', 'd.matter_id')
    .whereIn('d.state', ['waiting', 'stopped'])
    .whereNull('m.erased_at')
    .where(withinScope(scope, 'm.authority'))
    .groupBy('d.matter_id')
    .havingRaw("(MIN(d.created_at) <= ? OR MAX(d.state = 'stopped') = 1)", [overdue])
    .orderBy([{ column: db.raw('since') }, { column: 'd.matter_id' }])
    .limit(MOST_ENTRIES)
    .select<(Omit<UndeliveredCallbacks, 'cause'> & { isStopped: 0 | 1 })[]>(
      'd.matter_id AS matter',
      db.raw('MIN(m.registry) AS registry'),
      db.raw('MIN(m.external_id) AS externalId'),
      db.raw('MIN(m.version) AS version'),
      db.raw('MIN(m.authority) AS authority'),
      db.raw("MAX(d.state = 'stopped') AS isStopped"),
      db.raw('MIN(d.created_at) AS since'),
      db.raw('COUNT(*) AS callbacks'),
    );
  if (after) void query.havingRaw('(MIN(d.created_at), d.matter_id) > (?, ?)', [after.at, after.id]);
  const rows = await query;
  return rows.map(({ isStopped, ...entry }) => ({
    ...entry,
    cause: isStopped ? 'receiver-gone' : 'not-acknowledged',
  }));
}

/**
 * Has callbacks sent again that were stopped. Those that wait stay as they are.
 * @returns false if the matter is not of this scope, or has no callback that was not acknowledged
 */
export async function replayCallbacks(store: Store, id: string, scope: readonly string[]): Promise<boolean> {
  return await store.knex.transaction(async (db) => {
    const matter = await lockMatter(db, id);
    if (!matter || !mayServe(scope, matter.authority)) return false;
    await db('matters').where({ id }).update({ callbacks_stopped_at: null });
    await db('deliveries').where({ matter_id: id, state: 'stopped' }).update({ state: 'waiting' });
    const waiting = await db('deliveries').where({ matter_id: id, state: 'waiting' }).first('id');
    return waiting !== undefined;
  });
}
