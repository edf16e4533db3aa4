import { proxyActivities } from '@temporalio/workflow';

/**
 * A workflow of somebody who may use Temporal's port and nothing else: has an activity of ours done with whatever arguments.
 * @param queue where our worker waits for work
 */
export async function rogue(queue: string, activity: string, argument: object): Promise<unknown> {
  const activities = proxyActivities<Record<string, (argument: object) => Promise<unknown>>>({
    taskQueue: queue,
    startToCloseTimeout: '10s',
    retry: { maximumAttempts: 1 },
  });
  return await activities[activity]?.(argument);
}
