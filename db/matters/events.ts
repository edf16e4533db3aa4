import type { Db, Store } from '../store/store';
import type { Delivery } from './deliveries';

/** An event, and its place in the feed of its registration system: 1 and on, without gaps. */
export interface FedEvent extends Delivery {
  position: number;
}

/** So many events are numbered at a time; a page has no more. */
export const MOST_EVENTS = 500;

/**
 * The events about the matters of a registration system, in the order in which they became known.
 * @param after the position of the last event that it has; 0 for all
 */
export async function listEvents(
  store: Store,
  registry: string,
  { after, limit }: { after: number; limit: number },
): Promise<FedEvent[]> {
  await store.knex.transaction((db) => numberEvents(db, registry));
  const rows = await store
    .knex('deliveries')
    .where({ registry })
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .select('position', 'body');
  return rows.map(({ position, body }) => ({
    ...(JSON.parse(body) as Delivery),
    position: Number(position),
  }));
}

/**
 * Numbers events that were committed since. An event gets its number only once everybody can read it, so none can appear before one
 * that has been read (docs/adr/0047).
 */
async function numberEvents(db: Db, registry: string): Promise<void> {
  // Written by an earlier version, which knew no feed.
  await db('deliveries')
    .whereNull('registry')
    .limit(MOST_EVENTS)
    .update({ registry: db.raw('(SELECT registry FROM matters WHERE matters.id = deliveries.matter_id)') });
  // Writing over what is there locks it, so that two who read at the same time number one after the other.
  await db('event_feeds').insert({ registry, last_position: 0 }).onConflict().merge(['registry']);
  const feed = await db('event_feeds').where({ registry }).first('last_position');
  // The events of a matter are written under its lock, so their sequence is their order.
  const rows = await db('deliveries')
    .where({ registry, position: null })
    .orderBy('sequence')
    .limit(MOST_EVENTS)
    .select('id');
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const last = feed?.last_position ?? 0;
  await db('deliveries')
    .whereIn('id', ids)
    .update({ position: db.raw(`? + FIELD(id, ${ids.map(() => '?').join(', ')})`, [last, ...ids]) });
  await db('event_feeds')
    .where({ registry })
    .update({ last_position: last + ids.length });
}
