import { text } from 'node:stream/consumers';
import { readConfigFromEnvironment } from '../platform/config';
import { createLogger } from '../platform/logger';
import { addClerk } from './clerks';
import { readNewClerks } from './new-clerk';
import { openDatabase } from './store';

/**
 * `node dist/db/add-clerk.js`: makes the accounts that standard input describes, one or a list of `{ login, name, role, scope,
 * password }`. One whose login is there already stays as it is.
 */
async function main(): Promise<void> {
  const config = readConfigFromEnvironment('add-clerk');
  const logger = createLogger({ ...config.log, name: 'add-clerk' });
  const clerks = readNewClerks(await text(process.stdin));
  const database = openDatabase(config.database);
  try {
    let count = 0;
    for (const clerk of clerks) if (await addClerk(database, clerk, new Date())) count += 1;
    logger.info('clerks_added', { count });
  } finally {
    await database.destroy();
  }
}

void main();
