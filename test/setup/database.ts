import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { migrate } from '../../db/store/migrations';
import { dataRights, keyRights } from '../../db/store/rights';
import { databaseServer } from './needs/database';

/** Two schemas of one test. */
export interface FreshDatabase {
  /** Of their owner, who migrates them. */
  url: string;
  /** Of a user with the rights of api, worker or both, once the migration has given them. */
  urlOf(user: 'api' | 'worker' | 'app'): string;
  /** As KEYS_DATABASE. */
  keysDatabase: string;
  /** Gives both schemas up. Close all connections first. */
  drop(): Promise<void>;
}

/** Two empty schemas; the test migrates them itself. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const connection = await connectAsOwner();
  await connection.query(`CREATE DATABASE ${name}; CREATE DATABASE ${name}_keys`);
  return databaseNamed(name, async () => {
    await connection.query(`DROP DATABASE ${name}; DROP DATABASE ${name}_keys`);
    await connection.end();
  });
}

/**
 * Migrated schemas without rows. To migrate takes longer than most tests do, so what one test gives up the next one gets, in
 * whichever file of this run; a lock of the database server, which ends with its connection, keeps them apart.
 */
export async function migratedDatabase(): Promise<FreshDatabase> {
  const connection = await connectAsOwner();
  const name = await lockFirstFree(connection);
  const database = databaseNamed(name, () => connection.end());
  if (!(await isEmptied(connection, name))) {
    await connection.query(
      [name, `${name}_keys`]
        .map((schema) => `DROP DATABASE IF EXISTS ${schema}; CREATE DATABASE ${schema}`)
        .join('; '),
    );
    const { url, keysDatabase } = database;
    await migrate({ url, keysDatabase, pool: 1 }, { api: 'app', worker: 'app' });
  }
  return database;
}

function databaseNamed(name: string, drop: () => Promise<void>): FreshDatabase {
  const url = new URL(databaseServer().url);
  url.pathname = name;
  return {
    url: url.href,
    urlOf: (username) => Object.assign(new URL(url), { username }).href,
    keysDatabase: `${name}_keys`,
    drop,
  };
}

async function lockFirstFree(connection: Connection): Promise<string> {
  for (let at = 1; ; at += 1) {
    const name = `test_migrated_${at}`;
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, 0) AS is_ours', [name]);
    if (row?.is_ours === 1) return name;
  }
}

/** Deletes all rows. @returns false if the schemas are not there, or a test has left them without one of their tables */
async function isEmptied(connection: Connection, name: string): Promise<boolean> {
  const tables = [
    ...Object.keys(dataRights).map((table) => `${name}.${table}`),
    ...Object.keys(keyRights).map((table) => `${name}_keys.${table}`),
  ];
  try {
    await connection.query(
      `SET FOREIGN_KEY_CHECKS = 0; ${tables.map((table) => `DELETE FROM ${table}`).join('; ')}`,
    );
    return true;
  } catch (error) {
    if (/^ER_(NO_SUCH_TABLE|BAD_DB_ERROR)$/.test((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

async function connectAsOwner(): Promise<Connection> {
  return await createConnection({ uri: databaseServer().url, multipleStatements: true });
}
