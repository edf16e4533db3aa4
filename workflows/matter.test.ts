import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { createDoubles } from '../test/setup/activity-doubles';
import type { Doubles } from '../test/setup/activity-doubles';
import { skipTime } from '../test/setup/time-skipping';
import type { SkippingTime } from '../test/setup/time-skipping';
import { reevaluate } from './contract';

let time: SkippingTime;
let doubles: Doubles;

beforeAll(async () => {
  const created = createDoubles();
  doubles = created.doubles;
  time = await skipTime(created.activities);
}, 180_000);
afterAll(() => time.stop());

const confirmed = { state: 'confirmed', deliveriesWaiting: false, wakeAt: null } as const;
const open = { state: 'open', deliveriesWaiting: false, wakeAt: null } as const;

beforeEach(() => {
  doubles.status = open;
  doubles.calls.clear();
  doubles.failing.clear();
  doubles.delivered = 0;
  doubles.unstampable = false;
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
  it('reevaluates at a signal, tells the registration system, and ends when that is acknowledged', async () => {
    doubles.status = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await time.environment.sleep('1 hour');
    doubles.status = { state: 'confirmed', deliveriesWaiting: true, wakeAt: null };
    await matter.signal(reevaluate);
    await expect(matter.result()).resolves.toBe('confirmed');
    expect(doubles.delivered).toBe(1);
  });

  it('reevaluates when time changes something, and not before', async () => {
    doubles.status = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await time.environment.sleep('29 days');
    const before = doubles.calls.get('reevaluateMatter');
    doubles.status = { state: 'expired', deliveriesWaiting: false, wakeAt: null };
    await time.environment.sleep('2 days');
    expect(doubles.calls.get('reevaluateMatter')).toBe((before ?? 0) + 1);
    await expect(matter.result()).resolves.toBe('expired');
  });

  it('does not ask again and again while the clock of the database is behind', async () => {
    doubles.status = { ...open, wakeAt: await inDays(1) };
    const matter = await push();
    await time.environment.sleep('1 day');
    // Since then, the database's clock has not reached the time that its answer names.
    const before = doubles.calls.get('reevaluateMatter') ?? 0;
    await time.environment.sleep('1 minute');
    expect((doubles.calls.get('reevaluateMatter') ?? 0) - before).toBeLessThanOrEqual(61);
    doubles.status = { state: 'expired', deliveriesWaiting: false, wakeAt: null };
    await expect(matter.result()).resolves.toBe('expired');
  });

  it('waits for a signal while it is held for a reviewer, however long that takes', async () => {
    doubles.status = { ...open, held: 'flagged' };
    const matter = await push();
    await time.environment.sleep('60 days');
    expect(doubles.calls.get('reevaluateMatter')).toBeLessThanOrEqual(2);
    doubles.status = { state: 'confirmed', deliveriesWaiting: false, wakeAt: null };
    await matter.signal(reevaluate);
    await expect(matter.result()).resolves.toBe('confirmed');
  });

  it('expires while the registration system does not answer, and tells it in the end', async () => {
    doubles.status = { ...open, deliveriesWaiting: true, wakeAt: await inDays(1) };
    doubles.failing.set('deliver', { code: 'callback_unreachable' });
    const matter = await push();
    await time.environment.sleep('12 hours');
    const before = doubles.calls.get('reevaluateMatter') ?? 0;
    doubles.status = { state: 'expired', deliveriesWaiting: true, wakeAt: null };
    await time.environment.sleep('1 day');
    expect(doubles.calls.get('reevaluateMatter')).toBeGreaterThan(before);
    expect(doubles.delivered).toBe(0);
    doubles.failing.clear();
    await expect(matter.result()).resolves.toBe('expired');
    expect(doubles.delivered).toBe(1);
  });

  it('notifies a person before it ends', async () => {
    doubles.status = { ...confirmed, notificationWaiting: 'evidence-1' };
    await expect((await push()).result()).resolves.toBe('confirmed');
    expect(doubles.calls.get('notifyPerson')).toBe(1);
    expect(doubles.calls.get('abandonNotification')).toBeUndefined();
  });

  it('goes on while Alipay is away, and abandons a notification after six tries', async () => {
    doubles.failing.set('notifyPerson', { code: 'alipay_timeout' });
    doubles.status = { ...confirmed, deliveriesWaiting: true, notificationWaiting: 'evidence-1' };
    const matter = await push();
    while (doubles.delivered === 0) await time.environment.sleep('1s');
    expect(doubles.calls.get('abandonNotification')).toBeUndefined();
    await expect(matter.result()).resolves.toBe('confirmed');
    expect([doubles.calls.get('notifyPerson'), doubles.calls.get('abandonNotification')]).toEqual([6, 1]);
  });

  it('ends only when its evidence is sealed, and tells the registration system meanwhile', async () => {
    doubles.failing.set('sealEvidence', { code: 'signer_authority_unreachable' });
    doubles.status = { ...confirmed, deliveriesWaiting: true, evidence: 'unsealed' };
    const matter = await push();
    while (doubles.delivered === 0) await time.environment.sleep('1s');
    await time.environment.sleep('3 days');
    expect((await matter.describe()).status.name).toBe('RUNNING');
    doubles.failing.clear();
    await expect(matter.result()).resolves.toBe('confirmed');
    expect(doubles.calls.get('sealEvidence')).toBeGreaterThan(10);
  });

  it('leaves time stamps that it does not get to the sweep, whose signal has them tried again', async () => {
    doubles.unstampable = true;
    doubles.status = { ...open, evidence: 'unsealed', wakeAt: await inDays(30) };
    const matter = await push();
    await time.environment.sleep('1 day');
    expect(doubles.calls.get('sealEvidence')).toBe(1);
    await matter.signal(reevaluate);
    await time.environment.sleep('1 day');
    expect(doubles.calls.get('sealEvidence')).toBe(2);
    doubles.status = { ...confirmed, evidence: 'unstamped' };
    await matter.signal(reevaluate);
    // It does not wait for them.
    await expect(matter.result()).resolves.toBe('confirmed');
  });

  it('has no update that withdraws it: a withdrawal is recorded in the database first', async () => {
    doubles.status = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await expect(matter.executeUpdate('withdraw')).rejects.toThrow(WorkflowUpdateFailedError);
    doubles.status = { state: 'withdrawn', deliveriesWaiting: false, wakeAt: null };
    await matter.signal(reevaluate);
    await expect(matter.result()).resolves.toBe('withdrawn');
  });

  it('ends when the database knows no such matter', async () => {
    doubles.status = undefined;
    await expect((await push()).result()).resolves.toBe('unknown');
  });
});
