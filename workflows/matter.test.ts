import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { createDoubles } from '../test/activity-doubles';
import type { Doubles } from '../test/activity-doubles';
import { skipTime } from '../test/setup/time-skipping';
import type { SkippingTime } from '../test/setup/time-skipping';
import { reevaluate } from './contract';

let time: SkippingTime;
let doubles: Doubles;

beforeAll(async () => {
  const created = createDoubles();
  doubles = created.doubles;
  time = await skipTime(created.activities);
}, 60_000);
afterAll(() => time.stop());

const over = { state: 'confirmed', deliveriesWaiting: false, wakeAt: null } as const;
const open = { state: 'open', deliveriesWaiting: false, wakeAt: null } as const;

beforeEach(() => {
  doubles.status = open;
  doubles.calls.clear();
  doubles.failing.clear();
  doubles.delivered = 0;
});

async function inDays(days: number): Promise<string> {
  return new Date((await time.environment.currentTimeMs()) + days * 24 * 3_600_000).toISOString();
}

async function push() {
  return await time.environment.client.workflow.signalWithStart('matter', {
    workflowId: `matter-${randomUUID()}`,
    taskQueue: time.taskQueue,
    args: [],
    signal: reevaluate,
    signalArgs: [],
  });
}

describe('a matter', () => {
  it('looks when it is told to, tells the registration system, and ends when that is acknowledged', async () => {
    doubles.status = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await time.environment.sleep('1 hour');
    doubles.status = { state: 'confirmed', deliveriesWaiting: true, wakeAt: null };
    await matter.signal(reevaluate);
    await expect(matter.result()).resolves.toBe('confirmed');
    expect(doubles.delivered).toBe(1);
  });

  it('looks when time changes something, and not before', async () => {
    doubles.status = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await time.environment.sleep('29 days');
    const looks = doubles.calls.get('review');
    doubles.status = { state: 'expired', deliveriesWaiting: false, wakeAt: null };
    await time.environment.sleep('2 days');
    expect(doubles.calls.get('review')).toBe((looks ?? 0) + 1);
    await expect(matter.result()).resolves.toBe('expired');
  });

  it('that is held for a reviewer waits, whatever time passes, until it is told to look', async () => {
    doubles.status = { ...open, held: 'flagged' };
    const matter = await push();
    await time.environment.sleep('60 days');
    expect(doubles.calls.get('review')).toBeLessThanOrEqual(2);
    doubles.status = { state: 'confirmed', deliveriesWaiting: false, wakeAt: null };
    await matter.signal(reevaluate);
    await expect(matter.result()).resolves.toBe('confirmed');
  });

  it('goes on expiring while the registration system does not answer, and tells it in the end', async () => {
    doubles.status = { ...open, deliveriesWaiting: true, wakeAt: await inDays(1) };
    doubles.failing.set('deliver', { code: 'callback_unreachable' });
    const matter = await push();
    await time.environment.sleep('12 hours');
    const looks = doubles.calls.get('review') ?? 0;
    doubles.status = { state: 'expired', deliveriesWaiting: true, wakeAt: null };
    await time.environment.sleep('1 day');
    expect(doubles.calls.get('review')).toBeGreaterThan(looks);
    expect(doubles.delivered).toBe(0);
    doubles.failing.clear();
    await expect(matter.result()).resolves.toBe('expired');
    expect(doubles.delivered).toBe(1);
  });

  it('has a person told, and is not over before', async () => {
    doubles.status = { ...over, notificationWaiting: 'evidence-1' };
    await expect((await push()).result()).resolves.toBe('confirmed');
    expect(doubles.calls.get('notifyPerson')).toBe(1);
    expect(doubles.calls.get('giveUpMessage')).toBeUndefined();
  });

  it('goes on while Alipay is away, and gives a message up after six tries', async () => {
    doubles.failing.set('notifyPerson', { code: 'alipay_timeout' });
    doubles.status = { ...over, deliveriesWaiting: true, notificationWaiting: 'evidence-1' };
    const matter = await push();
    while (doubles.delivered === 0) await time.environment.sleep('1s');
    expect(doubles.calls.get('giveUpMessage')).toBeUndefined();
    await expect(matter.result()).resolves.toBe('confirmed');
    expect([doubles.calls.get('notifyPerson'), doubles.calls.get('giveUpMessage')]).toEqual([6, 1]);
  });

  it('knows no word by which somebody could take it back: that is recorded in the database first', async () => {
    doubles.status = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await expect(matter.executeUpdate('withdraw')).rejects.toThrow(WorkflowUpdateFailedError);
    doubles.status = { state: 'withdrawn', deliveriesWaiting: false, wakeAt: null };
    await matter.signal(reevaluate);
    await expect(matter.result()).resolves.toBe('withdrawn');
  });

  it('ends where the database knows nothing of it', async () => {
    doubles.status = undefined as never;
    await expect((await push()).result()).resolves.toBe('unknown');
  });
});
