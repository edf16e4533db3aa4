// `node test/trust/temporal.mjs`: an attacker reaches Temporal's port, but has no session, no clerk's password and no key. The attacker reads
// every history, sends anything to every workflow, starts workflows and runs activities. Each attack reports what it changed in the
// database; nothing may change.
//   --only TEXT   attacks whose name contains it
import '../../scripts/node-version.mjs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createConnection } from 'mysql2/promise';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { createClerks } from '../drivers/clerks.mjs';
import { createPhone } from '../drivers/phone.mjs';
import { readCallbacks } from '../drivers/sandboxes.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { startStack } from '../../scripts/stack.mjs';
import { pushMatter } from '../drivers/matter.mjs';
import { matterOf, personAt, writePersons } from '../fixtures/persons.mjs';

/**
 * @import { WorkflowStartOptions } from '@temporalio/client'
 * @import { Connection as DatabaseConnection } from 'mysql2/promise'
 * @import { Urls } from '../../scripts/stack.mjs'
 * @import { Clerks } from '../drivers/clerks.mjs'
 * @import { Person } from '../fixtures/persons.mjs'
 */

/** @typedef {(sql: string, ...values: unknown[]) => Promise<Record<string, any>[]>} Rows */
/** The id and the argument of an Update. @typedef {{ id: string, argument: Record<string, any> }} Sent */
/** @typedef {ReturnType<typeof attackerAt>} Attacker */

/**
 * @typedef Stage
 * @property {Urls} urls
 * @property {Client} client
 * @property {Rows} rows
 * @property {Person} person the victim
 * @property {string} externalId of the victim's matter
 * @property {Clerks} clerks
 * @property {Attacker} attacker
 */

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { only: { type: 'string' } } });

const QUEUE = 'registration-identity';
const ROGUE_QUEUE = 'rogue';
/** An attack waits no longer than this for an answer. Without an answer by then, it was not carried out. */
const ANSWER_TIMEOUT_MS = 3_000;

const { dataDir, processes, run } = openIsolatedRun('trust');

async function attackAll() {
  const tried = Object.entries(attacks).filter(([name]) => !values.only || name.includes(values.only));
  const persons = tried.map((_, at) => personAt(4_000 + at));
  const personsFile = join(dataDir, 'persons.json');
  writePersons(personsFile, persons);
  const progress = createProgress(new Writable({ write: (_, __, done) => done() }));
  const { urls } = await startStack({ root, dataDir, processes, progress, samples: false, personsFile });
  const database = await createConnection({ uri: urls.databaseUrl });
  const connection = await Connection.connect({ address: urls.temporalAddress });
  const client = new Client({ connection });
  const rogue = await startRogueWorker(urls.temporalAddress);
  let failed = 0;
  for (const [at, [name, attack]] of tried.entries()) {
    const externalId = `T-${at}`;
    const person = /** @type {Person} */ (persons[at]);
    const stage = {
      urls,
      client,
      rows: rowsOf(database),
      ...{ person, externalId },
      clerks: createClerks({ urls }),
    };
    /** @type {string[]} */
    const changes = await attack({ ...stage, attacker: attackerAt(client) }).catch((error) => [error.stack]);
    if (changes.length > 0) failed += 1;
    process.stdout.write(`${changes.length === 0 ? '✓' : '✗'} ${name}\n`);
    for (const one of changes) process.stdout.write(`    ${one}\n`);
  }
  await rogue.stop();
  await database.end();
  await connection.close();
  process.stdout.write(`\n${tried.length} attacks, ${failed} failed\n`);
  return failed === 0 && tried.length > 0 ? 0 : 1;
}

/**
 * @param {DatabaseConnection} database
 * @returns {Rows}
 */
const rowsOf =
  (database) =>
  async (sql, ...values) =>
    /** @type {Record<string, any>[]} */ ((await database.query(sql, values))[0]);

/** @param {string} address */
async function startRogueWorker(address) {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue: ROGUE_QUEUE,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(import.meta.dirname, 'rogue-workflow.ts'),
      logger: new DefaultLogger('ERROR'),
    }),
  });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

