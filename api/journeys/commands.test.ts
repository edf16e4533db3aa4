import { randomUUID } from 'node:crypto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundlePath } from '@temporalio/worker';
import type { Said } from '../../domain/proven-command';
import type { Command } from '../../domain/steps';
import { connectTemporal } from '../../platform/temporal';
import { workerOptions } from '../../platform/temporal-worker';
import { createDoubles } from '../../test/activity-doubles';
import { temporalServer } from '../../test/setup/needs/temporal';
import { proofs } from '../../test/setup/keys';
import { bundle } from '../../test/setup/workflow-bundle';
import { createJourneyCommands } from './commands';
import type { JourneyCommands } from './commands';

// Against the real server: the time-skipping one knows neither a rejected Update-with-Start nor Updates after the end.

const taskQueue = `commands-${randomUUID()}`;
const { scene, activities } = createDoubles();
let release: () => void = () => undefined;
let code: WorkflowBundlePath;
let temporal: Awaited<ReturnType<typeof connectTemporal>>;
let native: NativeConnection;
let commands: JourneyCommands;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const settings = { address: temporalServer().address, namespace: 'default', taskQueue };
  temporal = await connectTemporal(settings);
  native = await NativeConnection.connect({ address: settings.address });
  code = await bundle();
  commands = createJourneyCommands(temporal.client, taskQueue, proofs);
  await startWorker();
}, 60_000);
beforeEach(() => {
  scene.holder = undefined;
});
afterAll(async () => {
  await stopWorker();
  await native.close();
  await temporal.connection.close();
});

async function startWorker(): Promise<void> {
  const worker = await Worker.create({
    ...workerOptions(proofs),
    connection: native,
    taskQueue,
    workflowBundle: code,
    activities: {
      ...activities,
      async checkBankCard(card: { journey: string; input: string }) {
        if (card.input === 'slow') await new Promise<void>((done) => (release = done));
        return await activities.checkBankCard(card);
      },
    },
  });
  const running = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await running;
  };
}

const ids = () => ({ journey: `journey-${randomUUID()}`, updateId: randomUUID() });
const said = { session: 'session-1', input: 'entry' };
const enter = (of = ids(), what = said) => commands.enter({ ...of, documentType: 'resident-id', said: what });
const close = { command: 'decline', said: { session: 'session-1' } } as const;

async function entered() {
  const of = ids();
  const { journey } = of;
  await enter(of);
  return journey;
}

it('an entry starts a journey, and coming again with the same tap meets the same one', async () => {
  const of = ids();
  const first = await enter(of);
  expect(first).toMatchObject({ outcome: 'done', view: { step: 'face', journey: of.journey } });
  expect(await enter(of)).toEqual(first);
  const description = await temporal.client.workflow.getHandle(of.journey).describe();
  expect(description.typedSearchAttributes.getAll()).toContainEqual({
    key: { name: 'DocumentType', type: 'KEYWORD' },
    value: 'resident-id',
  });
  await commands.say({ ...close, journey: of.journey, updateId: randomUUID() });
});

it('tells why a command is not taken, and nothing happens', async () => {
  const journey = await entered();
  const say = (command: 'sign' | 'start-face', more: object) =>
    commands.say({ journey, command, said: { ...said, ...more }, updateId: randomUUID() });
  expect(await say('sign', {})).toEqual({ outcome: 'rejected', rejection: 'not_allowed_now' });
  expect(await say('start-face', { seen: 99 })).toEqual({ outcome: 'rejected', rejection: 'stale' });
  expect(await say('start-face', { session: 'another' })).toEqual({
    outcome: 'rejected',
    rejection: 'session_replaced',
  });
  expect(scene.calls.get('startFace')).toBeUndefined();
  await commands.say({ ...close, journey, updateId: randomUUID() });
});

