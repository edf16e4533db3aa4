import { proxyActivities } from '@temporalio/workflow';

/**
 * The workflow of an attacker who has access to Temporal's port only: runs one of our activities with any arguments.
 * @param queue the task queue of our worker
 */
export async function rogue(queue: string, activity: string, argument: object): Promise<unknown> {
  const activities = proxyActivities<Record<string, (argument: object) => Promise<unknown>>>({
    taskQueue: queue,
    startToCloseTimeout: '10s',
    retry: { maximumAttempts: 1 },
  });
  return await activities[activity]?.(argument);
}
