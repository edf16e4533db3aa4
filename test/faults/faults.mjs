// `npm run faults`: a process killed at every command, and every misbehaviour of vendors and registration systems, each followed
// to the end of the journey by a phone that goes on as phones do, and by a checker.
//   --short      a few cases of each kind          --only TEXT   cases whose "row × column" contains it
//   --seed N     when exactly processes are killed --break attempts   breaks idempotency on purpose: must turn red
import '../../scripts/node-version.mjs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { createClerks } from '../drivers/clerks.mjs';
import { createPhone } from '../drivers/phone.mjs';
import { goOn } from '../drivers/go-on.mjs';
import { until } from '../../scripts/ports.mjs';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { startStack } from '../../scripts/stack.mjs';
import { pushMatters } from '../drivers/matter.mjs';
import { randomFrom } from '../drivers/random.mjs';
import { personAt, writePersons } from '../fixtures/persons.mjs';
import { allCases, IN_FLIGHT, shortCut } from './cases.mjs';
import { openChecker } from './checker.mjs';

/**
 * @import { Client } from '@temporalio/client'
 * @import { Parts, Urls } from '../../scripts/stack.mjs'
 * @import { Phone } from '../drivers/phone.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 * @import { CallbackFault, Case, Cell, Kill, Stop, VendorFault } from './cases.mjs'
 * @import { Checker, Subject } from './checker.mjs'
 */

/**
 * @typedef Field
 * @property {number} delayMs after which a process is killed
 * @property {(count: number) => Person[]} takePersons persons whom no other case gets
 * @property {string} externalId
 * @property {Urls} urls
 * @property {Parts} parts
 * @property {Checker} checker
 */

/** How a sandbox serves calls. @typedef {{ mode: string, method?: string, times?: number }} Mode */

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    short: { type: 'boolean' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    break: { type: 'string' },
  },
});

const KILLED_WITHIN_MS = 60;
const SETTLED_MS = 30_000;
// Longer than the patience that is set below.
const SLOW_MS = 3_000;

const { dataDir, processes, run } = openIsolatedRun('faults');
const quiet = createProgress(new Writable({ write: (_, __, done) => done() }));
await run(faults);

async function faults() {
  const all = allCases();
  const wanted = (values.short ? shortCut(all) : all).filter(
    ({ row, column }) => !values.only || `${row} × ${column}`.includes(values.only),
  );
  Object.assign(process.env, {
    REQUESTS_PER_MINUTE_PER_ADDRESS: '100000',
    // A vendor that is silent is given up sooner than people would, so that all cases fit into minutes.
    ALIPAY_TIMEOUT_MS: '1500',
  });
  const personsFile = join(dataDir, 'persons.json');
  const persons = Array.from({ length: wanted.length * (IN_FLIGHT + 1) }, (_, at) => personAt(at));
  writePersons(personsFile, persons);
  /** @param {number} count */
  const takePersons = (count) => persons.splice(0, count);
  const { urls, parts } = await startStack({
    root,
    dataDir,
    processes,
    progress: quiet,
    samples: false,
    personsFile,
  });
  if (values.break) await breakOnPurpose(urls);
  const checker = await openChecker(urls);
  const random = randomFrom(Number(values.seed));
  /** @type {(Cell & { defects: string[] })[]} */
  const results = [];
  for (const [at, one] of wanted.entries()) {
    const delayMs = Math.floor(random() * KILLED_WITHIN_MS);
    const begun = performance.now();
    const field = { delayMs, takePersons, externalId: `F-${at}`, urls, parts, checker };
    const run = one.kind === 'stop' ? stopUnderLoad({ ...one, ...field }) : follow(one, field);
    /** @type {string[]} */
    const defects = await run.catch((error) => [error.message]);
    // One that failed leaves nothing to the next.
    for (const sandbox of [urls.alipaySandbox, urls.registrySandbox]) await setMode(sandbox, { mode: 'up' });
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    results.push({ ...one, defects });
    process.stdout.write(`${defects.length === 0 ? '✓' : '✗'} ${one.row} × ${one.column} (${seconds} s)\n`);
    for (const defect of defects) process.stdout.write(`    ${defect}\n`);
  }
  await checker.close();
  process.stdout.write(`\n${matrixOf(results)}\n`);
  const failed = results.filter(({ defects }) => defects.length > 0).length;
  process.stdout.write(`\n${results.length} cases, ${failed} failed (seed ${values.seed})\n`);
  return failed === 0 && results.length > 0 ? 0 : 1;
}

