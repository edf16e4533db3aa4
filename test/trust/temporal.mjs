// `node test/trust/temporal.mjs`: somebody reaches Temporal's port, and nothing else of the product: no session, no clerk's password, no key.
// They read every history, send what they like to every workflow, start workflows, and have activities done. Whatever they try, each attack
// says what it moved in the database; nothing may move.
//   --only TEXT   attacks whose name contains it
import '../../scripts/node-version.mjs';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { openIsolatedRun } from '../../scripts/isolated-run.mjs';
import { createClerks } from '../drivers/clerks.mjs';
import { createPhone } from '../drivers/phone.mjs';
import { createProgress } from '../../scripts/progress.mjs';
import { startStack } from '../../scripts/stack.mjs';
import { matterOf, personAt, pushMatter, writePersons } from '../fixtures/persons.mjs';

const require = createRequire(import.meta.url);
const { Client, Connection, WithStartWorkflowOperation } = require('@temporalio/client');
const {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
} = require('@temporalio/worker');
const { createConnection } = require('mysql2/promise');
const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { only: { type: 'string' } } });

const QUEUE = 'registration-identity';
const ROGUE_QUEUE = 'rogue';
/** No attack is answered for longer: what is not answered by then is not carried out either. */
const PATIENCE_MS = 3_000;

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
    const victim = { person: persons[at], externalId };
    const stage = {
      urls,
      client,
      rows: rowsOf(database),
      ...victim,
      clerks: createClerks({ urls, say() {} }),
    };
    const moved = await attack({ ...stage, stranger: strangerAt(client) }).catch((error) => [error.stack]);
    if (moved.length > 0) failed += 1;
    process.stdout.write(`${moved.length === 0 ? '✓' : '✗'} ${name}\n`);
    for (const one of moved) process.stdout.write(`    ${one}\n`);
  }
  await rogue.stop();
  await database.end();
  await connection.close();
  process.stdout.write(`\n${tried.length} attacks, ${failed} failed\n`);
  return failed === 0 && tried.length > 0 ? 0 : 1;
}

const rowsOf =
  (database) =>
  async (sql, ...values) =>
    (await database.query(sql, values))[0];

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

/** What somebody can do who has Temporal's client. Every refusal is fine, and none is waited for long. */
function strangerAt(client) {
  const hasty = (work) => client.withDeadline(Date.now() + PATIENCE_MS, work).catch((error) => error);
  // In every form that a command ever had: said openly, and as the api says it, with a proof of nothing.
  const command = (workflow, name, said) => {
    const id = randomUUID().replaceAll('-', '').repeat(2);
    const form = {
      journey: workflow,
      id,
      command: name,
      said,
      at: Date.now(),
      proof: `embedded-commands-1.${'A'.repeat(43)}`,
    };
    return { id, argument: { ...said, ...form } };
  };
  const stranger = {
    command,

    async say(workflow, name, said, given = command(workflow, name, said)) {
      const handle = client.workflow.getHandle(workflow);
      const answer = await hasty(() =>
        handle.executeUpdate(name, { args: [given.argument], updateId: given.id }),
      );
      return { id: given.id, answer };
    },

    enter: (workflow, said, startArgs = [], given = command(workflow, 'enter', said)) =>
      hasty(() =>
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

    start: (type, workflowId, args, more = {}) =>
      hasty(() => client.workflow.start(type, { workflowId, taskQueue: QUEUE, args, ...more })),

    /** Has an activity of ours done with these arguments. */
    schedule: (activity, argument) =>
      client.workflow
        .execute('rogue', {
          workflowId: `rogue-${randomUUID()}`,
          taskQueue: ROGUE_QUEUE,
          args: [QUEUE, activity, argument],
        })
        .catch((error) => error),

    /** All that was said to a workflow, as its history holds it. */
    async read(workflow) {
      const { events } = await client.workflow.getHandle(workflow).fetchHistory();
      return events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
        accepted
          ? [
              {
                name: accepted.acceptedRequest.input.name,
                id: accepted.acceptedRequest.meta.updateId,
                argument: JSON.parse(
                  Buffer.from(accepted.acceptedRequest.input.args.payloads[0].data).toString(),
                ),
              },
            ]
          : [],
      );
    },

    /** Which session holds it, as the history tells. */
    async sessionOf(workflow) {
      const said = await stranger.read(workflow);
      return said.map(({ argument }) => argument.session ?? argument.said?.session).findLast(Boolean);
    },
  };
  return stranger;
}

