import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { freshDatabase } from './database';

describe('a fresh database', () => {
  it('is empty, strict, in UTC, and another one for every call', async () => {
    const [one, other] = [await freshDatabase(), await freshDatabase()];
    const connection = await createConnection({ uri: one.url });
    const [[settings]] = await connection.query<RowDataPacket[]>(
      `SELECT @@sql_mode AS mode, @@global.time_zone AS zone, DATABASE() AS name,
         (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema IN (DATABASE(), ?)) AS tables`,
      [one.keysDatabase],
    );
    await connection.end();
    await Promise.all([one.drop(), other.drop()]);
    expect(settings).toMatchObject({ zone: '+00:00', name: new URL(one.url).pathname.slice(1), tables: 0 });
    expect(settings?.mode).toContain('STRICT_TRANS_TABLES');
    expect(other.url).not.toBe(one.url);
  });

  it('gives its user no rights outside the schemas of tests', async () => {
    const database = await freshDatabase();
    const connection = await createConnection({ uri: database.url });
    const forbidden = [
      'CREATE DATABASE elsewhere',
      'SELECT * FROM mysql.user',
      "SELECT 'x' INTO OUTFILE '/tmp/x'",
    ];
    for (const statement of forbidden) {
      await expect(connection.query(statement)).rejects.toThrow(/denied/);
    }
    await connection.end();
    await database.drop();
  });
});
