import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import { createPhone } from '../test/drivers/phone.mjs';
import { quantile, row } from './results.mjs';
import { pushMatters } from '../test/drivers/matter.mjs';
import { cpuTimeOf } from './process-usage.mjs';

const require = createRequire(import.meta.url);
const { Client, Connection, WithStartWorkflowOperation } = require('@temporalio/client');

// The ten commands of a whole journey with one matter: entry, face, result, card, portrait, confirm, face, result, sign, close. True marks
// the commands that call a vendor.
const COMMANDS = [true, true, true, true, false, false, true, true, false, false];
/** This command is one Update with one local activity, like the bare Update. The activity writes the projection. */
const DATABASE_COMMAND = 'portrait-review';
const CLIENTS = 16;

/** Times of single commands with one client, and rates with sixteen clients, alternately for journeys and the bare workflow. */
export async function measureJourneys({ urls, processes, takePersons, rounds, perRound, say }) {
  const connection = await Connection.connect({ address: urls.temporalAddress });
  const client = new Client({ connection });
  const steps = { ours: new Map(), bare: { database: [], vendor: [] } };
  const rates = { ours: [], bare: [] };
  const [cpu, cpuBare] = [new Map(), new Map()];
  let histories = [];

  // The just-in-time compiler needs hundreds of calls to warm up.
  await together(CLIENTS, await readyPhones(perRound), wholeJourney);
  await together(CLIENTS, Array(perRound).fill(), () => bareJourney(client));
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
    for (const [name, ms] of cpuTimes(processes)) addTo(cpu, name, (ms - before.get(name)) / perRound);
    const beforeBare = cpuTimes(processes);
    rates.bare.push(perRound / (await together(CLIENTS, Array(perRound).fill(), () => bareJourney(client))));
    for (const [name, ms] of cpuTimes(processes))
      addTo(cpuBare, name, (ms - beforeBare.get(name)) / perRound);
    say(
      `round ${round} of ${rounds}: ${rates.ours.at(-1).toFixed(1)} journeys/s, bare ${rates.bare.at(-1).toFixed(1)}`,
    );
  }
  const sentPerCommand = await countSent();
  await connection.close();

  const database = quantile(steps.ours.get(DATABASE_COMMAND));
  const vendor = quantile(steps.ours.get('result'));
  const [bareDatabase, bareVendor] = [quantile(steps.bare.database), quantile(steps.bare.vendor)];
  return [
    row('command with one database write, relative to a bare Update', database / bareDatabase, {
      bar: 1.5,
      note: `${database.toFixed(1)} ms and ${bareDatabase.toFixed(1)} ms`,
    }),
    row('command with a vendor call, relative to a bare Update', vendor / bareVendor, {
      note: `${vendor.toFixed(1)} ms and ${bareVendor.toFixed(1)} ms`,
    }),
    row(
      `journeys/s with ${CLIENTS} clients, relative to bare workflows`,
      quantile(rates.ours.map((rate, at) => rate / rates.bare[at])),
      {
        bar: 0.6,
        least: true,
        note: `${quantile(rates.ours).toFixed(1)}/s and ${quantile(rates.bare).toFixed(1)}/s`,
      },
    ),
    row('Update requests to Temporal per command', sentPerCommand, { bar: 1, note: 'counted by the server' }),
    row('history length of a whole journey', Math.max(...histories.map(({ events }) => events)), {
      unit: 'events',
      bar: 120,
    }),
    row('history size of a whole journey', Math.max(...histories.map(({ bytes }) => bytes)) / 1024, {
      unit: 'KB',
      bar: 32,
    }),
    ...[...steps.ours].map(([name, values]) => row(`  command: ${name}`, quantile(values), { unit: 'ms' })),
    ...[...cpu].map(([name, values]) =>
      row(`  CPU time of a journey with ${CLIENTS} clients: ${name}`, quantile(values), {
        unit: 'ms',
        note: `bare: ${quantile(cpuBare.get(name)).toFixed(0)} ms`,
      }),
    ),
  ];

  /** Update requests that the server counts per command of a whole journey. */
  async function countSent() {
    const [phone] = await readyPhones(1);
    const before = await sentTo(urls.temporalMetrics);
    await wholeJourney(phone);
    return ((await sentTo(urls.temporalMetrics)) - before) / COMMANDS.length;
  }

  /** Signed-in phones of new persons, each with a matter to confirm. */
  async function readyPhones(count, recordTime) {
    const persons = takePersons(count);
    await pushMatters(urls.registrySandbox, persons, randomUUID());
    const phones = persons.map((person) => createPhone({ urls, person, say: recordTime }));
    for (const phone of phones) await phone.signIn();
    return phones;
  }
}

async function wholeJourney(phone) {
  await phone.verify();
  const toDo = await phone.firstToDo();
  await phone.signToDo(toDo);
  await phone.close();
}

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

/** Works off `items`, `count` at a time. @returns the duration in seconds */
async function together(count, items, work) {
  const begun = performance.now();
  const left = [...items];
  const one = async () => {
    while (left.length > 0) await work(left.pop());
  };
  await Promise.all(Array.from({ length: count }, one));
  return (performance.now() - begun) / 1000;
}

async function historyOf(client, id) {
  const { raw } = await client.workflow.getHandle(id).describe();
  const { historyLength, historySizeBytes } = raw.workflowExecutionInfo;
  return { events: Number(historyLength), bytes: Number(historySizeBytes) };
}

/** The number of Update requests that the server has received. The server publishes its counters once a second. */
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

const timeRecorder =
  (steps) =>
  (_, ms, name = 'other') =>
    addTo(steps, name, ms);

function addTo(map, name, value) {
  map.set(name, [...(map.get(name) ?? []), value]);
}

function cpuTimes(processes) {
  const names = ['api', 'worker', 'bare-worker', 'temporal', 'database', 'sandbox'];
  return new Map(
    names
      .map((name) => [name, cpuTimeOf(processes.pidOf(name))])
      .concat([['phones', cpuTimeOf(process.pid)]]),
  );
}
