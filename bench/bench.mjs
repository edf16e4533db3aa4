// `npm run bench`: runs the benchmarks (docs/architecture.md, "Tests") against its own servers and prints a table.
//   --quick  takes less than a minute, with fewer repetitions; --json  prints only JSON to standard output: the rows and the machine
//   --only NAME  one benchmark, which may be given several times: journeys, commands, kills, starts, memory, documents, lists,
//   worklist, figures, log
//   --profile FOLDER  writes the CPU profiles of api, worker and sandbox there; `npx speedscope FILE` draws one as a flame graph
import '../scripts/node-version.mjs';
import { createRequire } from 'node:module';
import { createConnection } from 'mysql2/promise';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openIsolatedRun } from '../scripts/isolated-run.mjs';
import { createProgress } from '../scripts/progress.mjs';
import { provideDatabaseServer, startTestDatabase } from '../scripts/mysql.mjs';
import { createPorts } from '../scripts/ports.mjs';
import { startStack } from '../scripts/stack.mjs';
import { UserError } from '../scripts/user-error.mjs';
import { printResults } from './results.mjs';
import { personAt, writePersons } from '../test/fixtures/persons.mjs';
import { newKeyRing } from './key-ring.mjs';

/** @import { Processes } from '../scripts/processes.mjs' */
/** @import { Parts, Urls } from '../scripts/stack.mjs' */
/** @import { Person } from '../test/fixtures/persons.mjs' */

/**
 * What the benchmarks share.
 * @typedef BenchStack
 * @property {Urls} urls
 * @property {Parts} parts
 * @property {Processes} processes
 * @property {(count: number) => Person[]} takePersons persons whom no other benchmark gets
 * @property {(line: string) => void} say
 */

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    profile: { type: 'string' },
  },
});
const size = values.quick
  ? {
      rounds: 2,
      perRound: 16,
      parts: 40,
      kills: 1,
      open: 40,
      starts: 1,
      matters: [1_000, 20_000],
      lists: 300,
      journeys: 20_000,
      stuck: 2_000,
      documents: 20,
      entries: 1_000,
      leaves: 20_000,
    }
  : {
      rounds: 5,
      perRound: 48,
      parts: 200,
      kills: 6,
      open: 200,
      starts: 3,
      matters: [10_000, 1_000_000],
      lists: 2_000,
      journeys: 1_000_000,
      stuck: 20_000,
      documents: 100,
      entries: 10_000,
      leaves: 1_000_000,
    };

const { dataDir, processes, run } = openIsolatedRun('bench');
const progress = createProgress(values.json ? process.stderr : process.stdout);
await run(bench);

async function bench() {
  const { say } = progress;
  const database = await ownDatabase();
  /** @param {string} name */
  const schemaOf = (name) => database.schemaOf(`test_bench_${name}`);
  const { url, keysDatabase } = await schemaOf('stack');
  Object.assign(process.env, {
    DATABASE_URL: url,
    KEYS_DATABASE: keysDatabase,
    // All requests of a benchmark come from one address.
    REQUESTS_PER_MINUTE_PER_ADDRESS: '100000',
    REQUESTS_PER_MINUTE_PER_SESSION: '10000',
  });
  const personsFile = join(dataDir, 'persons.json');
  const persons = Array.from({ length: 3_000 }, (_, at) => personAt(at));
  writePersons(personsFile, persons);
  /** @param {number} count */
  const takePersons = (count) => persons.splice(0, count);
  const { urls, parts } = await startStack({
    root,
    dataDir,
    processes,
    progress,
    samples: false,
    personsFile,
    profiles: values.profile && resolve(values.profile),
  });
  await processes.start({
    name: 'bare-worker',
    rank: 3,
    command: process.execPath,
    args: [join(root, 'bench/bare-worker.mjs'), urls.temporalAddress],
    ready: (line) => line.includes('bare worker ready'),
  });
  const stack = { urls, parts, processes, takePersons, say };
  const store = storeOf({ url, keysDatabase });
  // Loaded only now: they use the compiled code, which the stack has brought up to date.
  const benchmarks = {
    journeys: async () =>
      (await import('./journeys.mjs')).measureJourneys({
        ...stack,
        store,
        rounds: size.rounds,
        perRound: size.perRound,
      }),
    commands: async () =>
      (await import('./command-costs.mjs')).measureCommandCosts({ ...stack, store, times: size.parts }),
    kills: async () => (await import('./restarts.mjs')).measureKill({ ...stack, times: size.kills }),
    starts: async () => (await import('./restarts.mjs')).measureStarts({ ...stack, times: size.starts }),
    memory: async () => (await import('./restarts.mjs')).measureMemory({ ...stack, journeys: size.open }),
    documents: async () =>
      (await import('./documents.mjs')).measureDocuments({ dataDir, times: size.documents, say }),
    lists: async () =>
      (await import('./lists.mjs')).measureLists({ schemaOf, sizes: size.matters, times: size.lists, say }),
    worklist: async () =>
      (await import('./worklist.mjs')).measureWorklist({
        ...{ schemaOf, journeys: size.journeys, stuck: size.stuck, times: size.lists, say },
      }),
    figures: async () =>
      (await import('./figures.mjs')).measureFigures({
        ...{ schemaOf, journeys: size.journeys, stuck: size.stuck, say },
      }),
    log: async () =>
      (await import('./transparency-log.mjs')).measureTransparencyLog({
        ...{ schemaOf, entries: size.entries, leaves: size.leaves, times: size.lists, say },
      }),
  };
  const unknown = values.only?.find((name) => !(name in benchmarks));
  if (unknown)
    throw new UserError(
      `There is no benchmark "${unknown}". There are: ${Object.keys(benchmarks).join(', ')}.`,
    );
  const rows = [];
  for (const [name, measure] of Object.entries(benchmarks))
    if (!values.only || values.only.includes(name)) rows.push(...(await measure()));
  await store.close();
  return printResults(rows, values);
}

/** A database server like that of `npm start`, with a user who may create schemas. */
async function ownDatabase() {
  const { during, say } = progress;
  const server = await during('database server', (report) => provideDatabaseServer({ processes, report }));
  const port = await createPorts(dataDir, say).take('the database', 33_306);
  const { url, adminUrl } = await during('database', (report) =>
    startTestDatabase({ processes, report, dataDir, port, server, durable: true }),
  );
  return {
    /** @param {string} name of a new schema, which gets another one for its keys */
    async schemaOf(name) {
      const connection = await createConnection({ uri: adminUrl });
      for (const schema of [name, `${name}_keys`]) await connection.query(`CREATE DATABASE ${schema}`);
      await connection.end();
      return { url: new URL(name, url).href, keysDatabase: `${name}_keys` };
    },
  };
}

/** @param {{ url: string, keysDatabase: string }} settings */
function storeOf(settings) {
  /** @type {typeof import('../db/store/store.ts')} */
  const { openStore } = require(join(root, 'dist/db/store/store.js'));
  return openStore({ ...settings, pool: 2 }, newKeyRing());
}
