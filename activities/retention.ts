import { sweep } from '../db/maintenance/retention';
import type { Swept } from '../db/maintenance/retention';
import type { Dependencies } from './dependencies';

export type { Swept } from '../db/maintenance/retention';

export interface RetentionRecords {
  /** Deletes what must not be kept any longer. May be repeated. */
  sweep(): Promise<Swept>;
}

export function createRetentionRecords({ store, kept, now }: Dependencies): RetentionRecords {
  return { sweep: () => sweep(store, kept, now()) };
}