it('a journey that is over says so; the command that ended it says again how it ended', async () => {
  const journey = await entered();
  const last = { ...close, journey, updateId: randomUUID() };
  const closed = await commands.say(last);
  expect(closed).toMatchObject({ outcome: 'done', view: { step: 'closed' } });
  await temporal.client.workflow.getHandle(journey).result();
  expect(await commands.say(last)).toEqual(closed);
  expect(await commands.say({ ...close, journey, updateId: randomUUID() })).toEqual({ outcome: 'closed' });
  expect(await commands.say({ ...close, ...ids() })).toEqual({ outcome: 'closed' });
});

it('entering again after the end begins anew', async () => {
  const journey = await entered();
  await commands.say({ ...close, journey, updateId: randomUUID() });
  await temporal.client.workflow.getHandle(journey).result();
  scene.holder = undefined;
  expect(await enter({ journey, updateId: randomUUID() })).toMatchObject({
    outcome: 'done',
    view: { step: 'face' },
  });
  await commands.say({ ...close, journey, updateId: randomUUID() });
});

it('while the machine is at work says that the command is taken, and another one that it is busy', async () => {
  const journey = await entered();
  const hasty = createJourneyCommands(temporal.client, taskQueue, proofs, 700);
  const say = (command: 'start-face' | 'report-face', more: object = {}) =>
    commands.say({ journey, command, said: { ...said, ...more, attempt: '' }, updateId: randomUUID() });
  const started = await say('start-face');
  const attempt = started.outcome === 'done' ? scene.shown.get(journey)?.attempt : undefined;
  scene.faceResults = ['passed'];
  await commands.say({
    journey,
    command: 'report-face',
    said: { session: 'session-1', attempt: attempt ?? '' },
    updateId: randomUUID(),
  });
  const card = { journey, command: 'submit-card', said: { session: 'session-1', input: 'slow' } } as const;
  const updateId = randomUUID();
  expect(await hasty.say({ ...card, updateId })).toEqual({ outcome: 'accepted' });
  expect(await hasty.say({ ...card, updateId: randomUUID() })).toEqual({
    outcome: 'rejected',
    rejection: 'busy',
  });
  release();
  expect(await commands.say({ ...card, updateId })).toMatchObject({
    outcome: 'done',
    view: { step: 'portrait' },
  });
  await temporal.client.workflow.getHandle(journey).terminate('test');
});

it('without a worker nobody knows, and the same command again does it once', async () => {
  const journey = await entered();
  await stopWorker();
  const hasty = createJourneyCommands(temporal.client, taskQueue, proofs, 700);
  const last = { ...close, journey, updateId: randomUUID() };
  expect(await hasty.say(last)).toEqual({ outcome: 'unknown' });
  await startWorker();
  expect(await commands.say(last)).toMatchObject({ outcome: 'done', view: { step: 'closed' } });
});

it('two hundred matters in one journey: the same id and state over several runs', async () => {
  const journey = await entered();
  const session = 'session-1';
  const say = async (command: Command, data: object = {}, updateId: string = randomUUID()) => {
    const said = { session, ...data } as Said<Command>;
    const outcome = await commands.say({ journey, command, said, updateId });
    if (outcome.outcome !== 'done') throw new Error(`${command}: ${JSON.stringify(outcome)}`);
    return outcome.view;
  };
  const face = async () => {
    await say('start-face');
    return await say('report-face', { attempt: scene.shown.get(journey)?.attempt });
  };
  await face();
  await say('submit-card', { input: 'card' });
  await say('confirm-portrait');
  const handle = temporal.client.workflow.getHandle(journey);
  const runs = new Set<string>();
  for (let matter = 1; matter <= 200; matter += 1) {
    await say('confirm', { toDo: `to-do-${matter}`, textHash: 'hash' });
    await face();
    const updateId = randomUUID();
    const signed = await say('sign', { input: 'strokes' }, updateId);
    expect(signed).toMatchObject({ step: 'completed', journey });
    runs.add((await handle.describe()).runId);
    // A lost answer, asked for again: the run in between may be another, which has forgotten the ids of Updates.
    expect(await say('sign', { input: 'strokes' }, updateId)).toEqual(signed);
  }
  expect(runs.size).toBeGreaterThan(1);
  expect(scene.calls.get('sign')).toBe(200);
  expect((await say('close')).step).toBe('closed');
}, 240_000);
