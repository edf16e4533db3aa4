import { Readable } from 'node:stream';
import type { DataKey } from '../../platform/encryption';
import type { Db, Store } from './store';

// Each part is one value in one packet. MariaDB takes packets of 16 MB unless it is told otherwise.
const PART_BYTES = 1024 * 1024;

/** Where the parts of a file are, whose row has this id. */
interface PartsOf {
  table: 'application_document_parts' | 'scan_parts';
  id: string;
  /** What a sealed part is bound to, beside its place: another file's or another place's does not open. */
  owner: string;
}

/** Keeps the content of a file in sealed parts. */
export async function insertParts(
  store: Store,
  db: Db,
  { table, id, owner }: PartsOf,
  key: DataKey,
  content: Buffer,
): Promise<void> {
  for (let part = 0; part * PART_BYTES < content.length; part += 1) {
    const bytes = content.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    const sealed = store.encryption.sealBytes(key, `${owner}:${part}`, bytes);
    await db(table).insert({ document_id: id, part, content: sealed });
  }
}

/**
 * Reads and opens one part after the other, so that nobody who reads slowly holds a whole file in memory. The stream fails where a part is
 * not there any more, or can't be opened.
 * @param size of the file, in bytes
 */
export function readParts(store: Store, of: PartsOf, key: DataKey, size: number): Readable {
  return Readable.from(partsIn(store, of, key, size));
}

async function* partsIn(
  { knex, encryption }: Store,
  { table, id, owner }: PartsOf,
  key: DataKey,
  size: number,
): AsyncGenerator<Buffer> {
  for (let part = 0; part * PART_BYTES < size; part += 1) {
    const row = await knex(table).where({ document_id: id, part }).first('content');
    if (!row) throw new Error('The document was deleted while it was read.');
    yield encryption.openBytes(key, `${owner}:${part}`, row.content);
  }
}
