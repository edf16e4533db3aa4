import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { servers } from './servers';

/** Two empty schemas of one test file. */
export interface FreshDatabase {
  /** Of their owner, who migrates them. */
  url: string;
  /** Of who has the rights of api, worker or both, once the migration gave them. */
  urlOf(user: 'api' | 'worker' | 'app'): string;
  /** As KEYS_DATABASE. */
  keysDatabase: string;
  /** Removes both schemas. Close all connections first. */
  drop(): Promise<void>;
}

/** Makes a database for the calling test file; it migrates it itself. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const keysDatabase = `${name}_keys`;
  await execute(`CREATE DATABASE ${name}`, `CREATE DATABASE ${keysDatabase}`);
  const url = new URL(servers().databaseUrl);
  url.pathname = name;
  return {
    url: url.href,
    urlOf: (username) => Object.assign(new URL(url), { username }).href,
    keysDatabase,
    drop: () => execute(`DROP DATABASE ${name}`, `DROP DATABASE ${keysDatabase}`),
  };
}

async function execute(...statements: string[]): Promise<void> {
  const connection = await createConnection({ uri: servers().databaseUrl });
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}
