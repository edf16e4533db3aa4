import { freshDatabase } from '../../test/setup/database';
import type { FreshDatabase } from '../../test/setup/database';
import { migrate } from './migrations';
import { openDatabase } from './store';

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('migrating twice is migrating once, and every column says whether it is sensitive', async () => {
  const settings = { url: database.url, keysDatabase: database.keysDatabase, pool: 1 };
  await migrate(settings);
  await migrate(settings);
  const knex = openDatabase(settings);
  const [columns]: { name: string; comment: string }[][] = await knex.raw(
    `SELECT CONCAT(table_name, '.', column_name) AS name, column_comment AS comment
       FROM information_schema.columns
      WHERE table_schema IN (DATABASE(), ?) AND table_name NOT LIKE 'knex%'`,
    [database.keysDatabase],
  );
  await knex.destroy();
  expect(columns?.length).toBeGreaterThan(100);
  const unmarked = columns?.filter(
    ({ comment }) => !/^sensitive: (no|pseudonym|sealed|key|staff)( - |$)/.test(comment),
  );
  expect(unmarked).toEqual([]);
});

test('a value that does not fit is refused, and times are UTC', async () => {
  const settings = { url: database.url, keysDatabase: database.keysDatabase, pool: 1 };
  await migrate(settings);
  const knex = openDatabase(settings);
  const at = new Date('2026-03-01T00:00:00.123Z');
  await knex('nonces').insert({ key_id: 'k', nonce_hash: 'a'.repeat(64), expires_at: at });
  const [[row]] = await knex.raw('SELECT expires_at, CAST(expires_at AS CHAR) AS text FROM nonces');
  await expect(
    knex('nonces').insert({ key_id: 'k', nonce_hash: 'b'.repeat(65), expires_at: at }),
  ).rejects.toMatchObject({ code: 'ER_DATA_TOO_LONG' });
  await knex.destroy();
  expect(row).toEqual({ expires_at: at, text: '2026-03-01 00:00:00.123' });
});
