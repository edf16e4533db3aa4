import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { openStore } from '../db/store/store';
import { createCommandProofs } from '../platform/command-proof';
import { readConfigFromEnvironment } from '../platform/config';
import { readKeyRing } from '../platform/key-ring';
import { createLogger } from '../platform/logger';
import { connectTemporal } from '../platform/temporal';
import { createJourneyCommands } from './journeys/commands';
import { decideAsOperator, readOperatorDecision } from './operator-decision';

/**
 * `node dist/api/decide.js`: decides about a stuck journey where no clerk can be reached, as standard input says:
 * `{ journey, decision, reason, operator, attempts? }`. It ends with 0 if that is done.
 */
async function main(): Promise<void> {
  const config = readConfigFromEnvironment('decide');
  const logger = createLogger({ ...config.log, name: 'decide' });
  const decision = readOperatorDecision(await text(process.stdin));
  const ring = readKeyRing(readFileSync(config.keys.file, 'utf8'), config.env);
  const store = openStore(config.database, ring);
  const { connection, client } = await connectTemporal(config.temporal);
  try {
    const journeys = createJourneyCommands(client, config.temporal.taskQueue, createCommandProofs(ring));
    const now = () => new Date();
    const dependencies = { store, pseudonyms: store.pseudonyms, journeys, now };
    const code = await decideAsOperator(dependencies, decision);
    logger.info('operator_decided', { journey: decision.journey, code });
    if (code !== 'done') process.exitCode = 1;
  } finally {
    await store.close();
    await connection.close();
  }
}

void main();
