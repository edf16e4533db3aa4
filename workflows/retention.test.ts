import { createDoubles } from '../test/setup/activity-doubles';
import { skipTime } from '../test/setup/time-skipping';
import { workflowTypes } from './contract';

it('deletes expired data, and returns how much', async () => {
  const { doubles, activities } = createDoubles();
  const time = await skipTime(activities);
  const handle = await time.environment.client.workflow.start(workflowTypes.retention, {
    workflowId: 'retention-1',
    taskQueue: time.taskQueue,
  });
  const deleted: unknown = await handle.result();
  await time.stop();
  expect(deleted).toEqual({
    sealedInputs: 2,
    sessions: 1,
    portraits: 0,
    windowCodes: 0,
    scans: 0,
    nonces: 0,
    worklistChanges: 0,
    batches: 0,
    rateLimits: 0,
    matters: 0,
    documents: 0,
    complaints: 0,
    evidence: 0,
  });
  expect(doubles.calls.get('deleteExpired')).toBe(1);
}, 60_000);
