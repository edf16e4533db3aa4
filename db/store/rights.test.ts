import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { freshDatabase } from '../../test/setup/database';
import type { FreshDatabase } from '../../test/setup/database';
import { migrate } from './migrations';
import { dataRights, keyRights } from './rights';

let database: FreshDatabase;
const settingsOf = ({ url, keysDatabase }: FreshDatabase) => ({ url, keysDatabase, pool: 1 });

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(settingsOf(database));
});
afterAll(() => database.drop());

async function query<T extends object>(url: string, sql: string, values: string[] = []): Promise<T[]> {
  const connection = await createConnection({ uri: url });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql, values);
    return rows as RowDataPacket[] & T[];
  } finally {
    await connection.end();
  }
}

it('what api and worker may do is decided for every table', async () => {
  const { url, keysDatabase } = database;
  const tables = async (schema: string) => {
    const rows = await query<{ name: string }>(
      url,
      `SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = ? AND table_name NOT LIKE 'knex%'`,
      [schema],
    );
    return rows.map(({ name }) => name).sort();
  };
  expect(await tables(new URL(url).pathname.slice(1))).toEqual(Object.keys(dataRights).sort());
  expect(await tables(keysDatabase)).toEqual(Object.keys(keyRights).sort());
});

const failureOf = async (url: string, sql: string) =>
  await query(url, sql).then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code,
  );

it('nobody has rights before they are given, and given again they are the same', async () => {
  const url = database.urlOf('api');
  expect(await failureOf(url, 'SELECT id FROM matters')).toMatch(/^ER_(DBACCESS|TABLEACCESS)_DENIED_ERROR$/);
  for (let time = 1; time <= 2; time += 1)
    await migrate(settingsOf(database), { api: 'api', worker: 'worker' });
  expect(await failureOf(url, 'SELECT id FROM matters')).toBe('done');
  expect(await failureOf(url, "UPDATE consents SET withdrawn_at = NULL WHERE id = 'none'")).toBe('done');
  expect(await failureOf(url, "UPDATE consents SET version = '1'")).toBe('ER_COLUMNACCESS_DENIED_ERROR');
  const lock = "SELECT id FROM application_documents WHERE id = 'none' FOR UPDATE";
  expect(await failureOf(database.urlOf('worker'), lock)).toBe('done');
});

it('what an earlier version gave, and this one does not, is taken back', async () => {
  const { url } = database;
  const api = database.urlOf('api');
  await query(url, "GRANT DELETE, UPDATE ON consents TO 'api'@'%'");
  expect(await failureOf(api, "DELETE FROM consents WHERE id = 'none'")).toBe('done');
  await migrate(settingsOf(database), { api: 'api', worker: 'worker' });
  expect(await failureOf(api, "DELETE FROM consents WHERE id = 'none'")).toBe('ER_TABLEACCESS_DENIED_ERROR');
  expect(await failureOf(api, "UPDATE consents SET version = '1'")).toBe('ER_COLUMNACCESS_DENIED_ERROR');
});
