import { randomUUID } from 'node:crypto';
import { temporalServer } from '../test/setup/needs/temporal';
import { connectTemporal, keepSchedule } from './temporal';

it('keeps one schedule for many workers, and changes its interval', async () => {
  const { connection, client } = await connectTemporal({
    address: temporalServer().address,
    namespace: 'default',
    taskQueue: 'nobody',
  });
  const workflowType = `scheduled-${randomUUID()}`;
  const keep = (everyMs: number) =>
    keepSchedule(client, { workflowType, taskQueue: `nobody-${workflowType}`, everyMs });
  await keep(3_600_000);
  await Promise.all([keep(3_600_000), keep(3_600_000)]);
  await keep(7_200_000);
  const handle = client.schedule.getHandle(workflowType);
  const { spec, action, policies } = await handle.describe();
  await handle.delete();
  await connection.close();
  expect(spec.intervals).toEqual([{ every: 7_200_000 }]);
  expect(action).toMatchObject({ workflowType });
  expect(policies.overlap).toBe('SKIP');
});
