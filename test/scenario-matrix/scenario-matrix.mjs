// `node test/scenario-matrix/scenario-matrix.mjs`: walks every row of table.mjs through the real processes, and compares where it ended, the attempt
// ledger, the confirmation and Temporal's history with what the row says.
// Then the abuses of abuses.mjs, one by one.
//   --only TEXT   rows whose "scenario × document" contains it, and abuses
import '../../scripts/node-version.mjs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { startStack } from '../../scripts/stack.mjs';
import { writePersons } from '../fixtures/persons.mjs';
import { castFor, LIMITS, walkAll } from './walks.mjs';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { only: { type: 'string' } } });

const { dataDir, processes, run } = openIsolatedRun('scenarios');
const quiet = createProgress(new Writable({ write: (_, __, done) => done() }));
await run(async () => {
  Object.assign(process.env, LIMITS);
  const cast = castFor(values.only);
  const personsFile = join(dataDir, 'persons.json');
  writePersons(personsFile, cast.persons);
  const stack = { root, dataDir, processes, progress: quiet, samples: false, personsFile };
  const { urls } = await startStack(stack);
  const failed = await walkAll(cast, urls);
  process.stdout.write(`\n${cast.walks.length} journeys, ${cast.tried.length} abuses, ${failed} failed\n`);
  return failed === 0 && cast.persons.length > 0 ? 0 : 1;
});