/**
 * One journey with one fault.
 * @param {Kill | VendorFault | CallbackFault} fault
 * @param {Field} field
 * @returns what is wrong in the end
 */
async function follow(fault, { urls, parts, checker, takePersons, externalId, delayMs }) {
  const { command } = fault;
  const [person] = /** @type {[Person]} */ (takePersons(1));
  await pushMatters(urls.registrySandbox, [person], externalId);
  /** How often each command was sent. @type {Map<string, number>} */
  const sent = new Map();
  /** @type {Promise<void> | undefined} */
  let killing;
  let commands = 0;
  let decisions = 0;
  const phone = createPhone({
    urls,
    person,
    async beforeCommand(name) {
      const times = (sent.get(name) ?? 0) + 1;
      sent.set(name, times);
      if (name !== 'sign-in') commands += 1;
      if (`${name}${times > 1 ? `-${times}` : ''}` !== command) return;
      if (fault.kind === 'kill') killing = kill({ ...fault, delayMs }, parts);
      else await misbehave(fault, urls);
    },
  });
  let signed;
  try {
    await phone.signIn();
    await phone.enter();
    signed = await goOn(phone, async () => {
      const wrong = await causeDefects(checker.client, phone.view, fault);
      if (wrong) throw new Error(wrong);
      await setMode(urls.alipaySandbox, { mode: 'up' });
      await createClerks({ urls }).decide(phone.view.id, 'retry');
      decisions += 1;
      await phone.look();
    });
  } finally {
    // One that failed leaves no process down to the next.
    await killing;
  }
  if (fault.kind === 'vendor' && !fault.times && decisions !== 1)
    return [`stuck ${decisions} times instead of once`];
  if (!signed) return ['nothing was signed'];
  const subject = { journey: phone.view.id, externalId: `${externalId}-0`, commands, decisions };
  return await settledDefects(checker, subject);
}

/**
 * Many journeys while a process is told to stop and started again.
 * @param {Stop & Field} field
 * @returns what is wrong with any of them
 */
async function stopUnderLoad({ urls, parts, checker, takePersons, externalId, name }) {
  const persons = takePersons(IN_FLIGHT);
  await pushMatters(urls.registrySandbox, persons, externalId);
  let all = 0;
  /** @type {ReturnType<typeof stopAndStart> | undefined} */
  let stopping;
  const journeys = persons.map(async (person, at) => {
    let commands = 0;
    const phone = createPhone({
      urls,
      person,
      async beforeCommand(command) {
        all += 1;
        if (command !== 'sign-in') commands += 1;
        // Everybody is somewhere between entry and signature.
        if (all === IN_FLIGHT * 5) stopping = stopAndStart(name, parts);
      },
    });
    await phone.signIn();
    await phone.enter();
    await goOn(phone, () => Promise.reject(new Error(`stuck by ${phone.view.stuck?.cause}`)));
    return { journey: phone.view.id, externalId: `${externalId}-${at}`, commands, decisions: 0 };
  });
  const subjects = await Promise.all(journeys);
  const { code } = (await stopping) ?? {};
  const defects = code === 0 ? [] : [`${name} ended with ${code}`];
  for (const subject of subjects) defects.push(...(await settledDefects(checker, subject)));
  return defects;
}

