// Apart from temporal.ts because `@temporalio/worker` loads a native library and a bundler, which the api never needs.
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { LogEntry } from '@temporalio/worker';
import { removingFalseProofs } from './command-proof';
import type { CommandProofs } from './command-proof';
import type { TemporalSettings } from './config-groups';
import type { Logger, LogFields } from './logger';
import { asCode } from './public-text';
import { temporalConnectionOptions, temporalDataConverter } from './temporal';

/** How every worker of ours runs, beside its connection, its workflows and its activities. */
export function workerOptions(proofs: Pick<CommandProofs, 'isProven'>) {
  return {
    dataConverter: { ...temporalDataConverter, payloadCodecs: [removingFalseProofs(proofs)] },
    // After a kill -9 the next command waits this long for the dead worker's cache before another one takes it.
    stickyQueueScheduleToStartTimeout: '1s',
    // Above the longest call to a vendor (10 s, see ALIPAY_TIMEOUT_MS): a call cut off by a stop costs the person an attempt.
    shutdownGraceTime: '15s',
  };
}

/** Connects a worker to Temporal. The caller closes the connection after the worker has stopped. */
export async function connectTemporalWorker(settings: TemporalSettings): Promise<NativeConnection> {
  return await NativeConnection.connect(temporalConnectionOptions(settings));
}

/**
 * Sends what the SDK, its native core and the workflows log to `logger`, and what they count to a port of the loopback. To be
 * called once, before any worker or native connection exists.
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
 * The SDK's logger in front of ours. Messages of the SDK may end in an error's text and its metadata hold whole
 * failures, so a message only passes if it is a code of ours or one of the SDK's fixed sentences, and metadata field by field.
 */
export function temporalLogger(logger: Logger): DefaultLogger {
  return new DefaultLogger('INFO', (entry) => {
    logger[levels[entry.level]](eventOf(entry), fieldsOf(entry.meta ?? {}));
  });
}

const levels = { TRACE: 'debug', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

const components = ['workflow', 'activity', 'worker', 'core'];

// Sentences of @temporalio/worker 1.24 that say something to an operator; any other is `temporal_<component>`.
const sentences = new Set([
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
  if (sentences.has(message)) return message.toLowerCase().replaceAll(/[^a-z]+/g, '_');
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
    // A workflow's id names its kind; the logger keeps only the one whose form fits.
    ...(String(meta.workflowId).startsWith('matter-')
      ? { matter: meta.workflowId }
      : { journey: meta.workflowId }),
  };
  return fields;
}