const differs = (what, found, expected) =>
  JSON.stringify(found) === JSON.stringify(expected)
    ? []
    : [`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];

/** What must be as it was: nothing is confirmed, refused, decided or told. */
async function moved({ rows, urls, externalId }, journey, expected = {}) {
  const { state = 'pending', decisions = [], matter = 'open' } = expected;
  const confirmations = await rows(
    'SELECT DISTINCT c.state, m.state AS matter FROM confirmations c JOIN matters m ON m.id = c.matter_id WHERE m.external_id = ?',
    externalId,
  );
  const decided = await rows(
    'SELECT decision, state FROM decisions WHERE journey_id = ? ORDER BY decided_at',
    journey,
  );
  const { verified } = await (await fetch(`${urls.registrySandbox}/admin/callbacks`)).json();
  const told = verified.filter(({ body }) => body.matter.externalId === externalId).map(({ event }) => event);
  return [
    ...differs('confirmations', confirmations, [{ state, matter }]),
    ...differs(
      'decisions',
      decided.map((one) => `${one.decision} ${one.state}`),
      decisions,
    ),
    ...differs('callbacks', told, expected.told ?? []),
  ];
}

async function entered({ urls, person, externalId }) {
  await pushMatter(urls.registrySandbox, externalId, matterOf(person));
  const phone = createPhone({ urls, person });
  await phone.meet('all-well');
  await phone.signIn();
  await phone.enter('face');
  return phone;
}

async function atToDos(stage) {
  const phone = await entered(stage);
  await phone.face();
  await phone.afterFace();
  const [toDo] = await phone.toDos();
  return { phone, toDo };
}

async function toDoOf({ rows, externalId }) {
  const [row] = await rows(
    'SELECT c.to_do_id AS toDo, c.text_hash AS textHash, c.matter_id AS matter FROM confirmations c JOIN matters m ON m.id = c.matter_id WHERE m.external_id = ?',
    externalId,
  );
  return row;
}

const stepOf = async ({ rows }, journey) =>
  (await rows('SELECT step FROM journeys WHERE id = ?', journey))[0].step;

const paperHash = 'a'.repeat(64);

/** Accepts for itself, in the names of two clerks, what nobody saw. */
async function accept({ stranger, rows }, journey) {
  const clerk = randomUUID();
  const { id } = await stranger.say(journey, 'propose', {
    clerk,
    decision: 'accept',
    acceptance: 'on-site',
    paperHash,
  });
  const [picked] = await rows(
    'SELECT id, reviewer FROM decisions WHERE journey_id = ? ORDER BY decided_at DESC LIMIT 1',
    journey,
  );
  const [anyReviewer] = await rows("SELECT id FROM clerks WHERE role = 'reviewer' LIMIT 1");
  await stranger.say(journey, 'review', {
    clerk: picked?.reviewer ?? anyReviewer.id,
    proposal: picked?.id ?? id,
    verdict: 'approve',
  });
}

/** Every attack, by what it tries. Each is given a victim of its own, and says what it moved. */
const attacks = {
  async 'invented clerks accept a person and a signature that nobody saw'(stage) {
    const { stranger } = stage;
    const phone = await entered(stage);
    const journey = phone.view.id;
    const session = await stranger.sessionOf(journey);
    await stranger.say(journey, 'ask-in-person', { session });
    await accept(stage, journey);
    const { toDo, textHash } = await toDoOf(stage);
    await stranger.say(journey, 'confirm', { session, toDo, textHash });
    await stranger.say(journey, 'ask-in-person', { session });
    await accept(stage, journey);
    return [...(await moved(stage, journey)), ...differs('step', await stepOf(stage, journey), 'face')];
  },

  async 'somebody refuses, asks for a re-issue and closes in the name of a session at the to-dos'(stage) {
    const { stranger } = stage;
    const { phone, toDo } = await atToDos(stage);
    const journey = phone.view.id;
    const session = await stranger.sessionOf(journey);
    await stranger.say(journey, 'refuse', { session, toDo: toDo.toDoId, reason: 'not-me' });
    await stranger.say(journey, 'ask-re-issue', { session, toDo: toDo.toDoId });
    await stranger.say(journey, 'close', { session });
    return [...(await moved(stage, journey)), ...differs('step', await stepOf(stage, journey), 'to-dos')];
  },

  async 'the signature of a phone that had its own face check is given by somebody else'(stage) {
    const { stranger } = stage;
    const { phone, toDo } = await atToDos(stage);
    await phone.confirm(toDo);
    await phone.face('signing');
    const journey = phone.view.id;
    const session = await stranger.sessionOf(journey);
    for (const { id } of await stage.rows('SELECT id FROM sealed_inputs'))
      await stranger.say(journey, 'sign', { session, toDo: toDo.toDoId, input: id });
    await stranger.say(journey, 'sign', { session, toDo: toDo.toDoId, input: 'b'.repeat(64) });
    await stranger.say(journey, 'cancel', { session });
    return [...(await moved(stage, journey)), ...differs('step', await stepOf(stage, journey), 'signing')];
  },

  async 'a clerk’s word is invented where a journey is stuck'(stage) {
    const { stranger, rows } = stage;
    const phone = await entered(stage);
    await phone.askInPerson();
    const journey = phone.view.id;
    const [{ id: clerk }] = await rows("SELECT id FROM clerks WHERE role = 'clerk' LIMIT 1");
    for (const decision of ['reject', 'close', 'retry'])
      await stranger.say(journey, 'decide', { clerk, decision });
    await stranger.say(journey, 'decide', { operator: 'stranger', decision: 'close' });
    return [...(await moved(stage, journey)), ...differs('step', await stepOf(stage, journey), 'stuck')];
  },

  async 'what was said before is said again, as it stands in the history'(stage) {
    const { stranger, client } = stage;
    const { phone, toDo } = await atToDos(stage);
    const journey = phone.view.id;
    const said = await stranger.read(journey);
    // To the same run under another id, to another journey, and to a run of its own after the end.
    const again = async (workflow) => {
      for (const { name, id, argument } of said.filter(({ name }) => name !== 'enter')) {
        await stranger.say(workflow, name, {}, { id: randomUUID(), argument });
        await stranger.say(workflow, name, {}, { id, argument });
      }
    };
    await again(journey);
    const untouched = await stepOf(stage, journey);
    await phone.refuse(toDo, 'to-dos');
    await phone.close();
    await client.workflow.getHandle(journey).result();
    const [entry] = said;
    await stranger.enter(journey, {}, [], { id: entry.id, argument: entry.argument });
    await stranger.enter(journey, {}, [], { id: randomUUID(), argument: entry.argument });
    await again(journey);
    return [
      ...(await moved(stage, journey, {
        state: 'refused',
        matter: 'refused',
        told: ['confirmation.refused', 'matter.refused'],
      })),
      ...differs('step while open', untouched, 'to-dos'),
      ...differs('step after the end', await stepOf(stage, journey), 'closed'),
    ];
  },

  async 'activities are given invented arguments by a worker of somebody else'(stage) {
    const { stranger, rows } = stage;
    const phone = await entered(stage);
    await phone.askInPerson();
    const journey = phone.view.id;
    const session = await stranger.sessionOf(journey);
    const { toDo, textHash, matter } = await toDoOf(stage);
    const [{ id: clerk }] = await rows("SELECT id FROM clerks WHERE role = 'clerk' LIMIT 1");
    const forged = (name, said, more = {}) => {
      const { id, argument } = stranger.command(journey, name, said);
      return { ...argument, order: argument, command: id, ...more };
    };
    const schedule = async (activity, argument) => await stranger.schedule(activity, argument);
    await schedule('refuse', forged('refuse', { session, toDo, reason: 'not-me' }));
    await schedule('askForReissue', forged('ask-re-issue', { session, toDo }));
    const proposal = forged('propose', { clerk, decision: 'accept', acceptance: 'on-site', paperHash });
    await schedule('propose', proposal);
    await schedule('propose', { ...proposal, toDo, command: 'c'.repeat(64) });
    for (const { id } of await rows('SELECT id FROM decisions WHERE journey_id = ?', journey)) {
      await schedule('settleProposal', forged('review', { proposal: id, verdict: 'approve', clerk }));
      await schedule('confirmOnPaper', { journey, toDo, textHash, decision: id });
    }
    await schedule('decide', forged('decide', { clerk, decision: 'close' }));
    await schedule(
      'sign',
      forged('sign', { session, toDo, input: 'b'.repeat(64) }, { attempt: 'd'.repeat(32) }),
    );
    await schedule('admit', {
      ...forged('enter', { session: randomUUID(), input: 'e'.repeat(64) }),
      revision: 9,
    });
    await schedule('withdraw', { matter });
    await schedule('reevaluateMatter', { matter });
    const [{ session_id: holder }] = await rows('SELECT session_id FROM journeys WHERE id = ?', journey);
    return [...(await moved(stage, journey)), ...differs('the session', holder, session)];
  },

  async 'a worker of somebody else says that a journey stands at the to-dos'(stage) {
    const { stranger, rows } = stage;
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
      await stranger.schedule('saveStop', { ...shown, ...at });
      await stranger.schedule('saveStop', { ...shown, ...at, revision: 60 });
    }
    const seen = await phone.ask('GET', `/api/journeys/${journey}/to-dos`);
    const details = await phone.ask('GET', `/api/journeys/${journey}/to-dos/${toDo}`);
    const [row] = await rows('SELECT step, to_do_id AS toDo FROM journeys WHERE id = ?', journey);
    return [
      ...(await moved(stage, journey)),
      ...differs('what the phone is shown', [seen.status, details.status], [409, 409]),
      ...differs('the row', row, { step: 'face', toDo: null }),
    ];
  },

  async 'the picture and the face check of another person are shown to a journey that is not theirs'(stage) {
    const { stranger, rows } = stage;
    const { phone } = await atToDos(stage);
    const [{ id: attempt }] = await rows(
      "SELECT id FROM attempts WHERE purpose = 'identity-face' AND state = 'passed' AND journey_id <> ? LIMIT 1",
      phone.view.id,
    );
    await stranger.schedule('saveStop', {
      ...{ journey: phone.view.id, step: 'to-dos', allowed: [], codes: [], revision: 70, attempt },
    });
    // A picture is no JSON.
    const refusal = await phone.ask('GET', `/api/journeys/${phone.view.id}/portrait`).catch(() => undefined);
    return differs('the picture', refusal?.status, 404);
  },

  async 'workflows are started with checkpoints that nobody came to'(stage) {
    const { stranger, client } = stage;
    const phone = await entered(stage);
    const journey = phone.view.id;
    const session = await stranger.sessionOf(journey);
    const { toDo, textHash } = await toDoOf(stage);
    await client.workflow.getHandle(journey).terminate('by a stranger');
    const checkpoint = { verified: true, session, stop: 'to-dos', revision: 900 };
    const more = { workflowIdReusePolicy: 'ALLOW_DUPLICATE' };
    await stranger.start('journey', journey, [checkpoint], more);
    await stranger.say(journey, 'refuse', { session, toDo, reason: 'not-me' });
    await stranger.say(journey, 'confirm', { session, toDo, textHash });
    const step = await stepOf(stage, journey);
    // Cron runs begin with the same arguments, and say that they go on from one before.
    await client.workflow
      .getHandle(journey)
      .terminate('by a stranger')
      .catch(() => undefined);
    await stranger.start('journey', journey, [checkpoint], { ...more, cronSchedule: '@every 1s' });
    await stranger.say(journey, 'confirm', { session, toDo, textHash });
    await client.workflow
      .getHandle(journey)
      .terminate('by a stranger')
      .catch(() => undefined);
    const seen = await phone.ask('GET', `/api/journeys/${journey}/to-dos`);
    return [
      ...(await moved(stage, journey)),
      ...differs('step', step, 'face'),
      ...differs('what the phone is shown', seen.status, 409),
    ];
  },

  async 'a matter is taken back by somebody who is not its registration system'(stage) {
    const { stranger, urls, person, externalId, client } = stage;
    await pushMatter(urls.registrySandbox, externalId, matterOf(person));
    const { matter } = await toDoOf(stage);
    await stranger.say(matter, 'withdraw', { matter });
    const handle = client.workflow.getHandle(matter);
    await handle.signal('reevaluate', { state: 'confirmed' }).catch(() => undefined);
    await handle.terminate('by a stranger').catch(() => undefined);
    await stranger.start('matter', matter, [{ state: 'confirmed' }], {
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
    await stranger.say(matter, 'withdraw', { matter });
    return await moved(stage, 'none');
  },
};

await run(attackAll);
