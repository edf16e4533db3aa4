import { setCurrentDetails } from '@temporalio/workflow';
import type { Swept } from '../activities/retention';
import { records } from './activities';

/** Deletes data whose retention period is over. Run by a schedule. @returns how much of each kind was deleted */
export async function retention(): Promise<Swept> {
  const swept = await records.sweep();
  setCurrentDetails(
    Object.entries(swept)
      .map(([kind, count]) => `${kind}: ${count}`)
      .join('\n\n'),
  );
  return swept;
}
