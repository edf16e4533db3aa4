import type { Db } from '../store/store';

/** A checkpoint as it was published. */
export interface Published {
  id: number;
  size: number;
  note: string;
  publishedAt: Date;
}

/** The newest checkpoint of a log. @param size if given, the one of this size */
export async function findCheckpoint(db: Db, origin: string, size?: number): Promise<Published | undefined> {
  const row = await db('log_checkpoints')
    .where({ origin, ...(size !== undefined && { tree_size: size }) })
    .orderBy('tree_size', 'desc')
    .first('id', 'tree_size', 'note', 'published_at');
  return row && { id: row.id, size: row.tree_size, note: row.note, publishedAt: row.published_at };
}

/** When a checkpoint was last time-stamped, by our clock. */
export async function lastStampedAt(db: Db): Promise<Date | undefined> {
  return (await db('log_time_stamps').orderBy('stamped_at', 'desc').first('stamped_at'))?.stamped_at;
}

/** When the first checkpoint was published whose leaves no time stamp covers; undefined if the newest one is stamped. */
export async function unstampedSince(db: Db, origin: string): Promise<Date | undefined> {
  const stamped = await db('log_time_stamps AS t')
    .join('log_checkpoints AS c', 'c.id', 't.checkpoint_id')
    .where({ 'c.origin': origin })
    .orderBy('t.stamped_at', 'desc')
    .first({ size: 'c.tree_size' });
  const row = await db('log_checkpoints')
    .where({ origin })
    .where('tree_size', '>', stamped?.size ?? -1)
    .orderBy('tree_size')
    .first('published_at');
  return row?.published_at;
}

export async function isStamped(db: Db, checkpoint: number): Promise<boolean> {
  return (
    (await db('log_time_stamps').where({ checkpoint_id: checkpoint }).first('checkpoint_id')) !== undefined
  );
}

/** Keeps the first time stamp of a checkpoint. */
export async function addTimeStamp(db: Db, checkpoint: number, token: Buffer, now: Date): Promise<void> {
  await db('log_time_stamps')
    .insert({ checkpoint_id: checkpoint, token, stamped_at: now })
    .onConflict('checkpoint_id')
    .ignore();
}

/** A checkpoint of a log with its time stamp, the newest that has one. @param size if given, the checkpoint of this size */
export async function findTimeStamp(
  db: Db,
  origin: string,
  size?: number,
): Promise<(Published & { token: Buffer }) | undefined> {
  return await db('log_checkpoints AS c')
    .join('log_time_stamps AS t', 't.checkpoint_id', 'c.id')
    .where({ 'c.origin': origin, ...(size !== undefined && { 'c.tree_size': size }) })
    .orderBy('c.tree_size', 'desc')
    .first({
      ...{ id: 'c.id', size: 'c.tree_size', note: 'c.note', publishedAt: 'c.published_at' },
      token: 't.token',
    });
}
