import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { MatterState } from '../../domain/matter-states';
import { isRunning, WORKFLOW_TASK_TIMEOUT } from '../../platform/temporal';
import { lookAgain, searchAttributes, withdrawal, workflowTypes } from '../../workflows/contract';

/** What is said to matters. */
export interface MatterCommands {
  /** Has a matter look at the database, and starts its workflow if there is none. */
  lookAgain(matter: string, authority: string): Promise<void>;
  /** The same if its workflow does not run; else nothing, since nothing has changed. */
  keepRunning(matter: string, authority: string): Promise<void>;
  /** @returns the state that holds then; undefined if the matter's workflow has ended */
  withdraw(matter: string, updateId: string): Promise<MatterState | undefined>;
}

const PATIENCE_MS = 8_000;

const authorityKey = defineSearchAttributeKey(searchAttributes.authority, SearchAttributeType.KEYWORD);

export function createMatterCommands(client: Client, taskQueue: string): MatterCommands {
  const commands: MatterCommands = {
    async keepRunning(matter, authority) {
      const runs = await client.withDeadline(Date.now() + PATIENCE_MS, () => isRunning(client, matter));
      if (!runs) await commands.lookAgain(matter, authority);
    },
    async lookAgain(matter, authority) {
      await client.withDeadline(Date.now() + PATIENCE_MS, () =>
        client.workflow.signalWithStart(workflowTypes.matter, {
          workflowId: matter,
          taskQueue,
          workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
          args: [],
          signal: lookAgain,
          signalArgs: [],
          typedSearchAttributes: [{ key: authorityKey, value: authority }],
        }),
      );
    },
    async withdraw(matter, updateId) {
      try {
        return await client.withDeadline(Date.now() + PATIENCE_MS, () =>
          client.workflow
            .getHandle(matter)
            .executeUpdate<MatterState | undefined, []>(withdrawal, { updateId }),
        );
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    },
  };
  return commands;
}
