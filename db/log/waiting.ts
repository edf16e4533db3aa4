import { logEntryOf } from '../../domain/log-entries';
import type { LogEntryKind } from '../../domain/log-entries';
import type { Db } from '../store/store';

/**
 * Has entries added to the log, in the transaction that writes what they commit to. The worker makes leaves of them within seconds.
 * @param commitments SHA-256 in hex, salted; at least one
 */
export async function addToLog(
  db: Db,
  kind: LogEntryKind,
  commitments: string | readonly string[],
  now: Date,
): Promise<void> {
  const entries = [commitments].flat().map((commitment) => logEntryOf(kind, commitment));
  await db('log_waiting').insert(entries.map((entry) => ({ entry, added_at: now })));
}
