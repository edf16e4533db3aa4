import { setCurrentDetails } from '@temporalio/workflow';
import type { DeletedCounts } from '../activities/retention';
import { records } from './activities';

/** Deletes data whose retention period is over. Run by a schedule. @returns how much of each kind was deleted */
export async function retention(): Promise<DeletedCounts> {
  const deleted = await records.deleteExpired();
  setCurrentDetails(
    Object.entries(deleted)
      .map(([kind, count]) => `${kind}: ${count}`)
      .join('\n\n'),
  );
  return deleted;
}
