import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { createDoubles } from '../test/activity-doubles';
import type { Scene } from '../test/activity-doubles';
import { skipTime } from '../test/setup/time-skipping';
import type { SkippingTime } from '../test/setup/time-skipping';
import { lookAgain } from './contract';

let time: SkippingTime;
let scene: Scene;

beforeAll(async () => {
  const doubles = createDoubles();
  scene = doubles.scene;
  time = await skipTime(doubles.activities);
}, 60_000);
afterAll(() => time.stop());

const over = { state: 'confirmed', deliveriesWaiting: false, wakeAt: null } as const;
const open = { state: 'open', deliveriesWaiting: false, wakeAt: null } as const;

beforeEach(() => {
  scene.standing = open;
  scene.calls.clear();
  scene.failing.clear();
  scene.delivered = 0;
});

async function inDays(days: number): Promise<string> {
  return new Date((await time.environment.currentTimeMs()) + days * 24 * 3_600_000).toISOString();
}

async function push() {
  return await time.environment.client.workflow.signalWithStart('matter', {
    workflowId: `matter-${randomUUID()}`,
    taskQueue: time.taskQueue,
    args: [],
    signal: lookAgain,
    signalArgs: [],
  });
}

describe('a matter', () => {
  it('looks when it is told to, tells the registration system, and ends when that is acknowledged', async () => {
    scene.standing = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await time.environment.sleep('1 hour');
    scene.standing = { state: 'confirmed', deliveriesWaiting: true, wakeAt: null };
    await matter.signal(lookAgain);
    await expect(matter.result()).resolves.toBe('confirmed');
    expect(scene.delivered).toBe(1);
  });

  it('looks when time changes something, and not before', async () => {
    scene.standing = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await time.environment.sleep('29 days');
    const looks = scene.calls.get('review');
    scene.standing = { state: 'expired', deliveriesWaiting: false, wakeAt: null };
    await time.environment.sleep('2 days');
    expect(scene.calls.get('review')).toBe((looks ?? 0) + 1);
    await expect(matter.result()).resolves.toBe('expired');
  });

  it('that is held for a reviewer waits, whatever time passes, until it is told to look', async () => {
    scene.standing = { ...open, held: 'flagged' };
    const matter = await push();
    await time.environment.sleep('60 days');
    expect(scene.calls.get('review')).toBeLessThanOrEqual(2);
    scene.standing = { state: 'confirmed', deliveriesWaiting: false, wakeAt: null };
    await matter.signal(lookAgain);
    await expect(matter.result()).resolves.toBe('confirmed');
  });

  it('goes on expiring while the registration system does not answer, and tells it in the end', async () => {
    scene.standing = { ...open, deliveriesWaiting: true, wakeAt: await inDays(1) };
    scene.failing.set('deliver', { code: 'callback_unreachable' });
    const matter = await push();
    await time.environment.sleep('12 hours');
    const looks = scene.calls.get('review') ?? 0;
    scene.standing = { state: 'expired', deliveriesWaiting: true, wakeAt: null };
    await time.environment.sleep('1 day');
    expect(scene.calls.get('review')).toBeGreaterThan(looks);
    expect(scene.delivered).toBe(0);
    scene.failing.clear();
    await expect(matter.result()).resolves.toBe('expired');
    expect(scene.delivered).toBe(1);
  });

  it('has a person told, and is not over before', async () => {
    scene.standing = { ...over, messageWaiting: 'evidence-1' };
    await expect((await push()).result()).resolves.toBe('confirmed');
    expect(scene.calls.get('tellPerson')).toBe(1);
    expect(scene.calls.get('giveUpMessage')).toBeUndefined();
  });

  it('goes on while Alipay is away, and gives a message up after six tries', async () => {
    scene.failing.set('tellPerson', { code: 'alipay_timeout' });
    scene.standing = { ...over, deliveriesWaiting: true, messageWaiting: 'evidence-1' };
    const matter = await push();
    while (scene.delivered === 0) await time.environment.sleep('1s');
    expect(scene.calls.get('giveUpMessage')).toBeUndefined();
    await expect(matter.result()).resolves.toBe('confirmed');
    expect([scene.calls.get('tellPerson'), scene.calls.get('giveUpMessage')]).toEqual([6, 1]);
  });

  it('knows no word by which somebody could take it back: that is recorded in the database first', async () => {
    scene.standing = { ...open, wakeAt: await inDays(30) };
    const matter = await push();
    await expect(matter.executeUpdate('withdraw')).rejects.toThrow(WorkflowUpdateFailedError);
    scene.standing = { state: 'withdrawn', deliveriesWaiting: false, wakeAt: null };
    await matter.signal(lookAgain);
    await expect(matter.result()).resolves.toBe('withdrawn');
  });

  it('ends where the database knows nothing of it', async () => {
    scene.standing = undefined as never;
    await expect((await push()).result()).resolves.toBe('unknown');
  });
});
