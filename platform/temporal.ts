import { readFileSync } from 'node:fs';
import {
  Client,
  Connection,
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { TLSConfig } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { TemporalSettings } from './config-groups';

/** Every client, worker and workflow bundle must use it: see failure-converter.ts. */
export const temporalDataConverter: DataConverter = {
  failureConverterPath: require.resolve('./failure-converter'),
};

/**
 * Workflow task timeout for every workflow. After a kill -9 of a worker, Temporal waits this long before it gives an unfinished
 * workflow task to another worker (10 s by default). Our workflow tasks take milliseconds.
 */
export const WORKFLOW_TASK_TIMEOUT = '4s';

/** A call to Temporal that waits for no work of a workflow fails after this time. */
export const CALL_TIMEOUT_MS = 8_000;

/** The options of every connection to Temporal. Reads the files that the settings name. */
export function temporalConnectionOptions({ address, tls }: TemporalSettings): {
  address: string;
  tls?: TLSConfig;
  apiKey?: string;
} {
  if (!tls) return { address };
  const { caFile, serverName, own, apiKeyFile } = tls;
  return {
    address,
    tls: {
      serverNameOverride: serverName,
      ...(caFile !== undefined && { serverRootCACertificate: readFileSync(caFile) }),
      ...(own && { clientCertPair: { crt: readFileSync(own.certFile), key: readFileSync(own.keyFile) } }),
    },
    // Editors add a line feed at the end of a file. No key contains one.
    ...(apiKeyFile !== undefined && { apiKey: readFileSync(apiKeyFile, 'utf8').trim() }),
  };
}

/** Connects a client to Temporal. The caller closes the connection. */
export async function connectTemporal(
  settings: TemporalSettings,
): Promise<{ connection: Connection; client: Client }> {
  const connection = await Connection.connect(temporalConnectionOptions(settings));
  const client = new Client({
    connection,
    namespace: settings.namespace,
    dataConverter: temporalDataConverter,
  });
  return { connection, client };
}

/** Whether a workflow with this id is running. It reads the workflow's state, because the search index lags behind. */
export async function isRunning(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
      client.workflow.getHandle(workflowId).describe(),
    );
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Creates or updates the schedule that runs a workflow without arguments, one run at a time. Every worker may call it. */
export async function keepSchedule(
  client: Client,
  { workflowType, taskQueue, everyMs }: { workflowType: string; taskQueue: string; everyMs: number },
): Promise<void> {
  const spec = { intervals: [{ every: everyMs }] };
  const action = {
    type: 'startWorkflow',
    workflowType,
    workflowId: workflowType,
    taskQueue,
    args: [],
  } as const;
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: everyMs };
  try {
    await client.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
      client.schedule.create({ scheduleId: workflowType, spec, action, policies }),
    );
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // An earlier version may have used another interval.
    await client.schedule.getHandle(workflowType).update((before) => ({ ...before, spec, action, policies }));
  }
}
