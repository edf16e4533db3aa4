import { treeOf } from '../../evidence/log/proofs';
import type { ReadHashes, Tree } from '../../evidence/log/proofs';
import type { Db } from '../store/store';
import { LogInconsistentError } from './inconsistency';

/** How hashes of the log are read; one query each. @throws LogInconsistentError if one is missing */
export function hashesIn(db: Db): ReadHashes {
  return async (level, from, count) => {
    const rows = await db('log_hashes')
      .where({ level })
      .where('position', '>=', from)
      .where('position', '<', from + count)
      .orderBy('position')
      .select('hash');
    if (rows.length !== count) throw new LogInconsistentError('log_incomplete');
    return rows.map(({ hash }) => hash);
  };
}

/** The tree of the first leaves. @param size there are at least so many */
export function treeIn(db: Db, size: number): Tree {
  return treeOf(size, hashesIn(db));
}

/** The number of leaves. */
export async function sizeOfLog(db: Db): Promise<number> {
  const last = await db('log_hashes').where({ level: 0 }).orderBy('position', 'desc').first('position');
  return last ? last.position + 1 : 0;
}

/** Entries of leaves, in ASCII, from a position on. @throws LogInconsistentError if one is missing */
export async function readEntries(db: Db, from: number, count: number): Promise<Buffer[]> {
  const rows = await db('log_hashes')
    .where({ level: 0 })
    .where('position', '>=', from)
    .where('position', '<', from + count)
    .orderBy('position')
    .select('entry');
  const entries = rows.flatMap(({ entry }) => (entry === null ? [] : Buffer.from(entry, 'ascii')));
  if (entries.length !== count) throw new LogInconsistentError('log_incomplete');
  return entries;
}

/** The leaf of an entry. @param entries the entry in question, in every form that it may have */
export async function findLeaf(db: Db, entries: readonly string[]): Promise<number | undefined> {
  return (
    await db('log_hashes')
      .whereIn('entry', [...entries])
      .first('position')
  )?.position;
}
