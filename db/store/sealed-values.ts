import type { DataKey } from '../../platform/encryption';
import type { Db, Store } from './store';

/** Seals a value for one column of one owner; it can be opened nowhere else. */
export function sealFor(store: Store, key: DataKey, owner: string, column: string, value: unknown): Buffer {
  return store.encryption.seal(key, `${owner}:${column}`, value);
}

/** @throws EncryptionError `sealed_value_unreadable` */
export function openFrom<T>(store: Store, key: DataKey, owner: string, column: string, sealed: Buffer): T {
  return store.encryption.open<T>(key, `${owner}:${column}`, sealed);
}

/** Opens what a person gave; undefined if it was taken, or is too old to be taken. */
export async function openInput<T>(store: Store, db: Db, id: string, now: Date): Promise<T | undefined> {
  const row = await db('sealed_inputs').where({ id }).first();
  if (!row || row.expires_at <= now) return undefined;
  const owner = `input:${id}`;
  const key = await store.dataKeys.find(db, owner);
  return key && store.encryption.open<T>(key, owner, row.content);
}

/** Removes what a person gave, and its key. */
export async function dropInput(store: Store, db: Db, id: string): Promise<void> {
  await db('sealed_inputs').where({ id }).delete();
  await store.dataKeys.drop(db, [`input:${id}`]);
}
