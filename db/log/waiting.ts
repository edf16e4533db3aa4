import { logEntryOf } from '../../domain/log-entries';
import type { LogEntryKind } from '../../domain/log-entries';
import type { Db } from '../store/store';

/**
 * Has an entry added to the log, in the transaction that writes what it commits to. The worker makes a leaf of it within seconds.
 * @param commitment SHA-256 in hex, salted
 */
export async function addToLog(db: Db, kind: LogEntryKind, commitment: string, now: Date): Promise<void> {
  await db('log_waiting').insert({ entry: logEntryOf(kind, commitment), added_at: now });
}
