import { logEntryOf } from '../../domain/log-entries';
import type { LogEntryKind } from '../../domain/log-entries';
import type { Db } from '../store/store';

/** Where a record is in the transparency log: its leaf, `waiting` for a leaf, or `missing` where it is not what was recorded. */
export type PlaceInLog = number | 'waiting' | 'missing';

/** For each of these commitments to records of one kind. */
export async function placesInLog(
  db: Db,
  kind: LogEntryKind,
  commitments: readonly string[],
): Promise<PlaceInLog[]> {
  const entries = commitments.map((commitment) => logEntryOf(kind, commitment));
  // What waits is read first: meanwhile it may become a leaf, and the other way round it never goes.
  const waiting = await db('log_waiting').whereIn('entry', entries).select('entry');
  const leaves = await db('log_hashes').whereIn('entry', entries).select('entry', 'position');
  const isWaiting = new Set(waiting.map(({ entry }) => entry));
  const leafOf = new Map(leaves.map(({ entry, position }) => [entry, position]));
  return entries.map((entry) => leafOf.get(entry) ?? (isWaiting.has(entry) ? 'waiting' : 'missing'));
}
