import { countStoredFaces } from '../db/attempts/portraits';
import { totalChecks } from '../db/maintenance/check-figures';
import { deleteExpired } from '../db/maintenance/retention';
import type { DeletedCounts } from '../db/maintenance/retention';
import type { Dependencies } from './dependencies';

export type { DeletedCounts } from '../db/maintenance/retention';

export interface RetentionRecords {
  /** Adds the totals of days that are over, then deletes data whose retention period is over, and warns if many faces are stored then. May be repeated. */
  deleteExpired(): Promise<DeletedCounts>;
}

export function createRetentionRecords({
  store,
  kept,
  storedFacesWarning,
  logger,
  now,
}: Dependencies): RetentionRecords {
  return {
    async deleteExpired() {
      await totalChecks(store.knex, now());
      const deleted = await deleteExpired(store, kept, now());
      const faces = await countStoredFaces(store.knex, now());
      if (faces >= storedFacesWarning) logger.warn('stored_faces_many', { count: faces });
      return deleted;
    },
  };
}
