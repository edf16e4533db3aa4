// Separate from temporal.ts, because `@temporalio/worker` loads a native library and a bundler that the api does not need.
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { LogEntry } from '@temporalio/worker';
import { removingFalseProofs } from './command-proof';
import type { CommandProofs } from './command-proof';
import type { TemporalSettings } from './config-groups';
import type { Logger, LogFields } from './logger';
import { asCode } from './public-text';
import { temporalConnectionOptions, temporalDataConverter } from './temporal';

/** The options that all workers share. */
export function workerOptions(proofs: Pick<CommandProofs, 'isProven'>) {
  return {
    dataConverter: { ...temporalDataConverter, payloadCodecs: [removingFalseProofs(proofs)] },
    // After a kill -9 of a worker, the next command waits this long before another worker processes it.
    stickyQueueScheduleToStartTimeout: '1s',
    // Longer than the longest call to a vendor (10 s, see ALIPAY_TIMEOUT_MS). A call that a stop interrupts costs the person an attempt.
    shutdownGraceTime: '15s',
  };
}

/** Connects a worker to Temporal. The caller closes the connection after the worker has stopped. */
export async function connectTemporalWorker(settings: TemporalSettings): Promise<NativeConnection> {
  return await NativeConnection.connect(temporalConnectionOptions(settings));
}

/**
 * Sends the log lines of the SDK, its native core and the workflows to `logger`, and exports their metrics on a loopback port. Call it
 * once, before any worker or native connection exists.
 */
export function installTemporalRuntime(logger: Logger, metricsPort?: number): void {
  Runtime.install({
    logger: temporalLogger(logger),
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} },
      ...(metricsPort !== undefined && {
        metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } },
      }),
    },
  });
}

/**
 * A logger for the SDK that writes to `logger`. Messages of the SDK may contain an error's text, and its metadata may contain whole
 * failures. So only our own codes and known messages of the SDK pass, and only selected fields of the metadata.
 */
export function temporalLogger(logger: Logger): DefaultLogger {
  return new DefaultLogger('INFO', (entry) => {
    logger[levels[entry.level]](eventOf(entry), fieldsOf(entry.meta ?? {}));
  });
}

const levels = { TRACE: 'debug', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

const components = ['workflow', 'activity', 'worker', 'core'];

// Messages of @temporalio/worker 1.24 that help an operator. Any other message is written as `temporal_<component>`.
const sdkMessages = new Set([
  'Activity cancelled',
  'Activity completed',
  'Activity failed',
  'Activity started',
  'External sink function threw an error',
  'Failed to initiate shutdown',
  'Shutdown force time expired, terminating worker',
  'Worker failed',
  'Worker state changed',
  'Workflow bundle created',
  'Workflow completed',
  'Workflow completed as cancelled',
  'Workflow continued as new',
  'Workflow failed',
  'Workflow started',
]);

function eventOf({ message, meta }: LogEntry): string {
  if (asCode(message)) return message;
  if (sdkMessages.has(message)) return message.toLowerCase().replaceAll(/[^a-z]+/g, '_');
  const component: unknown = meta?.sdkComponent;
  return typeof component === 'string' && components.includes(component)
    ? `temporal_${component}`
    : 'temporal';
}

function fieldsOf(meta: Record<string, unknown>): LogFields {
  const fields: Record<string, unknown> = {
    workflow: meta.workflowType,
    activity: meta.activityType,
    taskQueue: meta.taskQueue,
    attempt: meta.attempt,
    durationMs: meta.durationMs,
    state: typeof meta.state === 'string' ? meta.state.toLowerCase() : undefined,
    error: meta.error,
    // The prefix of a workflow's id names its kind. The logger also checks the form of the id.
    ...(String(meta.workflowId).startsWith('matter-')
      ? { matter: meta.workflowId }
      : { journey: meta.workflowId }),
  };
  return fields;
}
