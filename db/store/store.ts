import { readFileSync } from 'node:fs';
import { knex } from 'knex';
import type { Knex } from 'knex';
import type { DatabaseSettings, DatabaseTls } from '../../platform/config-groups';
import { databaseOf } from '../../platform/config-schema';
import { createEncryption } from '../../platform/encryption';
import type { Encryption } from '../../platform/encryption';
import type { KeyRing } from '../../platform/key-ring';
import { createPseudonyms } from '../../platform/pseudonyms';
import type { Pseudonyms } from '../../platform/pseudonyms';
import { createDataKeys } from './data-keys';
import type { DataKeys } from './data-keys';

/** The database and the keys without which half of it cannot be read. */
export interface Store {
  knex: Knex;
  /** Of the data's schema; the name of the database in it is needed by who speaks SQL beside knex. */
  databaseName: string;
  /** Of the schema of the wrapped keys. */
  keysDatabaseName: string;
  encryption: Encryption;
  dataKeys: DataKeys;
  pseudonyms: Pseudonyms;
  close(): Promise<void>;
}

/** Either the database or a transaction on it. */
export type Db = Knex;

/**
 * Opens the database. Every connection is in strict mode, so that a value that does not fit is an error and never cut, and
 * speaks UTC; a transaction reads what is committed, since all that must not change meanwhile is locked.
 */
export function openStore(settings: DatabaseSettings, ring: KeyRing): Store {
  const encryption = createEncryption(ring);
  const database = openDatabase(settings);
  return {
    knex: database,
    databaseName: databaseOf(settings.url),
    keysDatabaseName: settings.keysDatabase,
    encryption,
    dataKeys: createDataKeys(encryption, settings.keysDatabase),
    pseudonyms: createPseudonyms(ring),
    close: () => database.destroy(),
  };
}

/** A pool of connections, as openStore has it, without keys: enough for migrations. */
export function openDatabase({ url, pool, tls }: Omit<DatabaseSettings, 'keysDatabase'>): Knex {
  return knex({
    client: 'mysql2',
    connection: {
      uri: url,
      ...(tls && { ssl: tlsOptions(tls) }),
      charset: 'utf8mb4',
      timezone: 'Z',
      supportBigNumbers: true,
      // A host that does not answer is found before the person gives up.
      connectTimeout: 5_000,
    },
    pool: { min: 0, max: pool, afterCreate: prepare },
    acquireConnectionTimeout: 5_000,
  });
}

function tlsOptions({ caFile, own }: DatabaseTls) {
  return {
    rejectUnauthorized: true,
    verifyIdentity: true,
    ...(caFile !== undefined && { ca: readFileSync(caFile) }),
    ...(own && { cert: readFileSync(own.certFile), key: readFileSync(own.keyFile) }),
  };
}

const SESSION_SETTINGS = [
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  "SET SESSION time_zone = '+00:00'",
  'SET SESSION innodb_lock_wait_timeout = 5',
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

interface RawConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

function prepare(
  connection: RawConnection,
  done: (error: Error | null, connection: RawConnection) => void,
): void {
  const run = ([sql, ...rest]: string[]): void => {
    if (sql === undefined) done(null, connection);
    else connection.query(sql, (error) => (error ? done(error, connection) : run(rest)));
  };
  run(SESSION_SETTINGS);
}
