import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WorkflowClient } from '@temporalio/client';
import { listEvents } from '../../db/matters/events';
import { listUndelivered, replayCallbacks } from '../../db/matters/undelivered';
import { temporalDataConverter } from '../../platform/temporal';
import { createCallbackSender } from '../../registry/callback';
import { reevaluate, replay } from '../../workflows/contract';
import { confirm } from '../setup/confirming';
import { startHarness } from '../setup/activity-harness';
import type { ActivityHarness, PushedToDo } from '../setup/activity-harness';
import { skipTime } from '../setup/time-skipping';
import type { SkippingTime } from '../setup/time-skipping';

// The workflow on a server that skips time, the activities on a real database, and callbacks over real HTTP.

let harness: ActivityHarness;
let time: SkippingTime;
let receiver: Server;
/** What the receiver answers. `down` breaks the connection. */
let mode: 'down' | 'gone' | 'lost-reply' | 'up' = 'up';
/** The ids that arrived, in their order, and what each was about. */
const arrived: { id: string; event: string; matter: string }[] = [];
let tries = 0;
/** The events that the worker's figures are told of, with the seconds until they were acknowledged. */
const acknowledged: [event: string, seconds: number][] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    tries += 1;
    if (mode === 'down') return void request.socket.destroy();
    if (mode === 'gone') return void response.writeHead(410).end();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        deliveryId: string;
        event: string;
        matter: { externalId: string };
      };
      arrived.push({ id: body.deliveryId, event: body.event, matter: body.matter.externalId });
      if (mode === 'lost-reply') request.socket.destroy();
      else response.end(JSON.stringify({ acknowledged: body.deliveryId }));
    });
  });
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callbacks`;
  const { privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const sender = createCallbackSender({ keyId: 'us', privateKey, timeoutMs: 5_000 });
  harness = await startHarness({
    callbacks: { deliver: (_, body) => sender.deliver(url, body) },
    acknowledged: (event, seconds) => acknowledged.push([event, seconds]),
  });
  time = await skipTime(harness.activities);
}, 120_000);
afterAll(async () => {
  await time.stop();
  await harness.end();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(() => {
  arrived.length = 0;
  tries = 0;
  acknowledged.length = 0;
});

const HOUR = 3_600_000;
const holder = () => harness.vendors.holders[0]!;
const start = ({ matter }: Pick<PushedToDo, 'matter'>) =>
  time.environment.client.workflow.signalWithStart('matter', {
    ...{ workflowId: matter, taskQueue: time.taskQueue, args: [], signal: reevaluate, signalArgs: [] },
  });
/**
 * Lets time pass for the database and for workflows. Temporal's clock skips an hour at most, in which the pauses between tries grow to
 * their longest: while it skips, a workflow task has ten seconds of skipped time, which a busy machine may need for itself.
 */
async function pass(hours: number): Promise<void> {
  harness.clock.now = new Date(harness.clock.now.getTime() + hours * HOUR);
  await time.environment.sleep(Math.min(hours, 1) * HOUR);
}
/** How a workflow's deliveries are repeated, as its history says. */
async function retriesOf({ workflowId }: Awaited<ReturnType<typeof start>>) {
  const { events } = await time.environment.client.workflow.getHandle(workflowId).fetchHistory();
  const scheduled = (events ?? []).map((event) => event.activityTaskScheduledEventAttributes);
  return scheduled.filter((attributes) => attributes?.activityType?.name === 'deliver');
}
/** The end of a workflow that has nothing to wait for. The environment's own client would skip years while a callback is on its way. */
const endOf = async ({ workflowId }: Awaited<ReturnType<typeof start>>) => {
  const { connection } = time.environment;
  const client = new WorkflowClient({ connection, dataConverter: temporalDataConverter });
  return await client.result(workflowId);
};
const listed = async () =>
  (await listUndelivered(harness.store.knex, { scope: ['11'] }, harness.clock.now)).map(
    ({ externalId, cause }) => `${externalId} ${cause}`,
  );
const namesOf = (externalId: string) =>
  arrived.filter(({ matter }) => matter === externalId).map(({ event }) => event);

it('a receiver that was down for a week gets each event once by id, and those of a matter in their order', async () => {
  mode = 'down';
  const first = await harness.push(holder(), { externalId: 'W-1' });
  harness.clock.now = new Date(harness.clock.now.getTime() + 1000);
  const second = await harness.push(holder(), { externalId: 'W-2' });
  const workflows = [await start(first), await start(second)];
  const { journey } = await harness.enter(holder());
  await confirm(harness, journey, first);
  await workflows[0]?.signal(reevaluate);
  await pass(24 * 8);
  // The sweep's signal. The reminder is due.
  await workflows[1]?.signal(reevaluate);
  await pass(1);
  await harness.activities.withdraw(second);
  await workflows[1]?.signal(reevaluate);
  expect(arrived).toEqual([]);
  // Two matters, every five minutes in the end, without an end.
  expect(tries).toBeGreaterThan(2 * 12);
  for (const workflow of workflows) {
    const [retried] = await retriesOf(workflow);
    expect(retried?.retryPolicy?.maximumAttempts).toBe(0);
    expect(Number(retried?.retryPolicy?.maximumInterval?.seconds)).toBe(300);
    expect(Number(retried?.scheduleToCloseTimeout?.seconds)).toBeGreaterThan(30 * 24 * 3600);
  }
  expect(await listed()).toEqual(['W-1 not-acknowledged', 'W-2 not-acknowledged']);
  // Every first reply is lost, so that everything arrives twice or more.
  mode = 'lost-reply';
  await pass(1);
  mode = 'up';
  await pass(1);
  for (const workflow of workflows) await endOf(workflow);
  const once = [...new Map(arrived.map((one) => [one.id, one])).values()];
  expect(arrived.length).toBeGreaterThan(once.length);
  arrived.splice(0, arrived.length, ...once);
  expect(namesOf('W-1')).toEqual(['invitation.issued', 'confirmation.confirmed', 'matter.confirmed']);
  expect(namesOf('W-2')).toEqual(['invitation.issued', 'invitation.reminder-due']);
  expect(await listed()).toEqual([]);
  // From the event to its acknowledgement, by the rows' own times, each once.
  expect(acknowledged.map(([event]) => event).sort()).toEqual(once.map(({ event }) => event).sort());
  const [, late] = acknowledged.find(([event]) => event === 'confirmation.confirmed')!;
  expect(late).toBe((24 * 8 + 3) * 3600);
  // The feed has the same, by the same ids, and what the registration system did itself.
  const feed = await listEvents(harness.store, 'test-registry', { after: 0, limit: 100 });
  const called = feed.filter(({ event }) => event !== 'matter.withdrawn').map(({ deliveryId }) => deliveryId);
  expect(new Set(called)).toEqual(new Set(once.map(({ id }) => id)));
  expect(feed.length).toBe(called.length + 1);
}, 120_000);

it('a replay does not wait for the pause between two tries', async () => {
  mode = 'down';
  const pushed = await harness.push(holder(), { externalId: 'W-3' });
  const workflow = await start(pushed);
  await pass(24);
  mode = 'up';
  const before = await time.environment.currentTimeMs();
  await workflow.signal(replay);
  while (arrived.length === 0) await time.environment.sleep('1s');
  // Without it, up to five minutes.
  expect((await time.environment.currentTimeMs()) - before).toBeLessThan(60_000);
  expect(namesOf('W-3')).toEqual(['invitation.issued']);
  await harness.activities.withdraw(pushed);
  await workflow.signal(reevaluate);
  await expect(endOf(workflow)).resolves.toBe('withdrawn');
}, 120_000);

it('after 410 nothing more is tried, until a replay starts the workflow again', async () => {
  mode = 'gone';
  const pushed = await harness.push(holder(), { externalId: 'W-4' });
  const workflow = await start(pushed);
  await pass(48);
  expect(tries).toBe(1);
  await harness.activities.withdraw(pushed);
  await workflow.signal(reevaluate);
  await expect(endOf(workflow)).resolves.toBe('withdrawn');
  mode = 'up';
  expect(await replayCallbacks(harness.store, pushed.matter, ['11'])).toBe(true);
  const again = await time.environment.client.workflow.signalWithStart('matter', {
    ...{ workflowId: pushed.matter, taskQueue: time.taskQueue, args: [], signal: replay, signalArgs: [] },
  });
  await endOf(again);
  expect([tries, namesOf('W-4')]).toEqual([2, ['invitation.issued']]);
}, 120_000);
