import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { DatabaseSettings } from '../../platform/config-groups';
import { dataRights, giveRights, keyRights } from './rights';
import type { ServiceUsers } from './rights';
import { openDatabase } from './store';

/**
 * Brings both schemas to what this version needs. Each migration is one file with one statement, because MySQL commits every
 * DDL statement by itself and a half-done migration could not be told from a done one. There is no way down: it would delete
 * what people signed.
 * @param users who get the rights in rights.ts; without, nobody gets any
 */
export async function migrate(settings: DatabaseSettings, users?: ServiceUsers): Promise<void> {
  const keysUrl = new URL(settings.url);
  keysUrl.pathname = settings.keysDatabase;
  await apply({ ...settings, url: keysUrl.href }, 'keys', keyRights, users);
  await apply(settings, 'data', dataRights, users);
}

async function apply(
  settings: DatabaseSettings,
  folder: string,
  rights: typeof dataRights,
  users?: ServiceUsers,
): Promise<void> {
  const database = openDatabase({ ...settings, pool: 1 });
  try {
    await database.migrate.latest({
      migrationSource: statementsIn(join(__dirname, '../migrations', folder)),
    });
    if (users) await giveRights(database, rights, users);
  } finally {
    await database.destroy();
  }
}

function statementsIn(folder: string): Knex.MigrationSource<string> {
  return {
    getMigrations: async () => readdirSync(folder).sort(),
    getMigrationName: (file) => file,
    getMigration: async (file) => ({
      up: async (database) => {
        await database.raw(readFileSync(join(folder, file), 'utf8'));
      },
      down: async () => {
        throw new Error('There is no way down; restore a backup.');
      },
      config: { transaction: false },
    }),
  };
}
