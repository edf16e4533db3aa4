import type { DataKey, Encryption } from '../../platform/encryption';
import type { Knex as Db } from 'knex';

/**
 * One data key for each owner, kept wrapped in a schema of its own. Owners: `journey:<id>`, `matter:<id>`, `session:<id>`,
 * `input:<id>`, `portrait:<id>`, `evidence:<id>`, `document:<id>`, `complaint:<id>`, `clerk:<id>`. They die at different times, and with its key everything that an owner
 * sealed becomes unreadable, in backups of the data too.
 */
export interface DataKeys {
  create(db: Db, owner: string): Promise<DataKey>;
  /** Undefined if the key was dropped or never made. @throws EncryptionError `wrapping_key_unknown` */
  find(db: Db, owner: string): Promise<DataKey | undefined>;
  /** By owner, in one query. */
  findAll(db: Db, owners: readonly string[]): Promise<Map<string, DataKey>>;
  drop(db: Db, owners: readonly string[]): Promise<void>;
  /** The table, to be joined under an alias, and what opens the key of a joined row. */
  joined(alias: string): string;
  open(row: WrappedKey): DataKey;
}

export interface WrappedKey {
  owner: string;
  wrapped: Buffer;
  wrapping_key_id: string;
}

export function createDataKeys(encryption: Encryption, keysDatabase: string): DataKeys {
  const table = (db: Db) => db('data_keys').withSchema(keysDatabase);
  const open = ({ owner, wrapped, wrapping_key_id }: WrappedKey): DataKey =>
    encryption.openDataKey(wrapped, wrapping_key_id, owner);
  return {
    open,
    joined: (alias) => `${keysDatabase}.data_keys AS ${alias}`,
    async create(db, owner) {
      const { key, wrapped, wrappingKeyId } = encryption.createDataKey(owner);
      await table(db).insert({ owner, wrapped, wrapping_key_id: wrappingKeyId });
      return key;
    },
    async find(db, owner) {
      const row = await table(db).where({ owner }).first();
      return row && open(row);
    },
    async findAll(db, owners) {
      const rows = await table(db).whereIn('owner', [...owners]);
      return new Map(rows.map((row) => [row.owner, open(row)]));
    },
    async drop(db, owners) {
      await table(db)
        .whereIn('owner', [...owners])
        .delete();
    },
  };
}
