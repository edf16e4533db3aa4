import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import { createPhone } from '../test/drivers/phone.mjs';
import { quantile, row } from './figures.mjs';
import { pushMatters } from '../test/fixtures/persons.mjs';
import { cpuTimeOf } from './processes.mjs';

const require = createRequire(import.meta.url);
const { Client, Connection, WithStartWorkflowOperation } = require('@temporalio/client');

// Ten commands of a whole journey with one matter, and which of them ask a vendor: entry, face, result, card, portrait, confirm,
// face, result, sign, close.
const COMMANDS = [true, true, true, true, false, false, true, true, false, false];
/** The command that is one Update with one local activity, as the bare one is: the projection is written. */
const DATABASE_TAP = 'portrait-review';
const CLIENTS = 16;

/** Steps of one client and journeys of sixteen, in turns with the bare workflow, against the same servers. */
export async function measureJourneys({ urls, processes, takePersons, rounds, perRound, say }) {
  const connection = await Connection.connect({ address: urls.temporalAddress });
  const client = new Client({ connection });
  const steps = { ours: new Map(), bare: { database: [], vendor: [] } };
  const rates = { ours: [], bare: [] };
  const [cpu, cpuBare] = [new Map(), new Map()];
  let histories = [];

  // Compilers warm up over hundreds of calls.
  await together(CLIENTS, await readyPhones(perRound), wholeJourney);
  await together(CLIENTS, Array(perRound).fill(), () => bareJourney(client));
  for (let round = 1; round <= rounds; round += 1) {
    const singles = await readyPhones(Math.ceil(perRound / 8), note(steps.ours));
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
  const sentPerTap = await countSent();
  await connection.close();

  const database = quantile(steps.ours.get(DATABASE_TAP));
  const vendor = quantile(steps.ours.get('result'));
  const [bareDatabase, bareVendor] = [quantile(steps.bare.database), quantile(steps.bare.vendor)];
  return [
    row('database step against bare Update', database / bareDatabase, {
      bar: 1.5,
      note: `${database.toFixed(1)} ms against ${bareDatabase.toFixed(1)} ms`,
    }),
    row('vendor step against bare Update', vendor / bareVendor, {
      note: `${vendor.toFixed(1)} ms against ${bareVendor.toFixed(1)} ms`,
    }),
    row(
      `journeys/s at ${CLIENTS} clients against bare`,
      quantile(rates.ours.map((rate, at) => rate / rates.bare[at])),
      {
        bar: 0.6,
        least: true,
        note: `${quantile(rates.ours).toFixed(1)}/s against ${quantile(rates.bare).toFixed(1)}/s`,
      },
    ),
    row('commands sent to Temporal per request', sentPerTap, { bar: 1, note: 'as the server counts them' }),
    row('history of a whole journey', Math.max(...histories.map(({ events }) => events)), {
      unit: 'events',
      bar: 120,
    }),
    row('history of a whole journey', Math.max(...histories.map(({ bytes }) => bytes)) / 1024, {
      unit: 'KB',
      bar: 32,
    }),
    ...[...steps.ours].map(([name, values]) => row(`  step: ${name}`, quantile(values), { unit: 'ms' })),
    ...[...cpu].map(([name, values]) =>
      row(`  CPU of a journey at ${CLIENTS} clients: ${name}`, quantile(values), {
        unit: 'ms',
        note: `bare: ${quantile(cpuBare.get(name)).toFixed(0)} ms`,
      }),
    ),
  ];

  /** What one whole journey has clients send to Temporal, by what the server counts. */
  async function countSent() {
    const [phone] = await readyPhones(1);
    const before = await sentTo(urls.temporalMetrics);
    await wholeJourney(phone);
    return ((await sentTo(urls.temporalMetrics)) - before) / COMMANDS.length;
  }

  /** Phones of new persons, signed in, each with a matter to confirm. */
  async function readyPhones(count, say_) {
    const persons = takePersons(count);
    await pushMatters(urls.registrySandbox, persons, randomUUID());
    const phones = persons.map((person) => createPhone({ urls, person, say: say_ }));
    for (const phone of phones) await phone.signIn();
    return phones;
  }
}

async function wholeJourney(phone) {
  await phone.verify();
  const [toDo] = await phone.toDos();
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

/** Works off `items` by so many at a time. @returns how many seconds that took */
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

/** Requests about Updates that the server has had from clients. It adds up what it counted once a second. */
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

const note =
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
