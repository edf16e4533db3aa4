import { randomUUID } from 'node:crypto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Dependencies } from '../../activities/dependencies';
import type { Holder } from '../../sandbox/alipay/settings';
import { connectTemporal, isRunning } from '../../platform/temporal';
import { workerOptions } from '../../platform/temporal-worker';
import { reevaluate, workflowTypes } from '../../workflows/contract';
import { confirm } from '../setup/confirming';
import { startHarness } from '../setup/activity-harness';
import type { ActivityHarness } from '../setup/activity-harness';
import { servers } from '../setup/servers';
import { proofs } from '../setup/proven-commands';
import { bundle } from '../setup/time-skipping';

// Against the real server, on which workflows are terminated by hand.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const taskQueue = `sweep-${randomUUID()}`;
const repairs: string[] = [];

let harness: ActivityHarness;
/** The same, whose words to workflows are lost. */
let deaf: ActivityHarness;
let holder: Holder;
let temporal: Awaited<ReturnType<typeof connectTemporal>>;
let stop: () => Promise<void>;

const sharing = (changes: Partial<Dependencies>): Partial<Dependencies> => ({
  ...{ store: harness.store, alipay: harness.vendors.alipay, now: () => harness.clock.now },
  ...changes,
});
const later = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};
const workflow = (id: string) => temporal.client.workflow.getHandle(id);
const begin = (matter: string) =>
  temporal.client.workflow.signalWithStart(workflowTypes.matter, {
    ...{ workflowId: matter, taskQueue, args: [], signal: reevaluate, signalArgs: [] },
  });
const sweep = () =>
  temporal.client.workflow.execute<() => Promise<unknown>>('sweep', {
    taskQueue,
    workflowId: randomUUID(),
    args: [],
  });
const stateOf = async (matter: string) =>
  String((await harness.store.knex('matters').where({ id: matter }).first('state'))?.state);
const logged = (event: string) => harness.log.filter((line) => line.includes(event)).length;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const settings = { address: servers().temporalAddress, namespace: 'default', taskQueue };
  temporal = await connectTemporal(settings);
  harness = await startHarness({
    callbacks: { deliver: async () => undefined },
    reevaluate: async (matter) => {
      await begin(matter);
    },
    isRunning: (id) => isRunning(temporal.client, id),
    countRepair: (kind) => repairs.push(kind),
  });
  deaf = await startHarness(sharing({}));
  [holder] = harness.vendors.holders as [Holder];
  const native = await NativeConnection.connect({ address: settings.address });
  const worker = await Worker.create({
    ...{ ...workerOptions(proofs), connection: native, taskQueue },
    ...{ workflowBundle: await bundle(), activities: harness.activities },
  });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
    await native.close();
    await temporal.connection.close();
    await deaf.end();
    await harness.end();
  };
}, 180_000);
afterAll(() => stop());
beforeEach(() => {
  repairs.length = 0;
});

let matters = 0;
async function pushed() {
  const toDo = await harness.push(holder, { externalId: `M-${(matters += 1)}` });
  await begin(toDo.matter);
  return toDo;
}

it('everyone signed, and the matter’s workflow was terminated: it is confirmed all the same', async () => {
  const toDo = await pushed();
  const { journey } = await harness.enter(holder);
  await workflow(toDo.matter).terminate();
  // What would have been said to the workflow is lost.
  await confirm({ ...harness, activities: deaf.activities }, journey, toDo);
  expect(await stateOf(toDo.matter)).toBe('open');
  later(HOUR);
  await sweep();
  await workflow(toDo.matter).result();
  expect(await stateOf(toDo.matter)).toBe('confirmed');
  expect(repairs).toContain('matter-undecided');
  expect(logged('sweep_matter_looked')).toBeGreaterThan(0);
}, 60_000);

