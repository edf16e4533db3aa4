import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { isRunning, WORKFLOW_TASK_TIMEOUT } from '../../platform/temporal';
import { reevaluate, searchAttributes, workflowTypes } from '../../workflows/contract';

/** What is said to matters. */
export interface MatterCommands {
  /** Has a matter look at the database, and starts its workflow if there is none. */
  reevaluate(matter: string, authority: string): Promise<void>;
  /** The same if its workflow does not run; else nothing, since nothing has changed. */
  keepRunning(matter: string, authority: string): Promise<void>;
}

const COMMAND_TIMEOUT_MS = 8_000;

const authorityKey = defineSearchAttributeKey(searchAttributes.authority, SearchAttributeType.KEYWORD);

export function createMatterCommands(client: Client, taskQueue: string): MatterCommands {
  const commands: MatterCommands = {
    async keepRunning(matter, authority) {
      const runs = await client.withDeadline(Date.now() + COMMAND_TIMEOUT_MS, () =>
        isRunning(client, matter),
      );
      if (!runs) await commands.reevaluate(matter, authority);
    },
    async reevaluate(matter, authority) {
      await client.withDeadline(Date.now() + COMMAND_TIMEOUT_MS, () =>
        client.workflow.signalWithStart(workflowTypes.matter, {
          workflowId: matter,
          taskQueue,
          workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
          args: [],
          signal: reevaluate,
          signalArgs: [],
          typedSearchAttributes: [{ key: authorityKey, value: authority }],
        }),
      );
    },
  };
  return commands;
}
