import { createDoubles } from '../test/activity-doubles';
import { skipTime } from '../test/setup/time-skipping';
import { workflowTypes } from './contract';

it('sweeps, and tells operators how much', async () => {
  const { doubles, activities } = createDoubles();
  const time = await skipTime(activities);
  const handle = await time.environment.client.workflow.start(workflowTypes.retention, {
    workflowId: 'retention-1',
    taskQueue: time.taskQueue,
  });
  const swept: unknown = await handle.result();
  await time.stop();
  expect(swept).toEqual({
    sealedInputs: 2,
    sessions: 1,
    portraits: 0,
    windowCodes: 0,
    nonces: 0,
    rateLimits: 0,
    matters: 0,
    evidence: 0,
  });
  expect(doubles.calls.get('sweep')).toBe(1);
}, 60_000);
