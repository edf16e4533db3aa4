import { DefaultFailureConverter } from '@temporalio/common';
import type { PayloadConverter, ProtoFailure } from '@temporalio/common';
import { asCode, stackPlaces } from './public-text';

type SerializationContext = Parameters<DefaultFailureConverter['errorToFailure']>[2];

// Deeper causes do not help an operator, and the limit also ends a cycle.
const MAX_CAUSE_DEPTH = 10;

/**
 * Writes only codes, failure kinds and code locations into Temporal, and no text. Messages, details and heartbeats may quote a
 * person's input, and Temporal's UI shows the whole history. An activity interceptor would miss rejected Updates, workflow failures
 * and workflow task failures; this converter covers all of them, on worker and client.
 *
 * The `type` of an ApplicationFailure is the code of the failure. A type that is not a code becomes `internal`.
 */
class CodesOnlyFailureConverter extends DefaultFailureConverter {
  override errorToFailure(
    error: unknown,
    payloads: PayloadConverter,
    context?: SerializationContext,
  ): ProtoFailure {
    try {
      return withoutText(super.errorToFailure(error, payloads, context), 0);
    } catch {
      // The causes form a cycle, or a detail cannot be serialized. Keep the code and the retry flag.
      return unconvertible(error);
    }
  }
}

/** The SDK loads this export by its name, through `failureConverterPath` (see temporal.ts). */
export const failureConverter = new CodesOnlyFailureConverter();

function withoutText(failure: ProtoFailure, depth: number): ProtoFailure {
  const frames = stackPlaces(failure.stackTrace, failure.message).map((place) => `    at ${place}`);
  return {
    source: failure.source,
    ...kindOf(failure),
    stackTrace: frames.join('\n'),
    ...(failure.cause && depth < MAX_CAUSE_DEPTH && { cause: withoutText(failure.cause, depth + 1) }),
  };
}

// Each kind lists its fields. A field that a later version of Temporal adds is dropped until somebody adds it here.
function kindOf(failure: ProtoFailure): ProtoFailure {
  if (failure.applicationFailureInfo) {
    const { type, nonRetryable, nextRetryDelay, category } = failure.applicationFailureInfo;
    const code = asCode(type) ?? 'internal';
    return { message: code, applicationFailureInfo: { type: code, nonRetryable, nextRetryDelay, category } };
  }
  if (failure.activityFailureInfo) {
    const { scheduledEventId, startedEventId, identity, activityType, activityId, retryState } =
      failure.activityFailureInfo;
    return {
      message: 'activity_failed',
      activityFailureInfo: {
        scheduledEventId,
        startedEventId,
        identity,
        activityType: { name: activityType?.name },
        activityId,
        retryState,
      },
    };
  }
  if (failure.childWorkflowExecutionFailureInfo) {
    const { namespace, workflowExecution, workflowType, initiatedEventId, startedEventId, retryState } =
      failure.childWorkflowExecutionFailureInfo;
    return {
      message: 'child_workflow_failed',
      childWorkflowExecutionFailureInfo: {
        namespace,
        workflowExecution: { workflowId: workflowExecution?.workflowId, runId: workflowExecution?.runId },
        workflowType: { name: workflowType?.name },
        initiatedEventId,
        startedEventId,
        retryState,
      },
    };
  }
  if (failure.timeoutFailureInfo) {
    return {
      message: 'timeout',
      timeoutFailureInfo: { timeoutType: failure.timeoutFailureInfo.timeoutType },
    };
  }
  if (failure.canceledFailureInfo) return { message: 'cancelled', canceledFailureInfo: {} };
  if (failure.terminatedFailureInfo) return { message: 'terminated', terminatedFailureInfo: {} };
  if (failure.resetWorkflowFailureInfo) return { message: 'reset', resetWorkflowFailureInfo: {} };
  if (failure.serverFailureInfo) {
    const { nonRetryable } = failure.serverFailureInfo;
    return { message: 'server_failure', serverFailureInfo: { nonRetryable } };
  }
  return { message: 'internal' };
}

function unconvertible(error: unknown): ProtoFailure {
  const { type, nonRetryable } = Object(error) as { type?: unknown; nonRetryable?: unknown };
  return kindOf({
    applicationFailureInfo: { type: asCode(type), nonRetryable: nonRetryable === true },
  });
}
