import type { Readable } from 'node:stream';
import { documentFileTypeOf } from '../../domain/document-files';
import type { DocumentFileType } from '../../domain/document-files';
import type { MatterContent } from '../../domain/matter';
import { insertParts, readParts } from '../store/sealed-parts';
import type { Db, Store } from '../store/store';

/** The content of a document, as a registration system uploaded it. */
interface ApplicationDocument {
  /** In bytes. */
  size: number;
  content: Readable;
}

/**
 * Keeps an uploaded document under a key of its own. The same file again changes nothing but the time of its upload.
 * @param sha256 of the content, in hex; the caller has compared it
 */
export async function keepDocument(
  store: Store,
  { registry, sha256, content }: { registry: string; sha256: string; content: Buffer },
  now: Date,
): Promise<'kept' | 'known' | 'unsupported'> {
  const mediaType = documentFileTypeOf(content);
  if (!mediaType) return 'unsupported';
  const id = store.pseudonyms.applicationDocument(registry, sha256);
  return await store.knex.transaction(async (db) => {
    const row = {
      id,
      registry,
      media_type: mediaType,
      size: content.length,
      uploaded_at: now,
      is_named: 0 as const,
    };
    // Writing over what is there locks it, so that two uploads of one file wait for each other.
    await db('application_documents').insert(row).onConflict().merge(['uploaded_at']);
    if (await store.dataKeys.find(db, ownerOf(id))) return 'known';
    const key = await store.dataKeys.create(db, ownerOf(id));
    await insertParts(store, db, partsOf(id), key, content);
    return 'kept';
  });
}

/** Undefined where the registration system did not upload it, or it was deleted. */
export async function documentOf(
  store: Store,
  { registry, sha256 }: { registry: string; sha256: string },
): Promise<ApplicationDocument | undefined> {
  const { knex } = store;
  const id = store.pseudonyms.applicationDocument(registry, sha256);
  const row = await knex('application_documents').where({ id }).first('size');
  const key = row && (await store.dataKeys.find(knex, ownerOf(id)));
  return key && { size: row.size, content: readParts(store, partsOf(id), key, row.size) };
}

/** Type and size in bytes of the documents that were uploaded, by their SHA-256. */
export async function uploadedDocuments(
  store: Store,
  registry: string,
  documents: MatterContent['documents'],
): Promise<Map<string, { mediaType: DocumentFileType; size: number }>> {
  const named = new Map(
    documents.map(({ sha256 }) => [store.pseudonyms.applicationDocument(registry, sha256), sha256]),
  );
  const rows = await store.knex('application_documents').whereIn('id', [...named.keys()]);
  return new Map(
    rows.map(({ id, media_type: mediaType, size }) => [named.get(id) ?? '', { mediaType, size }]),
  );
}

/** Notes which documents a version names, so that they stay as long as the version does. */
export async function nameDocuments(
  store: Store,
  db: Db,
  { id, registry, content }: { id: string; registry: string; content: MatterContent },
  now: Date,
): Promise<void> {
  const hashes = [...new Set(content.documents.map(({ sha256 }) => sha256))];
  const rows = hashes.map((sha256) => ({
    matter_id: id,
    document_id: store.pseudonyms.applicationDocument(registry, sha256),
  }));
  if (rows.length > 0) await db.batchInsert('matter_documents', rows, 100);
  const ids = rows.map(({ document_id }) => document_id).sort();
  // Locks them, so that none is deleted whose last day as an unnamed one ends just now.
  await db('application_documents').whereIn('id', ids).update({ uploaded_at: now, is_named: 1 });
}

/** Notes that perhaps nothing names the documents of versions whose content nobody can read any more. */
export async function forgetNames(db: Db, matters: readonly string[]): Promise<void> {
  const named = db('matter_documents').whereIn('matter_id', matters).select('document_id');
  await db('application_documents').whereIn('id', named).update({ is_named: 0 });
}

/**
 * Deletes documents, and first their keys, that no version with readable content names. Each is deleted by itself, since it may be
 * large.
 * @param uploadedBefore a document may be uploaded some time before its matter is pushed
 * @returns how many, at most `limit`
 */
export async function deleteUnnamedDocuments(
  store: Store,
  uploadedBefore: Date,
  limit: number,
): Promise<number> {
  const rows = await store
    .knex('application_documents')
    .where({ is_named: 0 })
    .where('uploaded_at', '<=', uploadedBefore)
    .limit(limit)
    .select('id');
  let deleted = 0;
  for (const { id } of rows) {
    await store.knex.transaction(async (db) => {
      const row = await db('application_documents').where({ id }).forUpdate().first('uploaded_at');
      // Before it was locked it may have been uploaded again. It may also have been named before it was uploaded, or by another version.
      if (!row || row.uploaded_at > uploadedBefore) return;
      const name = await db('matter_documents AS n')
        .join('matters AS m', 'm.id', 'n.matter_id')
        .where('n.document_id', id)
        .whereNull('m.erased_at')
        .first('n.matter_id');
      if (name) {
        await db('application_documents').where({ id }).update({ is_named: 1 });
        return;
      }
      await store.dataKeys.drop(db, [ownerOf(id)]);
      await db('application_document_parts').where({ document_id: id }).delete();
      await db('application_documents').where({ id }).delete();
      deleted += 1;
    });
  }
  return deleted;
}

function partsOf(id: string) {
  return { table: 'application_document_parts', id, owner: ownerOf(id) } as const;
}

function ownerOf(id: string): string {
  return `document:${id}`;
}
