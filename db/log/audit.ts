import type { TimeStampTrust } from '../../evidence/time-stamp/verification';
import type { Store } from '../store/store';
import { auditRecords } from './audit-records';
import { auditTimeStamps } from './audit-time-stamps';
import { auditTree } from './audit-tree';
import type { Finding, Log } from './audit-tree';

/** What an audit has looked at, and what does not agree, by the first leaf that it breaks. */
export interface Audit {
  leaves: number;
  checkpoints: number;
  /** Checkpoints that have one. */
  timeStamps: number;
  records: number;
  /** Records that have no leaf yet. */
  waiting: number;
  findings: Finding[];
}

/** What an audit compares the log with, beside the records. */
export interface AuditTerms {
  /** For how many days evidence can be opened. */
  evidenceDays: number;
  now: Date;
  /** Whose time stamps count. */
  timeStampTrust?: TimeStampTrust;
  /** A checkpoint that somebody kept elsewhere. */
  kept?: string;
}

const DAY = 24 * 3_600_000;

/** Computes the whole transparency log again, from the records that are there, in one state of the database. */
export async function auditLog(
  store: Store,
  log: Log,
  { evidenceDays, now, timeStampTrust, kept }: AuditTerms,
): Promise<Audit> {
  const keptSince = new Date(now.getTime() - evidenceDays * DAY);
  return await store.knex.transaction(
    async (db) => {
      const row = await db('log_heads')
        .withSchema(store.keysDatabaseName)
        .where({ origin: log.origin })
        .first('note');
      const tree = await auditTree(db, log, { head: row?.note, kept });
      const records = await auditRecords(store, db, tree.leaves, keptSince);
      const stamps = await auditTimeStamps(db, timeStampTrust);
      const findings = [...tree.findings, ...records.findings, ...stamps.findings].sort(
        (one, other) => (one.leaf ?? Infinity) - (other.leaf ?? Infinity),
      );
      return { ...tree, ...records, ...stamps, findings };
    },
    { isolationLevel: 'repeatable read' },
  );
}

/** A finding as it is printed. */
export function findingText({ leaf, to, text }: Finding): string {
  if (leaf === undefined) return text;
  return to === undefined ? `Leaf ${leaf}: ${text}` : `Leaves ${leaf} to ${to}: ${text}`;
}
