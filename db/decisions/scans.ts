import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ClaimRejection } from '../../domain/decisions';
import { decisionsFor } from '../../domain/decisions';
import type { DocumentFileType } from '../../domain/document-files';
import { MOST_SCANS, UNPROPOSED_SCAN_RETENTION_MS } from '../../domain/limits';
import { findJourney } from '../journeys/journeys';
import { insertParts, readParts } from '../store/sealed-parts';
import type { Db, Store } from '../store/store';
import type { JourneyRow, ScanRow } from '../tables';
import { rejectionOfClaim } from './claims';

export type ScanRejection = ClaimRejection | 'not_allowed_now' | 'too_many_scans';

/**
 * Keeps the scan of a paper, sealed with the journey's key: it is gone with what the person entered. The same file again changes nothing.
 * @param scan `sha256` of the content, in hex, and its type; the caller has found both
 */
export async function keepScan(
  store: Store,
  scan: { journey: string; clerk: string; sha256: string; mediaType: DocumentFileType; content: Buffer },
  now: Date,
): Promise<{ rejected?: ScanRejection }> {
  return await store.knex.transaction(async (db) => {
    const journey = await findJourney(db, scan.journey, 'locked');
    const key = journey && (await store.dataKeys.find(db, ownerOf(journey)));
    if (!key || !awaitsScan(journey)) return { rejected: 'not_allowed_now' as const };
    const rejected = await rejectionOfClaim(db, journey.id, scan.clerk, now, 'locked');
    if (rejected) return { rejected };
    const known = await ofVisit(db, journey);
    if (known.some((one) => one.sha256 === scan.sha256 && one.to_do_id === journey.to_do_id)) return {};
    if (known.length >= MOST_SCANS) return { rejected: 'too_many_scans' as const };
    const row: ScanRow = {
      ...{ id: randomUUID(), journey_id: journey.id, to_do_id: journey.to_do_id, sha256: scan.sha256 },
      ...{ media_type: scan.mediaType, size: scan.content.length, clerk_id: scan.clerk, uploaded_at: now },
    };
    await db('scans').insert(row);
    await insertParts(store, db, partsOf(row), key, scan.content);
    return {};
  });
}

/** Whether clerks may accept the person here, for which they need a scan. */
export function awaitsScan({ stuck_cause: cause }: Pick<JourneyRow, 'stuck_cause'>): boolean {
  return cause !== null && decisionsFor(cause).includes('accept');
}

/**
 * Whether this scan was uploaded where the journey waits now, in this visit: the scan of another matter's paper proves nothing here. To be
 * called under the lock of the journey, under which scans are added and deleted.
 */
export async function isScanKept(db: Db, journey: JourneyRow, sha256: string): Promise<boolean> {
  const known = await ofVisit(db, journey);
  return known.some((one) => one.sha256 === sha256 && one.to_do_id === journey.to_do_id);
}

/** A scan of this visit. Undefined once it is deleted, or nobody can open it any more. */
export async function scanOf(
  store: Store,
  journey: JourneyRow,
  sha256: string,
): Promise<{ mediaType: DocumentFileType; size: number; content: Readable } | undefined> {
  const { knex } = store;
  const row = (await ofVisit(knex, journey)).find((one) => one.sha256 === sha256);
  const key = row && (await store.dataKeys.find(knex, ownerOf(journey)));
  if (!key) return undefined;
  const { media_type: mediaType, size } = row;
  return { mediaType, size, content: readParts(store, partsOf(row), key, size) };
}

/** Those of an earlier visit were sealed with a key that is gone. */
async function ofVisit(
  db: Db,
  { id, started_at }: Pick<JourneyRow, 'id' | 'started_at'>,
): Promise<ScanRow[]> {
  return await db('scans').where({ journey_id: id }).where('uploaded_at', '>=', started_at);
}

/**
 * Deletes scans of visits that are over, which nobody can open any more, and those that nobody proposed within a day. Each is deleted by
 * itself, since it may be large.
 * @returns how many, at most `limit`
 */
export async function deleteScans({ knex }: Store, now: Date, limit: number): Promise<number> {
  const rows = await unneeded(knex, now).limit(limit);
  let deleted = 0;
  for (const { id, journey_id: journey } of rows) {
    await knex.transaction(async (db) => {
      await findJourney(db, journey, 'locked');
      // Before it was locked it may have been proposed.
      if (!(await unneeded(db, now).where('s.id', id).first())) return;
      await db('scan_parts').where({ document_id: id }).delete();
      await db('scans').where({ id }).delete();
      deleted += 1;
    });
  }
  return deleted;
}

function unneeded(db: Db, now: Date) {
  const proposed = db('decisions AS d')
    .whereRaw('d.journey_id = s.journey_id AND d.paper_hash = s.sha256')
    .whereIn('d.state', ['proposed', 'approved']);
  return db('scans AS s')
    .join('journeys AS j', 'j.id', 's.journey_id')
    .where((over) => {
      void over
        .whereRaw('s.uploaded_at < j.started_at')
        .orWhere('j.step', 'closed')
        .orWhere((left) => {
          void left
            .where('s.uploaded_at', '<=', new Date(now.getTime() - UNPROPOSED_SCAN_RETENTION_MS))
            .whereNotExists(proposed);
        });
    })
    .select<Pick<ScanRow, 'id' | 'journey_id'>[]>('s.id', 's.journey_id');
}

function ownerOf({ id }: Pick<JourneyRow, 'id'>): string {
  return `journey:${id}`;
}

function partsOf({ id }: Pick<ScanRow, 'id'>) {
  return { table: 'scan_parts', id, owner: `scan:${id}` } as const;
}
