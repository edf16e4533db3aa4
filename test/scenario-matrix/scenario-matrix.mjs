// `node test/scenario-matrix/scenario-matrix.mjs`: walks every row of table.mjs through the real processes, and compares where it ended, the attempt
// ledger, the confirmation and Temporal's history with what the row says.
// Then the abuses of abuses.mjs, one by one.
//   --only TEXT   rows whose "scenario × document" contains it, and abuses
import '../../scripts/node-version.mjs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createClerks } from '../drivers/clerks.mjs';
import { createMatter } from '../drivers/matter.mjs';
import { createPhone } from '../drivers/phone.mjs';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { scenarios } from '../drivers/scenarios.mjs';
import { startStack } from '../../scripts/stack.mjs';
import { personAt, pushMatters, writePersons } from '../fixtures/persons.mjs';
import { abuses } from './abuses.mjs';
import { rows } from './table.mjs';

const require = createRequire(import.meta.url);
const { Client, Connection } = require('@temporalio/client');
const { createConnection } = require('mysql2/promise');
const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { only: { type: 'string' } } });

const { dataDir, processes, run } = openIsolatedRun('scenarios');
const quiet = createProgress(new Writable({ write: (_, __, done) => done() }));
await run(walkAll);

async function walkAll() {
  const wanted = rows.filter(
    ({ scenario, document }) => !values.only || `${scenario} × ${document}`.includes(values.only),
  );
  Object.assign(process.env, {
    REQUESTS_PER_MINUTE_PER_ADDRESS: '100000',
    REQUESTS_PER_MINUTE_PER_SESSION: '10000',
    // So few that using them up takes moments.
    FACE_FAILURES_PER_DAY: '3',
    FACE_FAILURES_PER_MATTER: '2',
    BANK_CARD_FAILURES_PER_DAY: '2',
  });
  const tried = Object.entries(abuses).filter(([name]) => !values.only || name.includes(values.only));
  const persons = wanted.map(personFor);
  // Three for each abuse, whom no way has met, and the first of whom has a plain name; the fourth's document says nothing about
  // whose account it is.
  const strangers = tried.map((_, at) => [
    ...[0, 1, 2].map((nth) => personAt(999 + at * 3 + nth)),
    personAt(999 + at, 'hmt-residence-permit'),
  ]);
  const personsFile = join(dataDir, 'persons.json');
  writePersons(personsFile, [...persons, ...strangers.flat()]);
  const stack = { root, dataDir, processes, progress: quiet, samples: false, personsFile };
  const { urls } = await startStack(stack);
  const database = await createConnection({ uri: urls.databaseUrl });
  const connection = await Connection.connect({ address: urls.temporalAddress });
  const temporal = new Client({ connection });
  const clerks = createClerks({ urls, say: () => undefined });
  let failed = 0;
  const report = (name, defects) => {
    if (defects.length > 0) failed += 1;
    process.stdout.write(`${defects.length === 0 ? '✓' : '✗'} ${name}\n`);
    for (const defect of defects) process.stdout.write(`    ${defect}\n`);
  };
  for (const [at, row] of wanted.entries()) {
    const defects = await walk({ row, person: persons[at], externalId: `W-${at}`, urls, clerks })
      .then((journey) => defectsOf(row, journey, `W-${at}-0`, { database, temporal }))
      .catch((error) => [error.message]);
    report(`${row.scenario} × ${row.document}`, defects);
  }
  for (const [at, [name, attempt]] of tried.entries()) {
    const stage = { urls, persons: strangers[at], externalId: `A-${at}` };
    report(name, await attempt(stage).catch((error) => [error.message]));
  }
  await database.end();
  await connection.close();
  process.stdout.write(`\n${wanted.length} journeys, ${tried.length} abuses, ${failed} failed\n`);
  return failed === 0 && wanted.length + tried.length > 0 ? 0 : 1;
}

/** The person of a scenario: mostly anybody; but a name that is written in several ways is not taken for another person's. */
function personFor({ scenario, document }, at) {
  const person = personAt(at, document);
  if (scenario === 'not-the-holder') return { ...person, name: '测试人' };
  if (scenario !== 'name-corrected') return person;
  return { ...person, name: `${person.name}·沙箱`, nameOnRecord: `${person.name}沙箱` };
}

/** @returns the id of the journey that the scenario is about */
async function walk({ row, person, externalId, urls, clerks }) {
  const { alipay, run } = scenarios[row.scenario];
  await pushMatters(urls.registrySandbox, [person], externalId);
  const phone = createPhone({ urls, person });
  if (alipay) await phone.meet(alipay);
  await phone.signIn();
  const matter = createMatter({ urls, externalId: `${externalId}-0` });
  return (await run({ phone, clerks, person, matter })) ?? phone.view.id;
}

async function defectsOf(row, journey, externalId, { database, temporal }) {
  const all = async (sql, ...values) => (await database.query(sql, values))[0];
  const [shown] = await all('SELECT step, stuck_cause FROM journeys WHERE id = ?', journey);
  const attempts = await all(
    'SELECT purpose, state FROM attempts WHERE journey_id = ? ORDER BY started_at, id',
    journey,
  );
  const confirmations = await all(
    'SELECT DISTINCT c.state FROM confirmations c JOIN matters m ON m.id = c.matter_id WHERE m.external_id = ? ORDER BY c.state',
    externalId,
  );
  const waiting = await all('SELECT DISTINCT cause FROM worklist WHERE journey_id = ?', journey);
  const ends = [shown.step, shown.stuck_cause].filter(Boolean).join(' ');
  return [
    ...differs('ends', ends, row.ends),
    ...differs('ledger', attempts.map(letter).join(' '), row.ledger),
    ...differs('confirmation', confirmations.map(({ state }) => state).join(' '), row.confirmation),
    ...differs(
      'worklist',
      waiting.map(({ cause }) => `stuck ${cause}`).join(' '),
      ends.startsWith('stuck') ? ends : '',
    ),
    ...differs('history', (await commandsOf(temporal, journey)).join(' '), row.history),
  ];
}

function letter({ purpose, state }) {
  const letters = {
    certificate: 'C',
    'identity-face': 'F',
    'bank-card': 'B',
    'matter-face': 'M',
    'in-person': 'W',
  };
  return letters[purpose] + { passed: '+', failed: '-', refunded: '~', started: '?' }[state];
}

/** The commands that the journey took, in their order; nothing else may have gone wrong in it. */
async function commandsOf(temporal, journey) {
  const { events } = await temporal.workflow.getHandle(journey).fetchHistory();
  if (events.some((event) => event.workflowTaskFailedEventAttributes)) return ['a workflow task failed'];
  return events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
    accepted ? [accepted.acceptedRequest.input.name] : [],
  );
}

function differs(what, found, expected) {
  return found === expected ? [] : [`${what}: "${found}" instead of "${expected}"`];
}
