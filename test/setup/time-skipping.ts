import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../../activities';
import { temporalDataConverter } from '../../platform/temporal';
import { createCommandProofs } from '../../platform/command-proof';
import { workerOptions } from '../../platform/temporal-worker';
import { searchAttributes } from '../../workflows/contract';
import { servers } from './servers';

/** As the api and the worker of the tests have them. */
export const proofs = createCommandProofs({ commands: [{ id: 'test-commands', bytes: randomBytes(32) }] });

const TASK_QUEUE = 'registration-identity';

/** A Temporal server on which time passes as fast as nothing happens, and a worker with our workflows. */
export interface SkippingTime {
  environment: TestWorkflowEnvironment;
  taskQueue: string;
  stop(): Promise<void>;
}

export async function skipTime(activities: Activities): Promise<SkippingTime> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const { timeSkippingServer: path, recordTo } = servers();
  const started = new Map<string, string>();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
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

/** Workflows, compiled as `npm run build` does it: ours, or those of a copy that was changed. */
export async function bundle(root = join(__dirname, '../..')) {
  return await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    failureConverterPath: join(root, 'platform/failure-converter.ts'),
    logger: new DefaultLogger('ERROR'),
  });
}

/** The same, changed: in each file every first text is replaced by the second, and must be there. */
export async function changedBundle(changes: Record<string, readonly (readonly [string, string])[]>) {
  const root = join(__dirname, '../..');
  const copy = mkdtempSync(join(tmpdir(), 'rid-changed-'));
  try {
    for (const part of ['workflows', 'domain', 'platform'])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const [name, replaced] of Object.entries(changes)) {
      const file = join(copy, name);
      let text = readFileSync(file, 'utf8');
      for (const [from, to] of replaced) {
        if (!text.includes(from)) throw new Error(`${name} does not contain: ${from}`);
        text = text.replaceAll(from, to);
      }
      writeFileSync(file, text);
    }
    return await bundle(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
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
