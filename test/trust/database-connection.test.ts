import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { migrate } from '../../db/store/migrations';
import { openDatabase } from '../../db/store/store';
import { readConfig } from '../../platform/config';
import type { Config } from '../../platform/config-groups';
import { createAuthority } from '../setup/certificates';
import { startDatabaseServer } from '../setup/database-server';
import type { DatabaseServer } from '../setup/database-server';

// MySQL by TLS. Only the environment variables say how it is reached.

const folder = mkdtempSync(join(tmpdir(), 'rid-tls-'));
const authority = createAuthority(folder, 'ours');
const stranger = createAuthority(folder, 'stranger');
const client = authority.issue('client');
let server: DatabaseServer;
let elsewhere: DatabaseServer;

function start(name: string): Promise<DatabaseServer> {
  const { certFile, keyFile } = authority.issue(name);
  return startDatabaseServer([
    `--ssl-ca=${authority.certFile}`,
    `--ssl-cert=${certFile}`,
    `--ssl-key=${keyFile}`,
  ]);
}

beforeAll(async () => {
  server = await start('localhost');
  elsewhere = await start('mysql.example');
  for (const { adminUrl } of [server, elsewhere]) {
    const admin = await createConnection({ uri: adminUrl });
    for (const [user, must] of [
      ['encrypted', 'SSL'],
      ['certified', 'X509'],
    ] as const) {
      await admin.query(`CREATE USER ${user}@'%' IDENTIFIED BY 'secret' REQUIRE ${must}`);
      await admin.query(`GRANT ALL PRIVILEGES ON \`identity%\`.* TO ${user}@'%' WITH GRANT OPTION`);
    }
    await admin.query('CREATE DATABASE identity');
    await admin.query('CREATE DATABASE identity_keys');
    await admin.end();
  }
}, 120_000);

afterAll(async () => {
  await Promise.all([server.stop(), elsewhere.stop()]);
  rmSync(folder, { recursive: true });
}, 60_000);

function settingsOf(user: string, env: Record<string, string>, at = server): Config['database'] {
  const url = new URL(at.adminUrl);
  Object.assign(url, { hostname: 'localhost', username: user, password: 'secret', pathname: 'identity' });
  return readConfig({ DATABASE_URL: url.href, ...env }, 'migrate').database;
}

async function cipherOf(settings: Config['database']): Promise<string> {
  const database = openDatabase(settings);
  try {
    const [[row]] = await database.raw("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    return row.Value;
  } finally {
    await database.destroy();
  }
}

const trusting = { DATABASE_TLS: 'true', DATABASE_CA_FILE: authority.certFile };
const withClient = { DATABASE_CERT_FILE: client.certFile, DATABASE_KEY_FILE: client.keyFile };

it('connects by TLS to a server with a certificate of the trusted authority', async () => {
  expect(await cipherOf(settingsOf('encrypted', trusting))).toMatch(/AES|CHACHA/);
});

it('sends a certificate if the user needs one, and the migration uses TLS as well', async () => {
  const settings = settingsOf('certified', { ...trusting, ...withClient });
  await migrate(settings);
  expect(await cipherOf(settings)).toMatch(/AES|CHACHA/);
}, 60_000);

it.each<[string, () => Config['database'], RegExp]>([
  ['without TLS', () => settingsOf('encrypted', {}), /Access denied/],
  [
    'to a server of another authority',
    () => settingsOf('encrypted', { ...trusting, DATABASE_CA_FILE: stranger.certFile }),
    /certificate/,
  ],
  ['to a server of another name', () => settingsOf('encrypted', trusting, elsewhere), /altnames/],
  ['without the certificate that the user needs', () => settingsOf('certified', trusting), /Access denied/],
])('connects never %s', async (_, settings, why) => {
  await expect(cipherOf(settings())).rejects.toThrow(why);
});