it('a matter past its expiry whose workflow is gone expires, and the registration system is told', async () => {
  const toDo = await pushed();
  await workflow(toDo.matter).terminate();
  later(31 * DAY);
  await sweep();
  await workflow(toDo.matter).result();
  expect(await stateOf(toDo.matter)).toBe('expired');
  const waiting = harness.store.knex('deliveries').where({ matter_id: toDo.matter, state: 'waiting' });
  expect(await waiting).toEqual([]);
}, 60_000);

it('what a registration system was not told is told by a workflow that is begun again', async () => {
  const toDo = await pushed();
  await workflow(toDo.matter).terminate();
  later(31 * DAY);
  await harness.activities.reevaluateMatter({ matter: toDo.matter });
  later(HOUR);
  await sweep();
  await workflow(toDo.matter).result();
  const waiting = harness.store.knex('deliveries').where({ matter_id: toDo.matter, state: 'waiting' });
  expect(await waiting).toEqual([]);
  expect(repairs).toContain('matter-callback-waiting');
}, 60_000);

it('an open matter for which nothing is due has its workflow again', async () => {
  const toDo = await pushed();
  await workflow(toDo.matter).terminate();
  later(2 * HOUR);
  await sweep();
  expect(await isRunning(temporal.client, toDo.matter)).toBe(true);
  expect(repairs).toContain('matter-unattended');
  await sweep();
  expect(repairs.filter((kind) => kind === 'matter-unattended')).toHaveLength(1);
}, 60_000);

it('a journey whose workflow was terminated is closed, and gives back what was under way', async () => {
  const { journey } = await harness.enter(holder);
  await harness.activities.startFace({ journey, command: `face-${randomUUID()}` });
  const stuck = { journey, step: 'stuck', allowed: [], codes: [], cause: 'vendor-unavailable' } as const;
  await harness.activities.saveStop({ ...stuck, revision: 1_000 });
  later(HOUR);
  // The same journey was lost in a test before.
  harness.log.length = 0;
  await sweep();
  const row = await harness.store.knex('journeys').where({ id: journey }).first();
  expect(row).toMatchObject({ step: 'closed', codes: '["journey_lost"]', person: null, stuck_cause: null });
  const { knex } = harness.store;
  expect(await knex('attempts').where({ journey_id: journey, state: 'started' })).toEqual([]);
  expect(await knex('worklist').where({ journey_id: journey })).toEqual([]);
  expect(repairs).toContain('journey-lost');
  const lines = harness.log.filter((line) => line.includes('sweep_journey_closed'));
  expect(lines.filter((line) => line.includes(journey))).toHaveLength(1);
}, 60_000);

it('a journey that is fresh, and one whose workflow runs, are left alone', async () => {
  const { journey } = await harness.enter(holder);
  await sweep();
  expect(await harness.store.knex('journeys').where({ id: journey }).first('step')).not.toMatchObject({
    step: 'closed',
  });
  // Any workflow by its id: what runs is not looked into.
  const other = await temporal.client.workflow.start(workflowTypes.matter, {
    ...{ workflowId: journey, taskQueue: 'nobody', args: [] },
  });
  later(HOUR);
  await sweep();
  expect(await harness.store.knex('journeys').where({ id: journey }).first('step')).not.toMatchObject({
    step: 'closed',
  });
  await other.terminate();
}, 60_000);

it('a person who enters while the sweep looks keeps the journey', async () => {
  const { journey } = await harness.enter(holder);
  later(HOUR);
  let asked = 0;
  const changes = {
    async isRunning() {
      asked += 1;
      // Between looking and locking.
      if (asked === 1) await harness.enter(holder);
      return false;
    },
  };
  const meanwhile = await startHarness(sharing(changes));
  await meanwhile.activities.sweepJourneys();
  expect(asked).toBeGreaterThan(0);
  const row = await harness.store.knex('journeys').where({ id: journey }).first('step', 'person');
  expect(row?.step).not.toBe('closed');
  expect(row?.person).not.toBeNull();
  await meanwhile.end();
}, 60_000);
