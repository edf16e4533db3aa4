import { createHash } from 'node:crypto';
import { PORTRAIT_RETENTION_MS } from '../../domain/limits';
import type { Db, Store } from '../store/store';
import type { AttemptRow, JourneyRow, PortraitRow } from '../tables';

/** A face picture as the vendor returned it: JPEG or PNG. */
export interface Portrait {
  image: Buffer;
  mediaType: 'image/jpeg' | 'image/png';
}

/** Keeps the picture of a passed face check under a key of its own. Repeating it keeps the first. */
export async function keepPortrait(
  store: Store,
  db: Db,
  attempt: string,
  image: Buffer,
  now: Date,
): Promise<void> {
  if (await db('portraits').where({ attempt_id: attempt }).first('attempt_id')) return;
  const owner = `portrait:${attempt}`;
  const key = await store.dataKeys.create(db, owner);
  await db('portraits').insert({
    attempt_id: attempt,
    image: store.encryption.sealBytes(key, `${owner}:image`, image),
    sha256: createHash('sha256').update(image).digest('hex'),
    media_type: image[0] === 0xff ? 'image/jpeg' : 'image/png',
    captured_at: now,
    expires_at: new Date(now.getTime() + PORTRAIT_RETENTION_MS),
  });
}

/** Undefined where the vendor returned none, or once its time is over. */
export async function portraitOf(store: Store, attempt: string, now: Date): Promise<Portrait | undefined> {
  const row = await store.knex('portraits').where({ attempt_id: attempt }).first();
  const image = row && (await imageOf(store, row, now));
  return image && { image, mediaType: row.media_type };
}

async function imageOf(store: Store, row: PortraitRow, now: Date): Promise<Buffer | undefined> {
  if (row.expires_at <= now) return undefined;
  const owner = `portrait:${row.attempt_id}`;
  const key = await store.dataKeys.find(store.knex, owner);
  return key && store.encryption.openBytes(key, `${owner}:image`, row.image);
}

/** Whether portraitOf would find one. */
export async function hasPortrait(db: Db, attempt: string, now: Date): Promise<boolean> {
  const row = await db('portraits')
    .where({ attempt_id: attempt })
    .where('expires_at', '>', now)
    .first('attempt_id');
  return row !== undefined;
}

/** A picture of a visit; without `image` once it was made unreadable. */
export interface VisitPortrait extends Omit<Portrait, 'image'> {
  check: 'identity-face' | 'matter-face';
  takenAt: Date;
  sha256: string;
  archivedAt?: Date;
  image?: Buffer;
}

/** The newest pictures of a visit: that of the first face check, and that of the check for a matter; for the matter at hand, if there is one. */
export async function portraitsOfVisit(
  store: Store,
  { id, started_at, to_do_id: toDo }: Pick<JourneyRow, 'id' | 'started_at' | 'to_do_id'>,
  now: Date,
): Promise<VisitPortrait[]> {
  const rows = await store
    .knex('portraits AS p')
    .join('attempts AS a', 'a.id', 'p.attempt_id')
    .where({ 'a.journey_id': id, 'a.state': 'passed' })
    .where('a.started_at', '>=', started_at)
    .whereIn('a.purpose', ['identity-face', 'matter-face'])
    .orderBy('a.started_at', 'desc')
    .select<(PortraitRow & Pick<AttemptRow, 'purpose' | 'to_do_id'>)[]>('p.*', 'a.purpose', 'a.to_do_id');
  const shown = (['identity-face', 'matter-face'] as const).flatMap((check) => {
    const ofCheck = rows.filter(({ purpose }) => purpose === check);
    const row = ofCheck.find(({ to_do_id }) => toDo !== null && to_do_id === toDo) ?? ofCheck[0];
    return row ? [{ check, row }] : [];
  });
  return await Promise.all(
    shown.map(async ({ check, row }) => ({
      ...{ check, takenAt: row.captured_at, sha256: row.sha256, mediaType: row.media_type },
      archivedAt: row.archived_at ?? undefined,
      image: await imageOf(store, row, now),
    })),
  );
}

/** Makes portraits unreadable, and the documents that show them. Their hashes stay. */
export async function dropPortraits(
  store: Store,
  db: Db,
  attempts: readonly string[],
  now: Date,
): Promise<void> {
  if (attempts.length === 0) return;
  await store.dataKeys.drop(
    db,
    attempts.map((attempt) => `portrait:${attempt}`),
  );
  await db('portraits')
    .whereIn('attempt_id', [...attempts])
    .update({ image: Buffer.alloc(0), expires_at: db.raw('LEAST(expires_at, ?)', [now]) });
  await db('evidence_documents')
    .whereIn('portrait_id', [...attempts])
    .update({ content: Buffer.alloc(0) });
}

/** At the end of a visit: makes the portraits unreadable that the person has not consented to archive. */
export async function dropPortraitsOfVisit(store: Store, db: Db, journey: string, now: Date): Promise<void> {
  const kept = await db('portraits AS p')
    .join('attempts AS a', 'a.id', 'p.attempt_id')
    .where({ 'a.journey_id': journey, 'p.evidence_id': null })
    .where('p.expires_at', '>', now)
    .select({ attempt: 'p.attempt_id' });
  await dropPortraits(
    store,
    db,
    kept.map(({ attempt }) => attempt),
    now,
  );
}

/** So many persons have a portrait that can be read (人脸识别技术应用安全管理办法 art. 15 counts them). */
export async function countStoredFaces(db: Db, now: Date): Promise<number> {
  const [row] = await db('portraits AS p')
    .join('attempts AS a', 'a.id', 'p.attempt_id')
    .where('p.expires_at', '>', now)
    .select<{ n: number }[]>(db.raw('COUNT(DISTINCT a.person_key) AS n'));
  return row?.n ?? 0;
}
