import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporalServer } from './needs/temporal';
import { timeSkippingServer } from './needs/time-skipping-server';

describe('the servers of a test run', () => {
  it('include a Temporal server that knows the search attributes of journeys', async () => {
    const connection = await Connection.connect({ address: temporalServer().address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    await connection.close();
    expect(Object.keys(customAttributes)).toEqual(
      expect.arrayContaining(['StuckCause', 'DocumentType', 'Authority']),
    );
  });

  it('include a server on which a week passes at once', async () => {
    const path = timeSkippingServer();
    const environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
    });
    const before = await environment.currentTimeMs();
    await environment.sleep('7 days');
    const after = await environment.currentTimeMs();
    await environment.teardown();
    expect(after - before).toBeGreaterThanOrEqual(7 * 24 * 3600 * 1000);
  });
});
