import {
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { ApplicationFailure, defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { ProvenCommand, CommandPayload } from '../../domain/proven-command';
import type { Command } from '../../domain/steps';
import type { CommandProofs } from '../../platform/command-proof';
import { WORKFLOW_TASK_TIMEOUT } from '../../platform/temporal';
import { rejections, searchAttributes, workflowTypes } from '../../workflows/contract';
import type { JourneyView, Rejection } from '../../workflows/contract';

/** The rejections that the sender of a command is told. */
export type ReportedRejection = Exclude<Rejection, 'ending' | 'unproven'>;

/** What became of a command. */
export type Outcome =
  | { outcome: 'done'; view: JourneyView }
  /** It will be carried out; the machine is still at work. */
  | { outcome: 'accepted' }
  | { outcome: 'rejected'; rejection: ReportedRejection }
  /** The journey is over. */
  | { outcome: 'closed' }
  /** Nobody knows; the same command again does it once. */
  | { outcome: 'unknown' };

/** Proves commands and sends them to journeys, one Temporal call each. */
export interface JourneyCommands {
  enter(p: {
    journey: string;
    documentType: string;
    payload: CommandPayload<'enter'>;
    updateId: string;
  }): Promise<Outcome>;
  send<C extends Command>(p: {
    journey: string;
    command: C;
    payload: CommandPayload<C>;
    updateId: string;
  }): Promise<Outcome>;
}

/** A person waits so long for a command's answer, then is told to ask again. */
const COMMAND_TIMEOUT_MS = 8_000;

const documentTypeKey = defineSearchAttributeKey(searchAttributes.documentType, SearchAttributeType.KEYWORD);

export function createJourneyCommands(
  client: Client,
  taskQueue: string,
  proofs: CommandProofs,
  patienceMs = COMMAND_TIMEOUT_MS,
): JourneyCommands {
  async function outcomeOf(
    journey: string,
    updateId: string,
    send: () => Promise<JourneyView>,
  ): Promise<Outcome> {
    try {
      const view = await client.withDeadline(Date.now() + patienceMs, send);
      return { outcome: 'done', view };
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) return rejected(error.cause);
      if (error instanceof WorkflowNotFoundError) return { outcome: 'closed' };
      const isSilence =
        error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
        error instanceof ServiceError ||
        isGrpcServiceError(error);
      if (!isSilence) throw error;
      return (await isAccepted(journey, updateId)) ? { outcome: 'accepted' } : { outcome: 'unknown' };
    }
  }

  /** Whether the journey has taken the command, though it has not answered. Asked without waiting. */
  async function isAccepted(workflowId: string, updateId: string): Promise<boolean> {
    try {
      const { stage }: { stage: number } = await client.withDeadline(Date.now() + 1_000, () =>
        client.workflowService.pollWorkflowExecutionUpdate({
          namespace: client.options.namespace,
          updateRef: { workflowExecution: { workflowId }, updateId },
        }),
      );
      return stage >= STAGE_ACCEPTED;
    } catch {
      return false;
    }
  }

  function proven<C extends Command>(journey: string, id: string, command: C, payload: CommandPayload<C>) {
    return proofs.prove<C>({ journey, id, command, payload, at: Date.now() });
  }

  const enterOnce = ({ journey, documentType, payload, updateId }: Parameters<JourneyCommands['enter']>[0]) =>
    outcomeOf(journey, updateId, () =>
      client.workflow.executeUpdateWithStart<() => Promise<unknown>, JourneyView, [ProvenCommand<'enter'>]>(
        'enter',
        {
          args: [proven(journey, updateId, 'enter', payload)],
          updateId,
          startWorkflowOperation: new WithStartWorkflowOperation(workflowTypes.journey, {
            workflowId: journey,
            taskQueue,
            workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
            workflowIdConflictPolicy: 'USE_EXISTING',
            args: [],
            typedSearchAttributes: [{ key: documentTypeKey, value: documentType }],
          }),
        },
      ),
    );

  return {
    async enter(entry) {
      const outcome = await enterOnce(entry);
      if (outcome.outcome !== 'closed') return outcome;
      // The journey before was about to end: once it has, the same entry begins the next.
      const ended = client.withDeadline(Date.now() + patienceMs, () =>
        client.workflow.getHandle(entry.journey).result(),
      );
      await ended.catch(() => undefined);
      const next = await enterOnce(entry);
      return next.outcome === 'closed' ? { outcome: 'unknown' } : next;
    },
    send: ({ journey, command, payload, updateId }) =>
      outcomeOf(journey, updateId, () =>
        client.workflow
          .getHandle(journey)
          .executeUpdate<JourneyView, [ProvenCommand<typeof command>]>(command, {
            args: [proven(journey, updateId, command, payload)],
            updateId,
          }),
      ),
  };
}

// temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage
const STAGE_ACCEPTED = 2;

function rejected(cause: unknown): Outcome {
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  const rejection = rejections.find((one) => one === type);
  if (rejection === 'ending') return { outcome: 'closed' };
  // Anything else: the run was ending, or began anew, as the command came. Nothing has happened. The same where a worker has other keys for
  // commands than the api, or another time: journey_commands_total shows it.
  if (!rejection || rejection === 'unproven') return { outcome: 'unknown' };
  return { outcome: 'rejected', rejection };
}
