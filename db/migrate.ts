import { missingProtection, readConfigFromEnvironment } from '../platform/config';
import { createLogger } from '../platform/logger';
import { migrate } from './store/migrations';

/** `node dist/db/migrate.js`: run before a new version of worker and api starts. */
async function main(): Promise<void> {
  const config = readConfigFromEnvironment('migrate');
  const logger = createLogger({ ...config.log, name: 'migrate' });
  for (const code of missingProtection(config)) logger.warn(code);
  await migrate(config.database, config.databaseUsers);
  // Then both users have the rights that were given to them by hand.
  if (!config.databaseUsers) logger.warn('database_rights_not_given');
  logger.info('database_migrated');
}

void main();
