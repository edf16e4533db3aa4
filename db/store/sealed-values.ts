import type { DataKey } from '../../platform/encryption';
import type { Store } from './store';

/** Seals a value for one column of one owner; it can be opened nowhere else. */
export function sealFor(store: Store, key: DataKey, owner: string, column: string, value: unknown): Buffer {
  return store.encryption.seal(key, `${owner}:${column}`, value);
}

/** @throws EncryptionError `sealed_value_unreadable` */
export function openFrom<T>(store: Store, key: DataKey, owner: string, column: string, sealed: Buffer): T {
  return store.encryption.open<T>(key, `${owner}:${column}`, sealed);
}
