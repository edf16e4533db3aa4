import { createClerks } from '../drivers/clerks.mjs';
import { createMatter, pushMatters } from '../drivers/matter.mjs';
import { createPhone } from '../drivers/phone.mjs';
import { scenarios } from '../drivers/scenarios.mjs';
import { openDatabase, openTemporal } from '../drivers/servers.mjs';
import { personAt } from '../fixtures/persons.mjs';
import { abuses } from './abuses.mjs';
import { rows } from './table.mjs';

/**
 * @import { Client } from '@temporalio/client'
 * @import { Connection as DatabaseConnection } from 'mysql2/promise'
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { Clerks } from '../drivers/clerks.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 * @import { Stage } from './abuses.mjs'
 * @import { Row } from './table.mjs'
 */

/** @typedef {ReturnType<typeof castFor>} Cast */

/** @type {Record<string, string>} */
const LETTERS = {
  ...{ certificate: 'C', 'identity-face': 'F', 'bank-card': 'B', 'matter-face': 'M', 'in-person': 'W' },
  ...{ passed: '+', failed: '-', refunded: '~', started: '?' },
};

/** The environment in which the table is true. */
export const LIMITS = {
  REQUESTS_PER_MINUTE_PER_ADDRESS: '100000',
  REQUESTS_PER_MINUTE_PER_SESSION: '10000',
  // So few that using them up takes moments.
  FACE_FAILURES_PER_DAY: '3',
  FACE_FAILURES_PER_MATTER: '2',
  BANK_CARD_FAILURES_PER_DAY: '2',
};

/** The persons of the rows and abuses whose name contains `only`. @param {string} [only] */
export function castFor(only = '') {
  const wanted = rows.filter(({ scenario, document }) => `${scenario} × ${document}`.includes(only));
  const tried = Object.entries(abuses).filter(([name]) => name.includes(only));
  const walks = wanted.map((row, at) => ({ row, person: personFor(row, at) }));
  // Four for each abuse, none of them in a walk: the first has a plain name; the fourth's document is not compared with the account.
  const strangers = tried.map((_, at) => {
    const first = 999 + at * 3;
    return /** @type {Stage['persons']} */ ([
      ...[personAt(first), personAt(first + 1), personAt(first + 2)],
      personAt(999 + at, 'hmt-residence-permit'),
    ]);
  });
  return { walks, tried, strangers, persons: [...walks.map(({ person }) => person), ...strangers.flat()] };
}

/**
 * Walks them one after the other, and writes a line for each.
 * @param {Cast} cast
 * @param {Urls} urls
 * @returns how many failed
 */
export async function walkAll({ walks, tried, strangers }, urls) {
  const database = await openDatabase(urls);
  const temporal = await openTemporal(urls);
  const clerks = createClerks({ urls });
  let failed = 0;
  /**
   * @param {string} name
   * @param {string[]} defects
   */
  const report = (name, defects) => {
    if (defects.length > 0) failed += 1;
    process.stdout.write(`${defects.length === 0 ? '✓' : '✗'} ${name}\n`);
    for (const defect of defects) process.stdout.write(`    ${defect}\n`);
  };
  for (const [at, { row, person }] of walks.entries()) {
    const defects = await walk({ row, person, externalId: `W-${at}`, urls, clerks })
      .then((journey) => defectsOf(row, journey, `W-${at}-0`, { database, temporal }))
      .catch((/** @type {Error} */ error) => [error.message]);
    report(`${row.scenario} × ${row.document}`, defects);
  }
  for (const [at, [name, attempt]] of tried.entries()) {
    const persons = strangers[at];
    if (!persons) throw new Error('There is nobody for this abuse.');
    const stage = { urls, persons, externalId: `A-${at}` };
    report(name, await attempt(stage).catch((/** @type {Error} */ error) => [error.message]));
  }
  await database.end();
  await temporal.connection.close();
  return failed;
}

/**
 * The person of a scenario.
 * @param {Row} row
 * @param {number} at
 * @returns {Person}
 */
function personFor({ scenario, document }, at) {
  const person = personAt(at, document);
  if (scenario === 'not-the-holder') return { ...person, name: '测试人' };
  if (scenario !== 'name-corrected') return person;
  return { ...person, name: `${person.name}·沙箱`, nameOnRecord: `${person.name}沙箱` };
}

/**
 * @param {{ row: Row, person: Person, externalId: string, urls: Urls, clerks: Clerks }} walk
 * @returns the id of the journey that the scenario is about
 */
async function walk({ row, person, externalId, urls, clerks }) {
  const scenario = scenarios[row.scenario];
  if (!scenario) throw new Error(`There is no scenario ${row.scenario}.`);
  const { alipay, run } = scenario;
  await pushMatters(urls.registrySandbox, [person], externalId);
  const phone = createPhone({ urls, person });
  if (alipay) await phone.meet(alipay);
  await phone.signIn();
  const matter = createMatter({ urls, externalId: `${externalId}-0` });
  return (await run({ phone, clerks, person, matter })) ?? phone.view.id;
}

/**
 * @param {Row} row
 * @param {string} journey
 * @param {string} externalId
 * @param {{ database: DatabaseConnection, temporal: Client }} servers
 */
async function defectsOf(row, journey, externalId, { database, temporal }) {
  /**
   * @param {string} sql
   * @param {string[]} values
   */
  const all = async (sql, ...values) => {
    const [found] = await database.query(sql, values);
    return /** @type {Record<string, string>[]} */ (found);
  };
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
  const ends = [shown?.step, shown?.stuck_cause].filter(Boolean).join(' ');
  return [
    ...differs('ends', ends, row.ends),
    ...differs('ledger', attempts.map(letters).join(' '), row.ledger),
    ...differs('confirmation', confirmations.map(({ state }) => state).join(' '), row.confirmation),
    ...differs(
      'worklist',
      waiting.map(({ cause }) => `stuck ${cause}`).join(' '),
      ends.startsWith('stuck') ? ends : '',
    ),
    ...differs('history', (await commandsOf(temporal, journey)).join(' '), row.history),
  ];
}

/** An attempt in two characters. @param {Record<string, string>} attempt */
function letters({ purpose = '', state = '' }) {
  return `${LETTERS[purpose]}${LETTERS[state]}`;
}

/**
 * The commands that the journey accepted, in their order; no workflow task may have failed.
 * @param {Client} temporal
 * @param {string} journey
 */
async function commandsOf(temporal, journey) {
  const { events } = await temporal.workflow.getHandle(journey).fetchHistory();
  if (!events) return ['no history'];
  if (events.some((event) => event.workflowTaskFailedEventAttributes)) return ['a workflow task failed'];
  return events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
    accepted ? [accepted.acceptedRequest?.input?.name] : [],
  );
}

/**
 * @param {string} what
 * @param {string} found
 * @param {string} expected
 */
function differs(what, found, expected) {
  return found === expected ? [] : [`${what}: "${found}" instead of "${expected}"`];
}
