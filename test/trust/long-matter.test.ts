import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { createMatterCommands } from '../../platform/matter-commands';
import { temporalDataConverter } from '../../platform/temporal';
import { workerOptions } from '../../platform/temporal-worker';
import { createDoubles } from '../setup/activity-doubles';
import type { Doubles } from '../setup/activity-doubles';
import { temporalServer } from '../setup/needs/temporal';
import { proofs } from '../setup/keys';
import { bundle } from '../setup/workflow-bundle';

// A server that suggests to continue as new after few events.
const SUGGESTED_AT = 60;
const taskQueue = 'long-matter';

let environment: TestWorkflowEnvironment;
let doubles: Doubles;
let stop: () => Promise<void>;
let matters = 0;
const held = { state: 'open', deliveriesWaiting: false, wakeAt: null, held: 'flagged' } as const;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  environment = await TestWorkflowEnvironment.createLocal({
    client: { dataConverter: temporalDataConverter },
    server: {
      executable: { type: 'existing-path', path: temporalServer().cli },
      extraArgs: [
        ...['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${SUGGESTED_AT}`],
        ...['--search-attribute', 'Authority=Keyword'],
      ],
    },
  });
  const created = createDoubles();
  ({ doubles } = created);
  const worker = await Worker.create({
    ...{ ...workerOptions(proofs), connection: environment.nativeConnection, taskQueue },
    ...{ workflowBundle: await bundle(), activities: created.activities },
  });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
    await environment.teardown();
  };
}, 180_000);
afterAll(() => stop());
beforeEach(() => {
  doubles.status = held;
  doubles.calls.clear();
  doubles.failing.clear();
  doubles.delivered = 0;
});

const commands = () => createMatterCommands(environment.client, taskQueue, async () => '110105');
const handle = (matter: string) => environment.client.workflow.getHandle(matter);
const lengthOf = async (matter: string) => (await handle(matter).describe()).historyLength;

/** Sends so many signals, each after the reevaluation before. */
async function signal(matter: string, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) {
    const before = doubles.calls.get('reevaluateMatter') ?? 0;
    await commands().reevaluate(matter);
    while ((doubles.calls.get('reevaluateMatter') ?? 0) === before) await lengthOf(matter);
  }
}

it('the history stays short, however many signals come', async () => {
  const matter = `matter-${(matters += 1)}`;
  await signal(matter, 1);
  const { runId } = await handle(matter).describe();
  await signal(matter, 20);
  expect((await handle(matter).describe()).runId).not.toBe(runId);
  expect(await lengthOf(matter)).toBeLessThan(SUGGESTED_AT + 20);
  doubles.status = { state: 'confirmed', deliveriesWaiting: false, wakeAt: null };
  await signal(matter, 1);
  await expect(handle(matter).result()).resolves.toBe('confirmed');
}, 120_000);

it('a new run goes on delivering to a registration system that does not answer', async () => {
  const matter = `matter-${(matters += 1)}`;
  doubles.failing.set('deliver', { code: 'callback_unreachable' });
  doubles.status = { ...held, deliveriesWaiting: true };
  await signal(matter, 1);
  const { runId } = await handle(matter).describe();
  await signal(matter, 20);
  expect((await handle(matter).describe()).runId).not.toBe(runId);
  doubles.failing.clear();
  doubles.status = { state: 'confirmed', deliveriesWaiting: true, wakeAt: null };
  await commands().reevaluate(matter);
  await expect(handle(matter).result()).resolves.toBe('confirmed');
  expect(doubles.delivered).toBeGreaterThan(0);
}, 120_000);

it('a repeated push sends no signal to a running workflow, and starts one that is gone', async () => {
  const matter = `matter-${(matters += 1)}`;
  await signal(matter, 1);
  for (let at = 0; at < 5; at += 1) await commands().keepRunning(matter);
  const { events = [] } = await handle(matter).fetchHistory();
  const signals = (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes);
  // The signal that started it.
  expect(signals).toHaveLength(1);
  await handle(matter).terminate();
  await commands().keepRunning(matter);
  expect((await handle(matter).describe()).status.name).toBe('RUNNING');
}, 120_000);
