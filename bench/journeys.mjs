import { randomUUID } from 'node:crypto';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { createPhone } from '../test/drivers/phone.mjs';
import { quantile, row } from './results.mjs';
import { pushMatters } from '../test/drivers/matter.mjs';
import { cpuTimeOf } from './process-usage.mjs';

/** @import { Processes } from '../scripts/processes.mjs' */
/** @import { Phone } from '../test/drivers/phone.mjs' */
/** @import { Store } from '../db/store/store.ts' */
/** @import { BenchStack } from './bench.mjs' */
/** The durations of each command, in milliseconds. @typedef {Map<string, number[]>} Durations */
/** The same for the bare Updates with one local activity, and for those with a no-op activity. @typedef {{ database: number[], vendor: number[] }} BareDurations */

// The ten commands of a whole journey with one matter: entry, face, result, card, portrait, confirm, face, result, sign, close. True marks
// the commands that call a vendor.
const COMMANDS = [true, true, true, true, false, false, true, true, false, false];
/** This command is one Update with one local activity, like the bare Update. The activity writes the projection. */
const DATABASE_COMMAND = 'portrait-review';
const CLIENTS = 16;
/** Of one client's command. */
const BARS_MS = new Map([['entry', 45]]);
/** Of a whole journey, by process. */
const CPU_BARS_MS = new Map([
  ['worker', 75],
  ['temporal', 45],
  ['api', 25],
  ['database', 18],
]);

/**
 * Times of single commands with one client, and rates with sixteen clients, alternately for journeys and the bare workflow.
 * @param {Omit<BenchStack, 'parts'> & { store: Store, rounds: number, perRound: number }} bench
 */
export async function measureJourneys({ urls, processes, takePersons, store, rounds, perRound, say }) {
  const connection = await Connection.connect({ address: urls.temporalAddress });
  const client = new Client({ connection });
  /** @type {{ ours: Durations, bare: BareDurations }} */
  const steps = { ours: new Map(), bare: { database: [], vendor: [] } };
  /** Journeys per second. @type {{ ours: number[], bare: number[] }} */
  const rates = { ours: [], bare: [] };
  /** @type {[Durations, Durations]} */
  const [cpu, cpuBare] = [new Map(), new Map()];
  /** @type {Awaited<ReturnType<typeof historyOf>>[]} */
  let histories = [];
  const noItems = Array.from({ length: perRound }, () => undefined);

  // The just-in-time compiler needs hundreds of calls to warm up.
  await together(CLIENTS, await readyPhones(perRound), wholeJourney);
  await together(CLIENTS, noItems, () => bareJourney(client));
  for (let round = 1; round <= rounds; round += 1) {
    const singles = await readyPhones(Math.ceil(perRound / 8), timeRecorder(steps.ours));
    for (const phone of singles) {
      await wholeJourney(phone);
      await bareJourney(client, steps.bare);
    }
    histories = await Promise.all(singles.map(({ view }) => historyOf(client, view.id)));
    const phones = await readyPhones(perRound);
    const before = cpuTimes(processes);
    rates.ours.push(perRound / (await together(CLIENTS, phones, wholeJourney)));
    for (const [name, ms] of cpuTimes(processes)) addTo(cpu, name, (ms - (before.get(name) ?? 0)) / perRound);
    const beforeBare = cpuTimes(processes);
    rates.bare.push(perRound / (await together(CLIENTS, noItems, () => bareJourney(client))));
    for (const [name, ms] of cpuTimes(processes))
      addTo(cpuBare, name, (ms - (beforeBare.get(name) ?? 0)) / perRound);
    say(
      `round ${round} of ${rounds}: ${rates.ours.at(-1)?.toFixed(1)} journeys/s, bare ${rates.bare.at(-1)?.toFixed(1)}`,
    );
  }
  const sentPerCommand = await countSent();
  const statements = await countStatements();
  await connection.close();

  const database = quantile(steps.ours.get(DATABASE_COMMAND) ?? []);
  const vendor = quantile(steps.ours.get('result') ?? []);
  const [bareDatabase, bareVendor] = [quantile(steps.bare.database), quantile(steps.bare.vendor)];
  return [
    row('command with one database write, relative to a bare Update', database / bareDatabase, {
      bar: 1.3,
      note: `${database.toFixed(1)} ms and ${bareDatabase.toFixed(1)} ms`,
    }),
    row('command with a vendor call, relative to a bare Update', vendor / bareVendor, {
      note: `${vendor.toFixed(1)} ms and ${bareVendor.toFixed(1)} ms`,
    }),
    row(
      `journeys/s with ${CLIENTS} clients, relative to bare workflows`,
      quantile(rates.ours.map((rate, at) => rate / (rates.bare[at] ?? NaN))),
      {
        bar: 0.6,
        least: true,
        note: `${quantile(rates.ours).toFixed(1)}/s and ${quantile(rates.bare).toFixed(1)}/s`,
      },
    ),
    row('Update requests to Temporal per command', sentPerCommand, { bar: 1, note: 'counted by the server' }),
    row('history length of a whole journey', Math.max(...histories.map(({ events }) => events)), {
      unit: 'events',
      bar: 80,
    }),
    row('history size of a whole journey', Math.max(...histories.map(({ bytes }) => bytes)) / 1024, {
      unit: 'KB',
      bar: 18,
    }),
    row('statements of a whole journey', statements, {
      bar: 50,
      note: 'with the matter and what runs meanwhile',
    }),
    ...[...steps.ours].map(([name, values]) =>
      row(`  command: ${name}`, quantile(values), { unit: 'ms', bar: BARS_MS.get(name) }),
    ),
    ...[...cpu].map(([name, values]) =>
      row(`  CPU time of a journey with ${CLIENTS} clients: ${name}`, quantile(values), {
        unit: 'ms',
        bar: CPU_BARS_MS.get(name),
        note: `bare: ${quantile(cpuBare.get(name) ?? []).toFixed(0)} ms`,
      }),
    ),
  ];

  /** Update requests that the server counts per command of a whole journey. */
  async function countSent() {
    const [phone] = /** @type {[Phone]} */ (await readyPhones(1));
    const metrics = urls.temporalMetrics ?? '';
    const before = await sentTo(metrics);
    await wholeJourney(phone);
    return ((await sentTo(metrics)) - before) / COMMANDS.length;
  }

  /** Statements that the database server counts from the entry to the end of one journey, prepared ones included. */
  async function countStatements() {
    const [phone] = /** @type {[Phone]} */ (await readyPhones(1));
    const before = await statementsOf(store);
    await wholeJourney(phone);
    return (await statementsOf(store)) - before;
  }

  /**
   * Signed-in phones of new persons, each with a matter to confirm.
   * @param {number} count
   * @param {ReturnType<typeof timeRecorder>} [recordTime]
   */
  async function readyPhones(count, recordTime) {
    const persons = takePersons(count);
    await pushMatters(urls.registrySandbox, persons, randomUUID());
    const phones = persons.map((person) => createPhone({ urls, person, say: recordTime }));
    for (const phone of phones) await phone.signIn();
    return phones;
  }
}

