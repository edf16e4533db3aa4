import { deleteExpired } from '../db/maintenance/retention';
import type { DeletedCounts } from '../db/maintenance/retention';
import type { Dependencies } from './dependencies';

export type { DeletedCounts } from '../db/maintenance/retention';

export interface RetentionRecords {
  /** Deletes data whose retention period is over. May be repeated. */
  deleteExpired(): Promise<DeletedCounts>;
}

export function createRetentionRecords({ store, kept, now }: Dependencies): RetentionRecords {
  return { deleteExpired: () => deleteExpired(store, kept, now()) };
}
