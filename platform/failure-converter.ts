import { DefaultFailureConverter } from '@temporalio/common';
import type { PayloadConverter, ProtoFailure } from '@temporalio/common';
import { asCode, stackPlaces } from './public-text';

type SerializationContext = Parameters<DefaultFailureConverter['errorToFailure']>[2];

// A chain of causes longer than this is a bug of its own; what is deeper adds nothing for an operator.
const DEEPEST_CAUSE = 10;

/**
 * Lets codes, kinds and places in the code into Temporal, and no text: a message, a detail or a heartbeat may quote what a
 * person typed, and everything in a history is readable in Temporal's UI. An activity interceptor would miss rejected
 * Updates, workflow failures and workflow task failures; this covers all of them, on worker and client.
 *
 * A caller gives a failure its meaning by the `type` of an ApplicationFailure; what is not a code becomes `internal`.
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
      // A cause that names itself, or a detail that can't be serialized: the code and the will to retry still matter.
      return unconvertible(error);
    }
  }
}

/** Found by this name through `failureConverterPath` (see temporal.ts). */
export const failureConverter = new CodesOnlyFailureConverter();

function withoutText(failure: ProtoFailure, depth: number): ProtoFailure {
  const frames = stackPlaces(failure.stackTrace, failure.message).map((place) => `    at ${place}`);
  return {
    source: failure.source,
    ...kindOf(failure),
    stackTrace: frames.join('\n'),
    ...(failure.cause && depth < DEEPEST_CAUSE && { cause: withoutText(failure.cause, depth + 1) }),
  };
}

// Each kind is written out field by field: what Temporal adds to a kind later stays inside until it is judged here.
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