/** @param {Store} store */
async function statementsOf(store) {
  const [[counted]] = await store.knex.raw("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(counted.Value);
}

/** @param {Phone} phone */
async function wholeJourney(phone) {
  await phone.verify();
  const toDo = await phone.firstToDo();
  await phone.signToDo(toDo);
  await phone.close();
}

/**
 * @param {Client} client
 * @param {BareDurations} [steps]
 */
async function bareJourney(client, steps) {
  const startWorkflowOperation = new WithStartWorkflowOperation('bare', {
    workflowId: `bare-${randomUUID()}`,
    taskQueue: 'bare',
    workflowTaskTimeout: '4s',
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [COMMANDS.length],
  });
  await client.workflow.executeUpdateWithStart('step', { args: [COMMANDS[0]], startWorkflowOperation });
  const handle = await startWorkflowOperation.workflowHandle();
  for (const isVendor of COMMANDS.slice(1)) {
    const begun = performance.now();
    await handle.executeUpdate('step', { args: [isVendor] });
    steps?.[isVendor ? 'vendor' : 'database'].push(performance.now() - begun);
  }
}

/**
 * Works off `items`, `count` at a time.
 * @template T
 * @param {number} count
 * @param {T[]} items
 * @param {(item: T) => Promise<unknown>} work
 * @returns the duration in seconds
 */
async function together(count, items, work) {
  const begun = performance.now();
  const left = [...items];
  const one = async () => {
    while (left.length > 0) await work(/** @type {T} */ (left.pop()));
  };
  await Promise.all(Array.from({ length: count }, one));
  return (performance.now() - begun) / 1000;
}

/**
 * @param {Client} client
 * @param {string} id
 */
async function historyOf(client, id) {
  const { raw } = await client.workflow.getHandle(id).describe();
  const { historyLength, historySizeBytes } = raw.workflowExecutionInfo ?? {};
  return { events: Number(historyLength), bytes: Number(historySizeBytes) };
}

/** The number of Update requests that the server has received. The server publishes its counters once a second. @param {string} metrics */
async function sentTo(metrics) {
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const text = await (await fetch(metrics)).text();
  const operations = 'UpdateWorkflowExecution|ExecuteMultiOperation|PollWorkflowExecutionUpdate';
  const form = new RegExp(
    `^service_requests\\{[^}]*operation="(${operations})"[^}]*service_name="frontend"\\} (\\d+)`,
    'gm',
  );
  return Array.from(text.matchAll(form), ([, , count]) => Number(count)).reduce(
    (sum, count) => sum + count,
    0,
  );
}

/**
 * Records the time of each command of a phone.
 * @param {Durations} steps
 * @returns {(text: string, ms?: number, name?: string) => void}
 */
const timeRecorder =
  (steps) =>
  (_, ms = 0, name = 'other') =>
    addTo(steps, name, ms);

/**
 * @param {Durations} map
 * @param {string} name
 * @param {number} value
 */
function addTo(map, name, value) {
  map.set(name, [...(map.get(name) ?? []), value]);
}

/** @param {Processes} processes */
function cpuTimes(processes) {
  const names = ['api', 'worker', 'bare-worker', 'temporal', 'database', 'sandbox'];
  /** @param {string} name */
  const timeOf = (name) => cpuTimeOf(processes.pidOf(name) ?? process.pid);
  const times = new Map(names.map((name) => [name, timeOf(name)]));
  return times.set('phones', cpuTimeOf(process.pid));
}
