import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { temporalDataConverter } from '../../platform/temporal';
import { workerOptions } from '../../platform/temporal-worker';
import { searchAttributes } from '../../workflows/contract';
import { proofs } from './keys';
import { timeSkippingServer } from './needs/time-skipping-server';
import { runOptions } from './run-options';
import { bundle } from './workflow-bundle';

const TASK_QUEUE = 'registration-identity';

/** A Temporal server on which time passes as fast as nothing happens, and a worker with our workflows. */
export interface SkippingTime {
  environment: TestWorkflowEnvironment;
  taskQueue: string;
  stop(): Promise<void>;
}

export async function skipTime(activities: object): Promise<SkippingTime> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const { recordTo } = runOptions();
  const started = new Map<string, string>();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: timeSkippingServer() } },
    client: { dataConverter: temporalDataConverter, interceptors: { workflow: [noting(started)] } },
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
    ...workerOptions(proofs),
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
      if (recordTo !== undefined) await record(environment, started, recordTo);
      worker.shutdown();
      await running;
      await environment.teardown();
    },
  };
}

/** Notes which workflows a test started, and by which test. */
function noting(started: Map<string, string>): WorkflowClientInterceptor {
  const note = (id: string) => {
    if (!started.has(id)) started.set(id, expect.getState().currentTestName ?? 'workflow');
  };
  return {
    async startWithDetails(input, next) {
      note(input.options.workflowId);
      return await next(input);
    },
    async startUpdateWithStart(input, next) {
      note(input.workflowStartOptions.workflowId);
      return await next(input);
    },
    async signalWithStart(input, next) {
      note(input.options.workflowId);
      return await next(input);
    },
  };
}

async function record(
  { client }: TestWorkflowEnvironment,
  started: ReadonlyMap<string, string>,
  folder: string,
): Promise<void> {
  let at = 0;
  for (const [id, test] of started) {
    const history = await client.workflow.getHandle(id).fetchHistory();
    at += 1;
    const file = join(folder, `${String(at).padStart(3, '0')}-${id}.json`);
    writeFileSync(file, JSON.stringify({ test, history: JSON.parse(historyToJSON(history)) as unknown }));
  }
}
