import { randomUUID } from 'node:crypto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundlePath } from '@temporalio/worker';
import type { CommandPayload } from '../../domain/proven-command';
import type { Command } from '../../domain/steps';
import { connectTemporal } from '../../platform/temporal';
import { workerOptions } from '../../platform/temporal-worker';
import { createDoubles } from '../../test/setup/activity-doubles';
import { temporalServer } from '../../test/setup/needs/temporal';
import { proofs } from '../../test/setup/keys';
import { bundle } from '../../test/setup/workflow-bundle';
import { createJourneyCommands } from './commands';
import type { JourneyCommands } from './commands';

// Against the real server: the time-skipping one knows neither a rejected Update-with-Start nor Updates after the end.

const taskQueue = `commands-${randomUUID()}`;
const { doubles, activities } = createDoubles();
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
  doubles.holder = undefined;
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
const payload = { session: 'session-1', input: 'entry' };
const enter = (of = ids(), what = payload) =>
  commands.enter({ ...of, documentType: 'resident-id', payload: what });
const close = { command: 'decline', payload: { session: 'session-1' } } as const;

async function entered() {
  const of = ids();
  const { journey } = of;
  await enter(of);
  return journey;
}

it('an entry starts a journey, and coming again with the same command meets the same one', async () => {
  const of = ids();
  const first = await enter(of);
  expect(first).toMatchObject({ outcome: 'done', view: { step: 'face', journey: of.journey } });
  expect(await enter(of)).toEqual(first);
  const description = await temporal.client.workflow.getHandle(of.journey).describe();
  expect(description.typedSearchAttributes.getAll()).toContainEqual({
    key: { name: 'DocumentType', type: 'KEYWORD' },
    value: 'resident-id',
  });
  await commands.send({ ...close, journey: of.journey, updateId: randomUUID() });
});

it('tells why a command is not taken, and nothing happens', async () => {
  const journey = await entered();
  const send = (command: 'sign' | 'start-face', more: object) =>
    commands.send({ journey, command, payload: { ...payload, ...more }, updateId: randomUUID() });
  expect(await send('sign', {})).toEqual({ outcome: 'rejected', rejection: 'not_allowed_now' });
  expect(await send('start-face', { expectedRevision: 99 })).toEqual({
    outcome: 'rejected',
    rejection: 'stale',
  });
  expect(await send('start-face', { session: 'another' })).toEqual({
    outcome: 'rejected',
    rejection: 'session_replaced',
  });
  expect(doubles.calls.get('startFace')).toBeUndefined();
  await commands.send({ ...close, journey, updateId: randomUUID() });
});

it('a journey that is over says so; the command that ended it says again how it ended', async () => {
  const journey = await entered();
  const last = { ...close, journey, updateId: randomUUID() };
  const closed = await commands.send(last);
  expect(closed).toMatchObject({ outcome: 'done', view: { step: 'closed' } });
  await temporal.client.workflow.getHandle(journey).result();
  expect(await commands.send(last)).toEqual(closed);
  expect(await commands.send({ ...close, journey, updateId: randomUUID() })).toEqual({ outcome: 'closed' });
  expect(await commands.send({ ...close, ...ids() })).toEqual({ outcome: 'closed' });
});

it('entering again after the end begins anew', async () => {
  const journey = await entered();
  await commands.send({ ...close, journey, updateId: randomUUID() });
  await temporal.client.workflow.getHandle(journey).result();
  doubles.holder = undefined;
  expect(await enter({ journey, updateId: randomUUID() })).toMatchObject({
    outcome: 'done',
    view: { step: 'face' },
  });
  await commands.send({ ...close, journey, updateId: randomUUID() });
});

it('while the machine is at work says that the command is taken, and another one that it is busy', async () => {
  const journey = await entered();
  const hasty = createJourneyCommands(temporal.client, taskQueue, proofs, 700);
  const send = (command: 'start-face' | 'report-face', more: object = {}) =>
    commands.send({
      journey,
      command,
      payload: { ...payload, ...more, attempt: '' },
      updateId: randomUUID(),
    });
  const started = await send('start-face');
  const attempt = started.outcome === 'done' ? doubles.projections.get(journey)?.attempt : undefined;
  doubles.faceResults = ['passed'];
  await commands.send({
    journey,
    command: 'report-face',
    payload: { session: 'session-1', attempt: attempt ?? '' },
    updateId: randomUUID(),
  });
  const card = { journey, command: 'submit-card', payload: { session: 'session-1', input: 'slow' } } as const;
  const updateId = randomUUID();
  expect(await hasty.send({ ...card, updateId })).toEqual({ outcome: 'accepted' });
  expect(await hasty.send({ ...card, updateId: randomUUID() })).toEqual({
    outcome: 'rejected',
    rejection: 'busy',
  });
  release();
  expect(await commands.send({ ...card, updateId })).toMatchObject({
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
  expect(await hasty.send(last)).toEqual({ outcome: 'unknown' });
  await startWorker();
  expect(await commands.send(last)).toMatchObject({ outcome: 'done', view: { step: 'closed' } });
});

it('forty matters in one journey: the same id and state over several runs', async () => {
  const journey = await entered();
  const session = 'session-1';
  const send = async (command: Command, data: object = {}, updateId: string = randomUUID()) => {
    const payload = { session, ...data } as CommandPayload<Command>;
    const outcome = await commands.send({ journey, command, payload, updateId });
    if (outcome.outcome !== 'done') throw new Error(`${command}: ${JSON.stringify(outcome)}`);
    return outcome.view;
  };
  const face = async () => {
    await send('start-face');
    return await send('report-face', { attempt: doubles.projections.get(journey)?.attempt });
  };
  await face();
  await send('submit-card', { input: 'card' });
  await send('confirm-portrait');
  const handle = temporal.client.workflow.getHandle(journey);
  const runs = new Set<string>();
  for (let matter = 1; matter <= 40; matter += 1) {
    await send('confirm', { toDo: `to-do-${matter}`, textHash: 'hash' });
    await face();
    const updateId = randomUUID();
    const signed = await send('sign', { input: 'strokes' }, updateId);
    expect(signed).toMatchObject({ step: 'completed', journey });
    runs.add((await handle.describe()).runId);
    // A lost answer, asked for again: the run in between may be another, which has forgotten the ids of Updates.
    expect(await send('sign', { input: 'strokes' }, updateId)).toEqual(signed);
  }
  expect(runs.size).toBeGreaterThan(2);
  expect(doubles.calls.get('sign')).toBe(40);
  expect((await send('close')).step).toBe('closed');
}, 240_000);
