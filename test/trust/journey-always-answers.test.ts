import { randomUUID } from 'node:crypto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import fc from 'fast-check';
import { createJourneyCommands } from '../../api/journeys/commands';
import type { JourneyCommands, Outcome } from '../../api/journeys/commands';
import type { Command } from '../../domain/steps';
import { connectTemporal } from '../../platform/temporal';
import { workerOptions } from '../../platform/temporal-worker';
import { createDoubles } from '../setup/activity-doubles';
import { temporalServer } from '../setup/needs/temporal';
import { proofs } from '../setup/keys';
import { bundle } from '../setup/workflow-bundle';

// Every command to a journey is answered or rejected, also while the journey ends or continues in a new run, and the journey
// ends. On a real server, with four seconds instead of days until a journey is idle, and with new runs after a short history.

const IDLE_MS = 4_000;
const taskQueue = `answers-${randomUUID()}`;
const { activities, doubles } = createDoubles();
/** Called before a journey saves a stop. */
let beforeShow: (step: string) => Promise<void> = async () => undefined;
let temporal: Awaited<ReturnType<typeof connectTemporal>>;
let native: NativeConnection;
let commands: JourneyCommands;
let stop: () => Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const settings = { address: temporalServer().address, namespace: 'default', taskQueue };
  temporal = await connectTemporal(settings);
  native = await NativeConnection.connect({ address: settings.address });
  commands = createJourneyCommands(temporal.client, taskQueue, proofs);
  const worker = await Worker.create({
    ...workerOptions(proofs),
    connection: native,
    taskQueue,
    workflowBundle: await bundle({
      'domain/limits.ts': [['JOURNEY_IDLE_MS = 7 * DAY', `JOURNEY_IDLE_MS = ${IDLE_MS}`]],
      'workflows/inbox.ts': [['workflowInfo().continueAsNewSuggested', 'workflowInfo().historyLength > 40']],
    }),
    activities: {
      ...activities,
      async saveStop(projection: Parameters<typeof activities.saveStop>[0]) {
        await beforeShow(projection.step);
        return await activities.saveStop(projection);
      },
    },
  });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
  };
}, 60_000);

beforeEach(() => {
  beforeShow = async () => undefined;
});

afterAll(async () => {
  await stop();
  await native.close();
  await temporal.connection.close();
});

const session = 'session-1';

const enter = (journey: string, by = session, updateId: string = randomUUID()) => {
  doubles.holder = undefined;
  return commands.enter({
    journey,
    documentType: 'resident-id',
    payload: { session: by, input: 'entry' },
    updateId,
  });
};

const send = (journey: string, command: Command, data: object = {}) =>
  commands.send({
    journey,
    command,
    payload: { session, ...data },
    updateId: randomUUID(),
  });

async function toDos(journey: string): Promise<void> {
  await enter(journey);
  await send(journey, 'start-face');
  await send(journey, 'report-face', { attempt: doubles.projections.get(journey)?.attempt });
  await send(journey, 'submit-card', { input: 'card' });
  await send(journey, 'confirm-portrait');
}

/** Holds back a journey that saves this step. @returns a promise that it is about to, and a function that lets it continue */
function holding(step: string): { reached: Promise<void>; release: () => void } {
  let reach: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  beforeShow = async (at) => {
    if (at !== step) return;
    reach();
    await released;
  };
  return { reached, release };
}

test.each([
  ['the person closes it', (journey: string) => send(journey, 'close')],
  ['an operator cancels it', (journey: string) => temporal.client.workflow.getHandle(journey).cancel()],
])('who enters while a journey writes that it is closed gets a journey: %s', async (_, end) => {
  const journey = `journey-${randomUUID()}`;
  await toDos(journey);
  const { reached, release } = holding('closed');
  const ending = end(journey);
  await reached;
  const entering = enter(journey);
  const closing = send(journey, 'close');
  // The journey has received both, and is still saving the stop.
  await send(journey, 'back');
  release();
  await ending;
  expect(await entering).toMatchObject({ outcome: 'done', view: { step: 'face' } });
  expect(await closing).toMatchObject({ outcome: 'closed' });
  await send(journey, 'decline');
  await temporal.client.workflow.getHandle(journey).result();
});

type Ending = 'idle' | 'cancelled' | 'closed' | 'continued';

/** Lets a little time pass, measured in round trips to the server. */
async function roundTrips(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await temporal.connection.workflowService.getSystemInfo({});
}

const request = fc.record({
  command: fc.constantFrom<Command>(
    'enter',
    'close',
    'confirm',
    'refuse',
    'ask-re-issue',
    'start-face',
    'back',
  ),
  by: fc.constantFrom(session, 'session-2'),
  /** From when the time counts: the beginning, or the moment when the journey is about to save its last stop. */
  from: fc.constantFrom<'start' | 'closing'>('start', 'closing'),
  at: fc.integer({ min: 0, max: 20 }),
});

const scenario = fc.record({
  ending: fc.constantFrom<Ending>('idle', 'cancelled', 'closed', 'continued'),
  requests: fc.array(request, { minLength: 1, maxLength: 5 }),
  /** How long it takes to save a stop. */
  showing: fc.integer({ min: 0, max: 10 }),
});

async function bringAbout(ending: Ending, journey: string): Promise<void> {
  await roundTrips(10);
  if (ending === 'cancelled') await temporal.client.workflow.getHandle(journey).cancel();
  if (ending === 'closed') await send(journey, 'close');
  if (ending === 'continued') await send(journey, 'ask-re-issue', { toDo: 'listed' });
}

/** Sends a command, and repeats it as a phone does until its outcome is known. */
async function insist(send: () => Promise<Outcome>): Promise<Outcome> {
  for (let left = 5; ; left -= 1) {
    const answer = await send();
    if (answer.outcome !== 'unknown' || left === 0) return answer;
  }
}

test('every command is answered or rejected while a journey ends or starts a new run, and the journey ends', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ ending, requests, showing }) => {
      const journey = `journey-${randomUUID()}`;
      await toDos(journey);
      let close: () => void = () => undefined;
      const closing = new Promise<void>((resolve) => (close = resolve));
      beforeShow = async (step) => {
        if (step === 'closed' || ending === 'continued') close();
        await roundTrips(showing);
      };
      const ended = bringAbout(ending, journey);
      const responses = await Promise.all(
        requests.map(async ({ command, by, from, at }) => {
          if (from === 'closing') await closing;
          await roundTrips(at);
          const updateId = randomUUID();
          if (command === 'enter') return await insist(() => enter(journey, by, updateId));
          const payload = { session: by, toDo: 'to-do', textHash: 'hash', reason: 'not-me' };
          return await insist(() => commands.send({ journey, command, payload: payload, updateId }));
        }),
      );
      await ended;
      for (const { outcome } of responses) expect(['done', 'rejected', 'closed']).toContain(outcome);
      const handle = temporal.client.workflow.getHandle(journey);
      // The journey may have ended, and nobody has entered since.
      await handle.cancel().catch(() => undefined);
      await handle.result();
    }),
    { numRuns: 20, endOnFailure: true },
  );
}, 300_000);
