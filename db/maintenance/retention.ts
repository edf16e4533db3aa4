import type { Knex } from 'knex';
import type { KeptFor } from '../../domain/limits';
import { keptSince } from '../../domain/retention';
import type { RetentionKind } from '../../domain/retention';
import { dropPortraits } from '../attempts/portraits';
import { deleteScans } from '../decisions/scans';
import { endSealing, endUnsigned } from '../evidence/seals';
import { deleteUnnamedDocuments, forgetNames } from '../matters/application-documents';
import type { Db, Store } from '../store/store';

/** How many rows of each kind were deleted, or emptied. */
export type DeletedCounts = Record<RetentionKind, number>;

// So many at a time, so that nobody waits for the locks of a large deletion.
const AT_ONCE = 500;
const DAY = 24 * 3_600_000;

/**
 * Deletes what must not be kept any longer, and first the keys that made it readable. Of a portrait its hash stays, which
 * is what evidence names; of matters and evidence all stays but what is sealed.
 */
export async function deleteExpired(store: Store, kept: KeptFor, now: Date): Promise<DeletedCounts> {
  const { knex } = store;
  const since = (kind: Parameters<typeof keptSince>[0]) => keptSince(kind, kept, now);
  return {
    sealedInputs: await deleteSealed(store, 'input', knex('sealed_inputs').where('expires_at', '<=', now)),
    sessions:
      (await deleteSealed(store, 'session', knex('sessions').where('ends_at', '<=', now))) +
      (await knex('clerk_sessions').where('ends_at', '<=', now).delete()) +
      (await knex('clerk_provider_sign_ins').where('expires_at', '<=', now).delete()),
    portraits: await deletePortraits(store, now),
    scans: await inBatches(() => deleteScans(store, now, AT_ONCE)),
    windowCodes: await knex('window_codes').where('expires_at', '<=', now).delete(),
    worklistChanges: await knex('worklist_changes')
      .where('changed_at', '<=', since('worklistChanges'))
      .delete(),
    // Their items go with them.
    batches: await knex('decision_batches').where('made_at', '<=', since('batches')).delete(),
    nonces: await knex('nonces').where('expires_at', '<=', now).delete(),
    rateLimits:
      (await knex('rate_limits').where('expire', '<=', now.getTime()).delete()) +
      (await knex('sign_in_tries').where('expires_at', '<=', now).delete()),
    matters: await inBatches(() => dropMatters(store, since('matters'), now)),
    documents: await inBatches(() => deleteUnnamedDocuments(store, since('documents'), AT_ONCE)),
    complaints: await deleteSealed(
      store,
      'complaint',
      knex('complaints').where('made_at', '<=', since('complaints')),
    ),
    evidence: await inBatches(() => dropEvidence(store, since('evidence'))),
  };
}

/** @param query the rows, by `id`; their keys belong to `<kind>:<id>` */
async function deleteSealed(store: Store, kind: string, query: Knex.QueryBuilder): Promise<number> {
  let swept = 0;
  for (;;) {
    const rows: { id: string }[] = await query.clone().limit(AT_ONCE).select('id');
    const ids = rows.map(({ id }) => id);
    await store.knex.transaction(async (db) => {
      await store.dataKeys.drop(
        db,
        ids.map((id) => `${kind}:${id}`),
      );
      await query.clone().transacting(db).whereIn('id', ids).delete();
    });
    swept += ids.length;
    if (ids.length < AT_ONCE) return swept;
  }
}

async function deletePortraits(store: Store, now: Date): Promise<number> {
  let swept = 0;
  for (;;) {
    const rows: { attempt_id: string }[] = await store
      .knex('portraits')
      .where('expires_at', '<=', now)
      .where('image', '<>', '')
      .limit(AT_ONCE)
      .select('attempt_id');
    const ids = rows.map(({ attempt_id }) => attempt_id);
    await store.knex.transaction((db) => dropPortraits(store, db, ids, now));
    swept += ids.length;
    if (ids.length < AT_ONCE) return swept;
  }
}

async function inBatches(deleteSome: () => Promise<number>): Promise<number> {
  let swept = 0;
  for (;;) {
    const some = await deleteSome();
    swept += some;
    if (some < AT_ONCE) return swept;
  }
}

/** The end of a `frozen` matter is its withdrawal or a new version: until then somebody's complaint is open. */
const STILL_NEEDED = ['open', 'frozen'];

/** Matters that ended before, unless the registration system is yet to be told, or a reviewer to look. */
async function dropMatters(store: Store, endedBefore: Date, now: Date): Promise<number> {
  return await store.knex.transaction(async (db) => {
    const rows: { id: string }[] = await db('matters AS m')
      .whereNull('m.erased_at')
      .where('m.decided_at', '<=', endedBefore)
      .whereNotIn('m.state', STILL_NEEDED)
      .whereNotExists(db('deliveries AS d').whereRaw('d.matter_id = m.id').where('d.state', 'waiting'))
      .whereNotExists(unreviewed(db, 'f.matter_id = m.id'))
      .limit(AT_ONCE)
      .forUpdate()
      .select('m.id');
    const ids = rows.map(({ id }) => id);
    await store.dataKeys.drop(
      db,
      ids.map((id) => `matter:${id}`),
    );
    await db('matters').whereIn('id', ids).update({ erased_at: now });
    await forgetNames(db, ids);
    await endUnsigned(db, ids);
    return ids.length;
  });
}

/** Evidence made before, unless a version of its matter may still rest on it. */
async function dropEvidence(store: Store, madeBefore: Date): Promise<number> {
  return await store.knex.transaction(async (db) => {
    const versions = db('matters AS first')
      .join('matters AS m', (join) => {
        join.on('m.registry', 'first.registry').andOn('m.external_id', 'first.external_id');
      })
      .whereRaw('first.id = e.matter_id')
      .whereIn('m.state', STILL_NEEDED);
    const untold = db('deliveries AS d').whereRaw('d.matter_id = e.matter_id').where('d.state', 'waiting');
    const rows: { owner: string }[] = await db(store.dataKeys.joined('k'))
      .join('evidence AS e', 'e.id', db.raw("SUBSTRING(k.owner, LENGTH('evidence:') + 1)"))
      .where('k.owner', 'like', 'evidence:%')
      // By the key's index, since nearly all older evidence has no key any more; a day, because the database set that time.
      .where('k.created_at', '<=', new Date(madeBefore.getTime() + DAY))
      .where('e.created_at', '<=', madeBefore)
      .whereNotExists(versions)
      .whereNotExists(untold)
      .whereNotExists(unreviewed(db, 'f.matter_id = e.matter_id'))
      .limit(AT_ONCE)
      .select('k.owner');
    const owners = rows.map(({ owner }) => owner);
    await store.dataKeys.drop(db, owners);
    const ids = owners.map((owner) => owner.slice('evidence:'.length));
    await db('evidence_documents')
      .whereIn('evidence_id', ids)
      .update({ content: Buffer.alloc(0) });
    await endSealing(db, ids);
    return owners.length;
  });
}

function unreviewed(db: Db, of: string) {
  return db('flags AS f').whereRaw(of).where('f.severity', 'severe').whereNull('f.reviewed_at');
}
