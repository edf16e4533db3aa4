import type { Store } from '../store/store';
import { auditRecords } from './audit-records';
import { auditTree } from './audit-tree';
import type { Finding, Log } from './audit-tree';

/** What an audit has looked at, and what does not agree, by the first leaf that it breaks. */
export interface Audit {
  leaves: number;
  checkpoints: number;
  records: number;
  /** Records that have no leaf yet. */
  waiting: number;
  findings: Finding[];
}

/**
 * Computes the whole transparency log again, from the records that are there, in one state of the database.
 * @param kept a checkpoint that somebody kept elsewhere
 */
export async function auditLog(store: Store, log: Log, kept?: string): Promise<Audit> {
  return await store.knex.transaction(
    async (db) => {
      const row = await db('log_heads')
        .withSchema(store.keysDatabaseName)
        .where({ origin: log.origin })
        .first('note');
      const tree = await auditTree(db, log, { head: row?.note, kept });
      const records = await auditRecords(store, db, tree.leaves);
      const findings = [...tree.findings, ...records.findings].sort(
        (one, other) => (one.leaf ?? Infinity) - (other.leaf ?? Infinity),
      );
      return { ...tree, ...records, findings };
    },
    { isolationLevel: 'repeatable read' },
  );
}
