import { text } from 'node:stream/consumers';
import { readConfigFromEnvironment } from '../platform/config';
import { createLogger } from '../platform/logger';
import { addFirstClerks } from './clerks/first-clerks';
import { readNewClerks } from './clerks/new-account';
import { openDatabase } from './store/store';

/**
 * `node dist/db/add-clerk.js`: makes the first accounts, which standard input describes, one or a list of `{ login, name, role,
 * scope, password }`; the password is a one-time one. One whose login is there already stays as it is. Where there is an active admin
 * it makes nobody.
 */
async function main(): Promise<void> {
  const config = readConfigFromEnvironment('add-clerk');
  const logger = createLogger({ ...config.log, name: 'add-clerk' });
  const clerks = readNewClerks(await text(process.stdin));
  const database = openDatabase(config.database);
  try {
    const count = await addFirstClerks(database, clerks, new Date());
    logger.info('clerks_added', { count });
  } finally {
    await database.destroy();
  }
}

void main();
