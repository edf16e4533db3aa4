import { createDoubles } from '../test/setup/activity-doubles';
import { skipTime } from '../test/setup/time-skipping';
import { workflowTypes } from './contract';

it('compares matters and journeys with their workflows, and returns how many were repaired', async () => {
  const { doubles, activities } = createDoubles();
  const time = await skipTime(activities);
  const handle = await time.environment.client.workflow.start(workflowTypes.sweep, {
    workflowId: 'sweep-1',
    taskQueue: time.taskQueue,
  });
  const repaired: unknown = await handle.result();
  await time.stop();
  expect(repaired).toEqual({ matters: 3, journeys: 1 });
  expect([doubles.calls.get('sweepMatters'), doubles.calls.get('sweepJourneys')]).toEqual([1, 1]);
}, 60_000);
