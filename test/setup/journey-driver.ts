import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { ApplicationFailure } from '@temporalio/common';
import type { ProvenCommand } from '../../domain/proven-command';
import type { Command, Commands } from '../../domain/steps';
import { searchAttributes } from '../../workflows/contract';
import type { JourneyView } from '../../workflows/contract';
import type { journey } from '../../workflows/journey';
import type { Projection } from '../../db/journeys/journeys';
import type { Doubles } from './activity-doubles';
import { proofs } from './keys';
import type { SkippingTime } from './time-skipping';

/** Sends a person's and the clerks' commands to one journey, as the api does. */
export class JourneyDriver {
  view!: JourneyView;
  readonly id = `journey-${randomUUID()}`;
  readonly session = randomUUID();

  constructor(
    private readonly time: SkippingTime,
    private readonly doubles: Doubles,
  ) {}

  get handle(): WorkflowHandle {
    return this.time.environment.client.workflow.getHandle(this.id);
  }

  /** What the journey saved at its last stop. */
  get projection(): Projection | undefined {
    return this.doubles.projections.get(this.id);
  }

  async enter(
    input = 'person/1',
    session: string = this.session,
    updateId: string = randomUUID(),
    atWindow?: Commands['enter']['atWindow'],
  ): Promise<this> {
    this.view = await this.time.environment.client.workflow.executeUpdateWithStart<
      typeof journey,
      JourneyView,
      [object]
    >('enter', {
      args: [await this.proven('enter', { session, input, atWindow }, updateId)],
      updateId,
      startWorkflowOperation: new WithStartWorkflowOperation('journey', {
        workflowId: this.id,
        taskQueue: this.time.taskQueue,
        args: [],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    });
    return this;
  }

  async send(command: Command, data: object = {}, updateId: string = randomUUID()): Promise<JourneyView> {
    const payload = { session: this.session, expectedRevision: this.view.revision, ...data };
    this.view = await this.handle.executeUpdate<JourneyView, [object]>(command, {
      args: [await this.proven(command, payload, updateId)],
      updateId,
    });
    return this.view;
  }

  /** A command as the api makes it, with the time of the test's server, on which days may have passed. */
  async proven(command: Command, payload: object, id: string): Promise<ProvenCommand> {
    const at = await this.time.environment.currentTimeMs();
    return proofs.prove({ journey: this.id, id, command, payload, at });
  }

  /** Sends several commands, each with its data. */
  async walk(...path: [Command, object?][]): Promise<JourneyView> {
    for (const [command, data] of path) await this.send(command, { ...data, ...this.known(command) });
    return this.view;
  }

  known(command: Command): object {
    return command === 'report-face' ? { attempt: this.projection?.attempt } : {};
  }
}

/** Why a command is rejected, as the failure's type. */
export async function rejectionOf(sending: Promise<unknown>): Promise<string | null | undefined> {
  const error: unknown = await sending.catch((thrown: unknown) => thrown);
  return error instanceof WorkflowUpdateFailedError
    ? (error.cause as ApplicationFailure).type
    : String(error);
}

/** The cause by which operators find a journey. */
export async function causeInSearch({ handle }: JourneyDriver): Promise<string | undefined> {
  const { typedSearchAttributes } = await handle.describe();
  const key = defineSearchAttributeKey(searchAttributes.stuckCause, SearchAttributeType.KEYWORD);
  return typedSearchAttributes.get(key);
}

// Paths that many tests take.
export const face: [Command, object?][] = [['start-face'], ['report-face']];
export const toDo = { toDo: 'to-do-1', textHash: 'hash' };
export const verified: [Command, object?][] = [
  ...face,
  ['submit-card', { input: 'card' }],
  ['confirm-portrait'],
];
export const signed: [Command, object?][] = [['confirm', toDo], ...face, ['sign', { input: 'strokes' }]];
