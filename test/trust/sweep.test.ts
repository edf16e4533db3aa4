import { randomUUID } from 'node:crypto';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Dependencies } from '../../activities/dependencies';
import { findAuthority } from '../../db/matters/matters';
import type { Holder } from '../../sandbox/alipay/settings';
import { createMatterCommands } from '../../platform/matter-commands';
import type { MatterCommands } from '../../platform/matter-commands';
import { connectTemporal, isRunning } from '../../platform/temporal';
import { workerOptions } from '../../platform/temporal-worker';
import { searchAttributes, workflowTypes } from '../../workflows/contract';
import { confirm } from '../setup/confirming';
import { startHarness } from '../setup/activity-harness';
import type { ActivityHarness } from '../setup/activity-harness';
import { temporalServer } from '../setup/needs/temporal';
import { proofs } from '../setup/keys';
import { bundle } from '../setup/workflow-bundle';

// On a real Temporal server, where the tests terminate workflows.

const authorityKey = defineSearchAttributeKey(searchAttributes.authority, SearchAttributeType.KEYWORD);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const taskQueue = `sweep-${randomUUID()}`;
const repairs: string[] = [];

let harness: ActivityHarness;
/** The same, but its signals to workflows are lost. */
let withoutSignals: ActivityHarness;
let holder: Holder;
let matters: MatterCommands;
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
  const settings = { address: temporalServer().address, namespace: 'default', taskQueue };
  temporal = await connectTemporal(settings);
  harness = await startHarness({
    callbacks: { deliver: async () => undefined },
    reevaluate: (matter) => matters.reevaluate(matter),
    isRunning: (id) => isRunning(temporal.client, id),
    countRepair: (kind) => repairs.push(kind),
  });
  matters = createMatterCommands(temporal.client, taskQueue, (matter) =>
    findAuthority(harness.store.knex, matter),
  );
  withoutSignals = await startHarness(sharing({}));
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
    await withoutSignals.end();
    await harness.end();
  };
}, 180_000);
afterAll(() => stop());
beforeEach(() => {
  repairs.length = 0;
});

let pushes = 0;
async function pushed() {
  const toDo = await harness.push(holder, { externalId: `M-${(pushes += 1)}` });
  // Else it would be evaluated once more, after the callback of the push.
  await harness.store.knex('deliveries').update({ state: 'acknowledged' });
  await matters.reevaluate(toDo.matter);
  // The workflow answers a query only after its first evaluation. Without this, that activity could still run after a test has
  // terminated the workflow and moved the clock, and would decide the matter in place of the sweep.
  await workflow(toDo.matter).query('__temporal_workflow_metadata');
  return toDo;
}

it('confirms a matter that everyone signed after its workflow was terminated', async () => {
  const toDo = await pushed();
  const { journey } = await harness.enter(holder);
  await workflow(toDo.matter).terminate();
  // The signal to the workflow is lost.
  await confirm({ ...harness, activities: withoutSignals.activities }, journey, toDo);
  expect(await stateOf(toDo.matter)).toBe('open');
  later(HOUR);
  await sweep();
  await workflow(toDo.matter).result();
  expect(await stateOf(toDo.matter)).toBe('confirmed');
  expect(repairs).toContain('matter-undecided');
  expect(logged('sweep_matter_reevaluated')).toBeGreaterThan(0);
}, 60_000);

it('lets a matter without a workflow expire, and the registration system is told', async () => {
  const toDo = await pushed();
  await workflow(toDo.matter).terminate();
  later(31 * DAY);
  await sweep();
  await workflow(toDo.matter).result();
  expect(await stateOf(toDo.matter)).toBe('expired');
  const waiting = harness.store.knex('deliveries').where({ matter_id: toDo.matter, state: 'waiting' });
  expect(await waiting).toEqual([]);
}, 60_000);

it('starts a workflow again that delivers what the registration system was not told', async () => {
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

it('starts a workflow again that seals what was confirmed', async () => {
  const toDo = await pushed();
  const { journey } = await harness.enter(holder);
  await workflow(toDo.matter).terminate();
  await confirm({ ...harness, activities: withoutSignals.activities }, journey, toDo);
  await harness.activities.reevaluateMatter({ matter: toDo.matter });
  await harness.store.knex('deliveries').update({ state: 'acknowledged' });
  const stateOfSeal = async () => {
    const { knex } = harness.store;
    const evidence = knex('evidence').where({ to_do_id: toDo.toDo }).select('id');
    return (await knex('evidence_seals').whereIn('evidence_id', evidence).first('state'))?.state;
  };
  expect(await stateOfSeal()).toBe('unsealed');
  later(HOUR);
  await sweep();
  await workflow(toDo.matter).result();
  // There is no authority for time stamps here.
  expect(await stateOfSeal()).toBe('unstamped');
  expect(repairs).toContain('matter-evidence-unsealed');
}, 60_000);

it('starts the workflow of an open matter again, searchable by authority, even if nothing is due', async () => {
  const toDo = await pushed();
  await workflow(toDo.matter).terminate();
  later(2 * HOUR);
  await sweep();
  expect(await isRunning(temporal.client, toDo.matter)).toBe(true);
  const { typedSearchAttributes } = await workflow(toDo.matter).describe();
  expect(typedSearchAttributes.get(authorityKey)).toBe('110105');
  expect(repairs).toContain('matter-unattended');
  await sweep();
  expect(repairs.filter((kind) => kind === 'matter-unattended')).toHaveLength(1);
}, 60_000);

it('closes a journey whose workflow was terminated, and refunds its open attempts', async () => {
  const { journey } = await harness.enter(holder);
  await harness.activities.startFace({ journey, command: `face-${randomUUID()}` });
  const stuck = { journey, step: 'stuck', allowed: [], codes: [], cause: 'vendor-unavailable' } as const;
  await harness.activities.saveStop({ ...stuck, revision: 1_000 });
  later(HOUR);
  // An earlier test has closed the same journey.
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

it('leaves a recent journey alone, and one whose workflow runs', async () => {
  const { journey } = await harness.enter(holder);
  await sweep();
  expect(await harness.store.knex('journeys').where({ id: journey }).first('step')).not.toMatchObject({
    step: 'closed',
  });
  // Any running workflow with this id will do: the sweep checks no more.
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

it('leaves a journey alone if the person enters during the sweep', async () => {
  const { journey } = await harness.enter(holder);
  later(HOUR);
  let count = 0;
  const changes = {
    async isRunning() {
      count += 1;
      // Between the query and the lock.
      if (count === 1) await harness.enter(holder);
      return false;
    },
  };
  const meanwhile = await startHarness(sharing(changes));
  await meanwhile.activities.sweepJourneys();
  expect(count).toBeGreaterThan(0);
  const row = await harness.store.knex('journeys').where({ id: journey }).first('step', 'person');
  expect(row?.step).not.toBe('closed');
  expect(row?.person).not.toBeNull();
  await meanwhile.end();
}, 60_000);
