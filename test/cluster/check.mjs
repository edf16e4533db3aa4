// `npm run cluster -- --check`: the demo, every scenario, processes killed and restarted under load, against a cluster of its own.
//   --only TEXT   of the checks demo, scenarios, kills and restarts, those whose name contains TEXT; `kill database` one kill
//   --in-flight N so many people are under way when a process is killed, 60 unless given
import '../../scripts/node-version.mjs';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { engineNamed } from '../../scripts/cluster/persistence.mjs';
import { startCluster } from '../../scripts/cluster/start.mjs';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { personAt, writePersons } from '../fixtures/persons.mjs';
import { castFor, LIMITS, walkAll } from '../scenario-matrix/walks.mjs';
import { killsFor, killUnderLoad } from './kills.mjs';
import { PERSONS, restartUnderLoad } from './rolling-restarts.mjs';

/** @import { Field, Row } from './kills.mjs' */
/** @import { Urls } from '../../scripts/stack.mjs' */

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    persistence: { type: 'string' },
    'in-flight': { type: 'string', default: '60' },
  },
});
// Persons of the scenarios have the numbers below.
const FIRST_OF_LOAD = 20_000;

const { dataDir, processes, run } = openIsolatedRun('cluster');
await run(check);

async function check() {
  const engine = engineNamed(values.persistence);
  const inFlight = Number(values['in-flight']);
  Object.assign(process.env, LIMITS);
  const kills = killsFor(engine).filter((names) => isWanted('kills', `kill ${names.join(' + ')}`));
  const cast = castFor();
  const load = Array.from({ length: kills.length * inFlight + PERSONS }, (_, at) =>
    personAt(FIRST_OF_LOAD + at),
  );
  // The demo's.
  const sampled = JSON.parse(readFileSync(join(root, 'samples/persons.json'), 'utf8'));
  const personsFile = join(dataDir, 'persons.json');
  writePersons(personsFile, [...cast.persons, ...load, ...sampled]);
  const progress = createProgress();
  const options = { root, dataDir, processes, progress, samples: true, personsFile, engine };
  const { urls, parts } = await startCluster(options);
  /** @type {Field} */
  const field = { urls, parts, processes, takePersons: (count) => load.splice(0, count) };
  /** @type {Row[]} */
  const rows = [];
  /** @param {Row} row */
  const add = (row) => {
    rows.push(row);
    process.stdout.write(`${lineOf(row)}\n`);
  };
  if (isWanted('demo')) add(await showDemo(urls));
  if (isWanted('scenarios')) {
    const failed = await walkAll(cast, urls);
    const found = `${cast.walks.length} journeys, ${cast.tried.length} abuses`;
    add({ name: 'scenarios', found, defects: failed > 0 ? [`${failed} failed`] : [] });
  }
  for (const names of kills) add(await killUnderLoad({ ...field, names, inFlight }));
  if (isWanted('restarts')) await restartUnderLoad({ ...field, add });
  const failed = rows.filter(({ defects }) => defects.length > 0).length;
  process.stdout.write(`\n${rows.map(lineOf).join('\n')}\n\n${rows.length} checks, ${failed} failed\n`);
  return failed === 0 && rows.length > 0 ? 0 : 1;
}

/** @param {string[]} names */
function isWanted(...names) {
  return names.some((name) => name.includes(values.only));
}

/** @param {Urls} urls @returns {Promise<Row>} */
async function showDemo(urls) {
  writeFileSync(join(dataDir, 'urls.json'), JSON.stringify(urls), { mode: 0o600 });
  const script = join(root, 'scripts/demo.mjs');
  const demo = promisify(execFile)(process.execPath, [script, '--data', dataDir]);
  /** @type {string[]} */
  const defects = await demo.then(
    () => [],
    ({ stderr }) => [String(stderr).trim()],
  );
  return { name: 'demo', found: 'one journey', defects };
}

/** @param {Row} row */
function lineOf({ name, found, defects }) {
  const line = `${defects.length === 0 ? '✓' : '✗'} ${name.padEnd(24)} ${found}`;
  return [line, ...defects.map((defect) => `    ${defect}`)].join('\n');
}