/**
 * @param {Stop['name']} name
 * @param {Parts} parts
 */
async function stopAndStart(name, parts) {
  const how = await processes.take(name, 'SIGTERM');
  await parts[name]();
  return how;
}

/**
 * The rest after the signature happens without the phone, with its own retries.
 * @param {Checker} checker
 * @param {Subject} subject
 */
async function settledDefects(checker, subject) {
  /** @type {string[]} */
  let defects = [];
  await until(
    async () => {
      defects = await checker.defectsOf(subject);
      return defects.length === 0;
    },
    SETTLED_MS,
    500,
  );
  return defects;
}

/**
 * Kills a process about when the command arrives. Resolves when it is there again.
 * @param {Kill & { delayMs: number }} kill
 * @param {Parts} parts
 */
async function kill({ name, delayMs }, parts) {
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  await processes.take(name, 'SIGKILL');
  await parts[name]();
}

/**
 * From now on the vendor, or the registration system, answers as the case says.
 * @param {VendorFault | CallbackFault} fault
 * @param {Urls} urls
 */
async function misbehave(fault, urls) {
  const { mode, times } = fault;
  if (fault.kind === 'callback') await setMode(urls.registrySandbox, { mode, times });
  else await setMode(urls.alipaySandbox, { mode, method: fault.method, ...(times && { times }) });
}

/**
 * @param {string} sandbox
 * @param {Mode} mode
 */
async function setMode(sandbox, mode) {
  const response = await fetch(`${sandbox}/admin/mode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...mode, ...(mode.mode === 'slow' && { delayMs: SLOW_MS }) }),
  });
  if (!response.ok) throw new Error(`The sandbox does not know the mode ${mode.mode}.`);
}

/**
 * Whether a journey that is stuck has the right cause, for the person and for operators.
 * @param {Client} client
 * @param {Phone['view']} view
 * @param {Pick<Case, 'kind'>} fault
 */
async function causeDefects(client, { id, stuck }, { kind }) {
  if (kind !== 'vendor') return `stuck by ${stuck?.cause}, though no vendor misbehaves`;
  if (stuck?.cause !== 'vendor-unavailable') return `stuck by ${stuck?.cause}`;
  const { typedSearchAttributes } = await client.workflow.getHandle(id).describe();
  const cause = typedSearchAttributes.getAll().find(({ key }) => key.name === 'StuckCause')?.value;
  return cause === 'vendor-unavailable' ? undefined : `search attribute StuckCause is ${cause}`;
}

/** Takes the attempts' idempotency away: the unique key, and what makes the same command find its attempt again. @param {Urls} urls */
async function breakOnPurpose({ databaseUrl }) {
  if (values.break !== 'attempts') throw new Error('Only `attempts` can be broken.');
  const database = await createConnection({ uri: databaseUrl });
  await database.query('ALTER TABLE attempts DROP INDEX attempts_command');
  await database.query(
    'CREATE TRIGGER forget_commands BEFORE INSERT ON attempts FOR EACH ROW SET NEW.command = SHA2(UUID(), 256)',
  );
  await database.end();
}

/** @param {(Cell & { defects: string[] })[]} results */
function matrixOf(results) {
  const columns = [...new Set(results.map(({ column }) => column))];
  const rows = [...new Set(results.map(({ row }) => row))];
  const width = Math.max(...rows.map((row) => row.length));
  /**
   * @param {string} row
   * @param {string} column
   */
  const cell = (row, column) => {
    const one = results.find((result) => result.row === row && result.column === column);
    return !one ? ' ' : one.defects.length === 0 ? '✓' : '✗';
  };
  return [
    ...columns.map((column, at) => `${''.padEnd(width)} ${' │'.repeat(at)} ${column}`),
    ...rows.map((row) => `${row.padEnd(width)} ${columns.map((column) => ` ${cell(row, column)}`).join('')}`),
  ].join('\n');
}
