import { kindOfEntry } from '../../domain/log-entries';
import { readTreeHead, signCheckpoint } from '../../evidence/log/checkpoint';
import type { NoteSigner } from '../../evidence/log/note';
import { appended } from '../../evidence/log/proofs';
import { hashLeaf } from '../../evidence/log/tree';
import type { Db, Store } from '../store/store';
import { findCheckpoint } from './checkpoints';
import { hashesIn, sizeOfLog, treeIn } from './hashes';
import { LogInconsistentError } from './inconsistency';

/** The name of the log, and the keys that sign for it. */
export interface LogIdentity {
  origin: string;
  signers: readonly NoteSigner[];
}

/** So many entries become leaves at once. */
export const LOG_BATCH = 256;

/** Whether there is something to sequence or to publish. It takes no lock. */
export async function isLogBehind(db: Db, origin: string): Promise<boolean> {
  const waiting = await db('log_waiting').first('id');
  if (waiting) return true;
  return (await findCheckpoint(db, origin))?.size !== (await sizeOfLog(db));
}

/**
 * Makes leaves of the oldest entries that wait. An entry that has a leaf already gets no other.
 * @returns how many entries no longer wait, LOG_BATCH at most
 * @throws LogInconsistentError
 */
export async function addLeaves(store: Store, origin: string): Promise<number> {
  return await withLockedLog(store, origin, async (db, size) => {
    const waiting = await db('log_waiting').orderBy('id').limit(LOG_BATCH).select('id', 'entry');
    const named = waiting.map(({ entry }) => entry);
    if (named.some((entry) => kindOfEntry(entry) === undefined))
      throw new LogInconsistentError('log_entry_malformed');
    const rows = await db('log_hashes').whereIn('entry', named).select('entry');
    const known = new Set(rows.map(({ entry }) => entry));
    const entries = [...new Set(named)].filter((entry) => !known.has(entry));
    const leaves = entries.map((entry) => hashLeaf(Buffer.from(entry, 'ascii')));
    const hashes = await appended(size, leaves, hashesIn(db));
    if (hashes.length > 0) {
      await db('log_hashes').insert(
        hashes.map(({ level, position, hash }) => ({
          ...{ level, position, hash },
          entry: level === 0 ? (entries[position - size] ?? null) : null,
        })),
      );
    }
    const ids = waiting.map(({ id }) => id);
    await db('log_waiting').whereIn('id', ids).delete();
    return waiting.length;
  });
}

/**
 * Signs the tree of all leaves, which are durable since an earlier transaction, and publishes it, unless that was done before.
 * @returns the size of the tree that was published
 * @throws LogInconsistentError
 */
export async function publishCheckpoint(
  store: Store,
  { origin, signers }: LogIdentity,
  now: Date,
): Promise<number | undefined> {
  return await withLockedLog(store, origin, async (db, size) => {
    if ((await findCheckpoint(db, origin))?.size === size) return undefined;
    const root = await treeIn(db, size).root(size);
    const note = signCheckpoint({ origin, size, root }, signers);
    await db('log_checkpoints').insert({ origin, tree_size: size, note, published_at: now });
    await heads(store, db).where({ origin }).update({ note });
    return size;
  });
}

const heads = (store: Store, db: Db) => db('log_heads').withSchema(store.keysDatabaseName);

/**
 * Works in a transaction that continues the log, one worker at a time.
 * @param work gets the number of leaves
 * @throws LogInconsistentError if the log does not continue what was published. The newest checkpoint is kept in both schemas: after one
 *   of them was restored from a backup, the other still has it
 */
async function withLockedLog<T>(
  store: Store,
  origin: string,
  work: (db: Db, size: number) => Promise<T>,
): Promise<T> {
  // Not within the transaction: several workers that insert the same row there would wait for each other.
  if (!(await heads(store, store.knex).where({ origin }).first('origin')))
    await heads(store, store.knex).insert({ origin, note: null }).onConflict('origin').ignore();
  return await store.knex.transaction(async (db) => {
    const head = await heads(store, db).where({ origin }).forUpdate().first('note');
    const newest = await findCheckpoint(db, origin);
    const size = await sizeOfLog(db);
    const tree = treeIn(db, size);
    for (const note of new Set([head?.note, newest?.note])) {
      if (note == null) continue;
      const published = readTreeHead(note);
      if (!published) throw new LogInconsistentError('log_head_unreadable');
      if (published.size > size) throw new LogInconsistentError('log_shrunk');
      const root = await tree.root(published.size);
      if (!root.equals(published.root)) throw new LogInconsistentError('log_rewritten');
    }
    return await work(db, size);
  });
}
