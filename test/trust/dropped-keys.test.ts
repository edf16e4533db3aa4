import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { parse } from 'yaml';
import { migrate } from '../../db/store/migrations';
import { openStore } from '../../db/store/store';
import { ring } from '../setup/keys';
import { startDatabaseServer } from '../setup/database-server';
import type { DatabaseServer } from '../setup/database-server';

// A server with the options of docker-compose.yml, and with MySQL's defaults where MariaDB's differ.

const DATABASE = 'registration_identity';

const compose = parse(readFileSync(join(__dirname, '../../docker-compose.yml'), 'utf8')) as {
  services: { mysql: { command: string[] } };
};
const ofBinlog = compose.services.mysql.command.filter((option) => option.startsWith('--binlog-'));

let server: DatabaseServer;

beforeAll(async () => {
  server = await startDatabaseServer(['--log-bin=binlog', '--binlog-format=ROW', ...ofBinlog]);
  const admin = await createConnection({ uri: server.adminUrl });
  for (const name of [DATABASE, `${DATABASE}_keys`]) await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
}, 120_000);

afterAll(() => server.stop(), 60_000);

it('the binary log holds sealed data, but never the key, so that a dropped key is gone', async () => {
  const url = new URL(server.adminUrl);
  url.pathname = DATABASE;
  const settings = { url: url.href, keysDatabase: `${DATABASE}_keys`, pool: 2 };
  await migrate(settings);
  const store = openStore(settings, ring);
  const owner = 'input:1';
  const at = new Date();
  const content = Buffer.from('what-was-sealed-for-once');
  await store.knex.transaction(async (db) => {
    await store.dataKeys.create(db, owner);
    await db('sealed_inputs').insert({ id: '1', content, expires_at: at });
  });
  const row = await store
    .knex('data_keys')
    .withSchema(settings.keysDatabase)
    .where({ owner })
    .first<{ wrapped: Buffer } | undefined>('wrapped');
  await store.knex.transaction((db) => store.dataKeys.drop(db, [owner]));
  await store.close();

  const files = readdirSync(server.dataFolder).filter((name) => /^binlog\.\d+$/.test(name));
  const changes = Buffer.concat(files.map((name) => readFileSync(join(server.dataFolder, name))));
  expect(row?.wrapped.length).toBeGreaterThan(32);
  expect([changes.includes(content), changes.includes(row!.wrapped)]).toEqual([true, false]);
}, 60_000);
