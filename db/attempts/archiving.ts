import { dropPortraits } from './portraits';
import type { Portrait } from './portraits';
import type { Db, Store } from '../store/store';
import type { JourneyRow } from '../tables';

/**
 * Lets the registration system fetch the portrait of a confirmation, if the person has consented to that in this visit, for this matter.
 * @param attempt whose picture it is
 * @returns until when it can be fetched; undefined where it is never given out
 */
export async function permitArchiving(
  db: Db,
  {
    journey,
    toDo,
    attempt,
    evidence,
  }: { journey: JourneyRow; toDo: string; attempt: string; evidence: string },
  now: Date,
): Promise<Date | undefined> {
  const consent = await db('consents')
    .where({ journey_id: journey.id, to_do_id: toDo, kind: 'portrait-archiving', withdrawn_at: null })
    .where('given_at', '>=', journey.started_at)
    .first('id');
  if (!consent) return undefined;
  await db('portraits')
    .where({ attempt_id: attempt })
    .where('expires_at', '>', now)
    .update({ evidence_id: evidence, consent_id: consent.id });
  const kept = await db('portraits')
    .where({ attempt_id: attempt, evidence_id: evidence })
    .first('expires_at');
  return kept?.expires_at;
}

/** Whether permitArchiving has permitted it: also of a portrait that was deleted since. */
export async function isArchivable(db: Db, attempt: string, evidence: string): Promise<boolean> {
  const row = await db('portraits').where({ attempt_id: attempt, evidence_id: evidence }).first('attempt_id');
  return row !== undefined;
}

/** Why a registration system gets no portrait. */
export type PortraitRefusal =
  /** No version of this matter has such evidence of a confirmation that stands. */
  | 'not_confirmed'
  /** None was taken, the person has not consented to its archiving, or has taken that back. */
  | 'portrait_not_offered'
  /** It was archived, or its time is over. */
  | 'portrait_deleted';

export interface ArchivablePortrait extends Portrait {
  /** The id of the evidence. */
  evidence: string;
  /** Of the picture, in hexadecimal. */
  sha256: string;
}

/** The portrait of a confirmation, for the registration file. @param evidence the evidence's number */
export async function findArchivable(
  store: Store,
  of: { registry: string; externalId: string; evidence: string },
  now: Date,
): Promise<ArchivablePortrait | { refused: PortraitRefusal }> {
  const { knex } = store;
  const [confirmed] = await confirmedEvidence(knex, of, [of.evidence]);
  if (!confirmed) return { refused: 'not_confirmed' };
  const row = await knex('portraits AS p')
    .join('consents AS o', 'o.id', 'p.consent_id')
    .where({ 'p.evidence_id': confirmed.id, 'o.withdrawn_at': null })
    .first({
      attempt: 'p.attempt_id',
      image: 'p.image',
      sha256: 'p.sha256',
      mediaType: 'p.media_type',
      expiresAt: 'p.expires_at',
    });
  if (!row) return { refused: 'portrait_not_offered' };
  const owner = `portrait:${row.attempt}`;
  const key = row.expiresAt > now ? await store.dataKeys.find(knex, owner) : undefined;
  if (!key) return { refused: 'portrait_deleted' };
  const { sha256, mediaType } = row;
  const image = store.encryption.openBytes(key, `${owner}:image`, row.image);
  return { evidence: confirmed.id, sha256, mediaType, image };
}

/**
 * The registration system has archived the portraits of these confirmations: they become unreadable at once. The same again changes nothing.
 * @param evidence the evidence's numbers
 * @returns those that are not of a confirmation that stands in this version; then nothing is changed
 */
export async function acknowledgeArchived(
  store: Store,
  of: { registry: string; externalId: string; version: number; evidence: readonly string[] },
  now: Date,
): Promise<{ notConfirmed: string[] }> {
  return await store.knex.transaction(async (db) => {
    const confirmed = await confirmedEvidence(db, of, of.evidence);
    const numbers = new Set(confirmed.map(({ number }) => number));
    const notConfirmed = of.evidence.filter((number) => !numbers.has(number));
    if (notConfirmed.length > 0) return { notConfirmed };
    const rows = await db('portraits')
      .whereIn(
        'evidence_id',
        confirmed.map(({ id }) => id),
      )
      .forUpdate()
      .select('attempt_id');
    const attempts = rows.map(({ attempt_id }) => attempt_id);
    await dropPortraits(store, db, attempts, now);
    await db('portraits')
      .whereIn('attempt_id', attempts)
      .whereNull('archived_at')
      .update({ archived_at: now });
    return { notConfirmed };
  });
}

/** Of these numbers, those of confirmations that stand in a version of the matter, or in the one that is named. */
async function confirmedEvidence(
  db: Db,
  { registry, externalId, version }: { registry: string; externalId: string; version?: number },
  numbers: readonly string[],
): Promise<{ id: string; number: string }[]> {
  return await db('evidence AS e')
    .join('confirmations AS c', 'c.evidence_id', 'e.id')
    .join('matters AS m', 'm.id', 'c.matter_id')
    .where({ 'm.registry': registry, 'm.external_id': externalId })
    .where(version === undefined ? {} : { 'm.version': version })
    .whereIn('c.state', ['confirmed', 'carried'])
    .whereIn('e.number', [...numbers])
    .distinct()
    .select({ id: 'e.id', number: 'e.number' });
}
