import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../../activities';
import { temporalDataConverter } from '../../platform/temporal';
import { namedWorkerOptions } from '../../platform/temporal-worker';
import { searchAttributes } from '../../workflows/contract';
import { servers } from './servers';

const TASK_QUEUE = 'registration-identity';

/** A Temporal server on which time passes as fast as nothing happens, and a worker with our workflows. */
export interface SkippingTime {
  environment: TestWorkflowEnvironment;
  taskQueue: string;
  stop(): Promise<void>;
}

export async function skipTime(activities: Activities): Promise<SkippingTime> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const path = servers().timeSkippingServer;
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { dataConverter: temporalDataConverter },
  });
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(
      Object.values(searchAttributes).map((name) => [
        name,
        temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
      ]),
    ),
  });
  const worker = await Worker.create({
    ...namedWorkerOptions,
    connection: environment.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowBundle: await bundle(),
    activities,
  });
  const running = worker.run();
  return {
    environment,
    taskQueue: TASK_QUEUE,
    async stop() {
      worker.shutdown();
      await running;
      await environment.teardown();
    },
  };
}

/** Workflows, compiled as `npm run build` does it: ours, or those of a copy that was changed. */
export async function bundle(root = join(__dirname, '../..')) {
  return await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    failureConverterPath: join(root, 'platform/failure-converter.ts'),
    logger: new DefaultLogger('ERROR'),
  });
}