/** The means of an attacker with a Temporal client. Any rejection is fine, and no call waits long. @param {Client} client */
function attackerAt(client) {
  /** @param {() => Promise<unknown>} work */
  const withDeadline = (work) =>
    client.withDeadline(Date.now() + ANSWER_TIMEOUT_MS, work).catch((error) => error);
  // Every form that a command ever had: without a proof, and as the api sends it, with a false proof.
  /**
   * @param {string} workflow
   * @param {string} name
   * @param {object} payload
   * @returns {Sent}
   */
  const command = (workflow, name, payload) => {
    const id = randomUUID().replaceAll('-', '').repeat(2);
    const form = {
      journey: workflow,
      id,
      command: name,
      payload,
      at: Date.now(),
      proof: `embedded-commands-1.${'A'.repeat(43)}`,
    };
    return { id, argument: { ...payload, ...form } };
  };
  const attacker = {
    command,

    /**
     * @param {string} workflow
     * @param {string} name
     * @param {object} payload
     */
    async send(workflow, name, payload, given = command(workflow, name, payload)) {
      const handle = client.workflow.getHandle(workflow);
      const answer = await withDeadline(() =>
        handle.executeUpdate(name, { args: [given.argument], updateId: given.id }),
      );
      return { id: given.id, answer };
    },

    /**
     * @param {string} workflow
     * @param {object} payload
     * @param {unknown[]} startArgs
     */
    enter: (workflow, payload, startArgs = [], given = command(workflow, 'enter', payload)) =>
      withDeadline(() =>
        client.workflow.executeUpdateWithStart('enter', {
          args: [given.argument],
          updateId: given.id,
          startWorkflowOperation: new WithStartWorkflowOperation('journey', {
            workflowId: workflow,
            taskQueue: QUEUE,
            args: startArgs,
            workflowIdConflictPolicy: 'USE_EXISTING',
          }),
        }),
      ),

    /**
     * @param {string} type
     * @param {string} workflowId
     * @param {unknown[]} args
     * @param {Partial<WorkflowStartOptions>} [more]
     */
    start: (type, workflowId, args, more = {}) =>
      withDeadline(() => client.workflow.start(type, { workflowId, taskQueue: QUEUE, args, ...more })),

    /**
     * Runs one of our activities with these arguments.
     * @param {string} activity
     * @param {object} argument
     */
    schedule: (activity, argument) =>
      client.workflow
        .execute('rogue', {
          workflowId: `rogue-${randomUUID()}`,
          taskQueue: ROGUE_QUEUE,
          args: [QUEUE, activity, argument],
        })
        .catch((error) => error),

    /** Every command to a workflow, as its history holds it. @param {string} workflow */
    async read(workflow) {
      const { events } = await client.workflow.getHandle(workflow).fetchHistory();
      return (events ?? []).flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => {
        const { input, meta } = accepted?.acceptedRequest ?? {};
        if (!input) return [];
        const [payload] = input.args?.payloads ?? [];
        /** @type {Sent['argument']} */
        const argument = JSON.parse(Buffer.from(payload?.data ?? []).toString());
        return [{ name: input.name ?? '', id: meta?.updateId ?? '', argument }];
      });
    },

    /** The session that holds a journey, as its history shows. @param {string} workflow */
    async sessionOf(workflow) {
      const commands = await attacker.read(workflow);
      return commands.map(({ argument }) => argument.session ?? argument.payload?.session).findLast(Boolean);
    },
  };
  return attacker;
}

/**
 * @param {string} what
 * @param {unknown} found
 * @param {unknown} expected
 */
const differs = (what, found, expected) =>
  JSON.stringify(found) === JSON.stringify(expected)
    ? []
    : [`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];

/**
 * The rows that must stay as they are: nothing may be confirmed, refused, decided or delivered.
 * @param {Stage} stage
 * @param {string} journey
 * @param {{ state?: string, decisions?: string[], matter?: string, callbacks?: string[] }} [expected]
 */
async function changesOf({ rows, urls, externalId }, journey, expected = {}) {
  const { state = 'pending', decisions = [], matter = 'open' } = expected;
  const confirmations = await rows(
    'SELECT DISTINCT c.state, m.state AS matter FROM confirmations c JOIN matters m ON m.id = c.matter_id WHERE m.external_id = ?',
    externalId,
  );
  const decided = await rows(
    'SELECT decision, state FROM decisions WHERE journey_id = ? ORDER BY decided_at',
    journey,
  );
  const { verified } = await readCallbacks(urls);
  const callbacks = verified
    // The push itself is told by one.
    .filter(({ event, body }) => body.matter.externalId === externalId && event !== 'invitation.issued')
    .map(({ event }) => event);
  return [
    ...differs('confirmations', confirmations, [{ state, matter }]),
    ...differs(
      'decisions',
      decided.map((one) => `${one.decision} ${one.state}`),
      decisions,
    ),
    ...differs('callbacks', callbacks, expected.callbacks ?? []),
  ];
}

/** @param {Stage} stage */
async function entered({ urls, person, externalId }) {
  await pushMatter(urls.registrySandbox, externalId, matterOf(person));
  const phone = createPhone({ urls, person });
  await phone.meet('all-well');
  await phone.signIn();
  await phone.enter('face');
  return phone;
}

/** @param {Stage} stage */
async function atToDos(stage) {
  const phone = await entered(stage);
  await phone.face();
  await phone.afterFace();
  const toDo = await phone.firstToDo();
  return { phone, toDo };
}

/** @param {Stage} stage */
async function toDoOf({ rows, externalId }) {
  const [row] = await rows(
    'SELECT c.to_do_id AS toDo, c.text_hash AS textHash, c.matter_id AS matter FROM confirmations c JOIN matters m ON m.id = c.matter_id WHERE m.external_id = ?',
    externalId,
  );
  return /** @type {{ toDo: string, textHash: string, matter: string }} */ (row);
}

/**
 * @param {Stage} stage
 * @param {string} journey
 */
const stepOf = async ({ rows }, journey) =>
  (await rows('SELECT step FROM journeys WHERE id = ?', journey))[0]?.step;

/** Any clerk with this role. @param {Stage} stage @param {string} role */
const anyClerk = async ({ rows }, role) =>
  (await rows('SELECT id FROM clerks WHERE role = ? LIMIT 1', role))[0]?.id;

const paperHash = 'a'.repeat(64);

/**
 * Proposes and approves in the names of two clerks.
 * @param {Stage} stage
 * @param {string} journey
 */
async function accept(stage, journey) {
  const { attacker, rows } = stage;
  const clerk = randomUUID();
  const { id } = await attacker.send(journey, 'propose', {
    clerk,
    decision: 'accept',
    reason: 'online-check-failed',
    acceptance: 'on-site',
    paperHash,
  });
  const [picked] = await rows(
    'SELECT id, reviewer FROM decisions WHERE journey_id = ? ORDER BY decided_at DESC LIMIT 1',
    journey,
  );
  await attacker.send(journey, 'review', {
    clerk: picked?.reviewer ?? (await anyClerk(stage, 'reviewer')),
    proposal: picked?.id ?? id,
    verdict: 'approve',
    reason: 'compared-and-agrees',
  });
}

/**
 * Every attack, by name. Each has its own victim and returns what it changed.
 * @type {Record<string, (stage: Stage) => Promise<string[]>>}
 */
const attacks = {
  async 'invented clerks accept a person and a signature'(stage) {
    const { attacker } = stage;
    const phone = await entered(stage);
    const journey = phone.view.id;
    const session = await attacker.sessionOf(journey);
    await attacker.send(journey, 'ask-in-person', { session });
    await accept(stage, journey);
    const { toDo, textHash } = await toDoOf(stage);
    await attacker.send(journey, 'confirm', { session, toDo, textHash });
    await attacker.send(journey, 'ask-in-person', { session });
    await accept(stage, journey);
    return [...(await changesOf(stage, journey)), ...differs('step', await stepOf(stage, journey), 'face')];
  },

  async 'an attacker refuses, asks for a re-issue and closes in the name of a session at the to-dos'(stage) {
    const { attacker } = stage;
    const { phone, toDo } = await atToDos(stage);
    const journey = phone.view.id;
    const session = await attacker.sessionOf(journey);
    await attacker.send(journey, 'refuse', { session, toDo: toDo.toDoId, reason: 'not-me' });
    await attacker.send(journey, 'ask-re-issue', { session, toDo: toDo.toDoId });
    await attacker.send(journey, 'close', { session });
    return [...(await changesOf(stage, journey)), ...differs('step', await stepOf(stage, journey), 'to-dos')];
  },

  async 'an attacker signs in the name of a phone that has passed its own face check'(stage) {
    const { attacker } = stage;
    const { phone, toDo } = await atToDos(stage);
    await phone.confirm(toDo);
    await phone.face('signing');
    const journey = phone.view.id;
    const session = await attacker.sessionOf(journey);
    for (const { id } of await stage.rows('SELECT id FROM sealed_inputs'))
      await attacker.send(journey, 'sign', { session, toDo: toDo.toDoId, input: id });
    await attacker.send(journey, 'sign', { session, toDo: toDo.toDoId, input: 'b'.repeat(64) });
    await attacker.send(journey, 'cancel', { session });
    return [
      ...(await changesOf(stage, journey)),
      ...differs('step', await stepOf(stage, journey), 'signing'),
    ];
  },

  async 'an attacker invents a clerk’s decision about a stuck journey'(stage) {
    const { attacker } = stage;
    const phone = await entered(stage);
    await phone.askInPerson();
    const journey = phone.view.id;
    const clerk = await anyClerk(stage, 'clerk');
    for (const decision of ['reject', 'close', 'retry'])
      await attacker.send(journey, 'decide', { clerk, decision });
    await attacker.send(journey, 'decide', {
      operator: 'stranger',
      decision: 'close',
      reason: 'person-asks',
    });
    return [...(await changesOf(stage, journey)), ...differs('step', await stepOf(stage, journey), 'stuck')];
  },

  async 'an attacker repeats commands from the history'(stage) {
    const { attacker, client } = stage;
    const { phone, toDo } = await atToDos(stage);
    const journey = phone.view.id;
    const commands = await attacker.read(journey);
    // To the same run under another id, to another journey, and to a new run after the end.
    /** @param {string} workflow */
    const again = async (workflow) => {
      for (const { name, id, argument } of commands.filter(({ name }) => name !== 'enter')) {
        await attacker.send(workflow, name, {}, { id: randomUUID(), argument });
        await attacker.send(workflow, name, {}, { id, argument });
      }
    };
    await again(journey);
    const untouched = await stepOf(stage, journey);
    await phone.refuse(toDo, 'to-dos');
    await phone.close();
    await client.workflow.getHandle(journey).result();
    const entry = /** @type {Sent} */ (commands[0]);
    await attacker.enter(journey, {}, [], { id: entry.id, argument: entry.argument });
    await attacker.enter(journey, {}, [], { id: randomUUID(), argument: entry.argument });
    await again(journey);
    return [
      ...(await changesOf(stage, journey, {
        state: 'refused',
        matter: 'refused',
        callbacks: ['confirmation.refused', 'matter.refused'],
      })),
      ...differs('step while open', untouched, 'to-dos'),
      ...differs('step after the end', await stepOf(stage, journey), 'closed'),
    ];
  },

  async 'an attacker’s workflow runs activities with invented arguments'(stage) {
    const { attacker, rows } = stage;
    const phone = await entered(stage);
    await phone.askInPerson();
    const journey = phone.view.id;
    const session = await attacker.sessionOf(journey);
    const { toDo, textHash, matter } = await toDoOf(stage);
    const clerk = await anyClerk(stage, 'clerk');
    /**
     * @param {string} name
     * @param {object} payload
     */
    const forged = (name, payload) => attacker.command(journey, name, payload).argument;
    const { schedule } = attacker;
    await schedule('refuse', forged('refuse', { session, toDo, reason: 'not-me' }));
    await schedule('askForReissue', forged('ask-re-issue', { session, toDo }));
    const proposal = forged('propose', {
      clerk,
      decision: 'accept',
      reason: 'online-check-failed',
      acceptance: 'on-site',
      paperHash,
    });
    await schedule('propose', proposal);
    await schedule('propose', { ...proposal, toDo, id: 'c'.repeat(64) });
    for (const { id } of await rows('SELECT id FROM decisions WHERE journey_id = ?', journey)) {
      await schedule(
        'settleProposal',
        forged('review', { proposal: id, verdict: 'approve', reason: 'compared-and-agrees', clerk }),
      );
      await schedule('confirmOnPaper', { journey, toDo, textHash, decision: id });
    }
    await schedule('decide', forged('decide', { clerk, decision: 'close', reason: 'person-asks' }));
    await schedule('sign', {
      command: forged('sign', { session, toDo, input: 'b'.repeat(64) }),
      attempt: 'd'.repeat(32),
    });
    await schedule('admit', {
      command: forged('enter', { session: randomUUID(), input: 'e'.repeat(64) }),
      revision: 9,
    });
    await schedule('withdraw', { matter });
    await schedule('reevaluateMatter', { matter });
    const [row] = await rows('SELECT session_id FROM journeys WHERE id = ?', journey);
    return [...(await changesOf(stage, journey)), ...differs('the session', row?.session_id, session)];
  },

  async 'an attacker’s workflow claims that a journey is at the to-dos'(stage) {
    const { attacker, rows } = stage;
    const phone = await entered(stage);
    const journey = phone.view.id;
    const { toDo } = await toDoOf(stage);
    const shown = { journey, allowed: ['confirm', 'close'], codes: [], revision: 50 };
    for (const at of [
      { step: 'to-dos' },
      { step: 'completed' },
      { step: 'signing' },
      { step: 'face', toDo },
      { step: 'stuck', cause: 'in-person', toDo },
    ]) {
      await attacker.schedule('saveStop', { ...shown, ...at });
      await attacker.schedule('saveStop', { ...shown, ...at, revision: 60 });
    }
    const response = await phone.request('GET', `/api/journeys/${journey}/to-dos`);
    const details = await phone.request('GET', `/api/journeys/${journey}/to-dos/${toDo}`);
    const [row] = await rows('SELECT step, to_do_id AS toDo FROM journeys WHERE id = ?', journey);
    return [
      ...(await changesOf(stage, journey)),
      ...differs('what the phone is shown', [response.status, details.status], [409, 409]),
      ...differs('the row', row, { step: 'face', toDo: null }),
    ];
  },

  async 'an attacker shows another person’s picture and face check to a journey'(stage) {
    const { attacker, rows } = stage;
    const { phone } = await atToDos(stage);
    const [other] = await rows(
      "SELECT id FROM attempts WHERE purpose = 'identity-face' AND state = 'passed' AND journey_id <> ? LIMIT 1",
      phone.view.id,
    );
    await attacker.schedule('saveStop', {
      ...{ journey: phone.view.id, step: 'to-dos', allowed: [], codes: [], revision: 70 },
      attempt: other?.id,
    });
    // A picture is not JSON.
    const refusal = await phone
      .request('GET', `/api/journeys/${phone.view.id}/portrait`)
      .catch(() => undefined);
    return differs('the picture', refusal?.status, 404);
  },

  async 'an attacker starts workflows with invented checkpoints'(stage) {
    const { attacker, client } = stage;
    const phone = await entered(stage);
    const journey = phone.view.id;
    const session = await attacker.sessionOf(journey);
    const { toDo, textHash } = await toDoOf(stage);
    await client.workflow.getHandle(journey).terminate('by a stranger');
    const checkpoint = { verified: true, session, stop: 'to-dos', revision: 900 };
    const more = /** @type {const} */ ({ workflowIdReusePolicy: 'ALLOW_DUPLICATE' });
    await attacker.start('journey', journey, [checkpoint], more);
    await attacker.send(journey, 'refuse', { session, toDo, reason: 'not-me' });
    await attacker.send(journey, 'confirm', { session, toDo, textHash });
    const step = await stepOf(stage, journey);
    // Cron runs begin with the same arguments, and claim to continue an earlier run.
    await client.workflow
      .getHandle(journey)
      .terminate('by a stranger')
      .catch(() => undefined);
    await attacker.start('journey', journey, [checkpoint], { ...more, cronSchedule: '@every 1s' });
    await attacker.send(journey, 'confirm', { session, toDo, textHash });
    await client.workflow
      .getHandle(journey)
      .terminate('by a stranger')
      .catch(() => undefined);
    const response = await phone.request('GET', `/api/journeys/${journey}/to-dos`);
    return [
      ...(await changesOf(stage, journey)),
      ...differs('step', step, 'face'),
      ...differs('what the phone is shown', response.status, 409),
    ];
  },

  async 'an attacker withdraws a matter'(stage) {
    const { attacker, urls, person, externalId, client } = stage;
    await pushMatter(urls.registrySandbox, externalId, matterOf(person));
    const { matter } = await toDoOf(stage);
    await attacker.send(matter, 'withdraw', { matter });
    const handle = client.workflow.getHandle(matter);
    await handle.signal('reevaluate', { state: 'confirmed' }).catch(() => undefined);
    await handle.terminate('by a stranger').catch(() => undefined);
    await attacker.start('matter', matter, [{ state: 'confirmed' }], {
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
    await attacker.send(matter, 'withdraw', { matter });
    return await changesOf(stage, 'none');
  },
};

await run(attackAll);
