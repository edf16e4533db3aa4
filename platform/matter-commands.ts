import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { reevaluate, replay, searchAttributes, workflowTypes } from '../workflows/contract';
import { CALL_TIMEOUT_MS, isRunning, WORKFLOW_TASK_TIMEOUT } from './temporal';

/** What api and worker can have the workflow of a matter do. Nothing else starts one. */
export interface MatterCommands {
  /** Makes the workflow look at the matter's rows again, and starts it if it does not run. */
  reevaluate(matter: string): Promise<void>;
  /** Makes the workflow send its callbacks at once, and starts it if it does not run. */
  replay(matter: string): Promise<void>;
  /** Starts the workflow if it does not run; for callers that have changed nothing. */
  keepRunning(matter: string): Promise<void>;
}

const authorityKey = defineSearchAttributeKey(searchAttributes.authority, SearchAttributeType.KEYWORD);

/**
 * @param findAuthority the authority of a matter, by which operators search for its workflow; undefined if there is no such matter,
 *   and then nothing is started
 */
export function createMatterCommands(
  client: Client,
  taskQueue: string,
  findAuthority: (matter: string) => Promise<string | undefined>,
): MatterCommands {
  async function signal(matter: string, name: typeof reevaluate | typeof replay): Promise<void> {
    const authority = await findAuthority(matter);
    if (authority === undefined) return;
    await client.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
      client.workflow.signalWithStart(workflowTypes.matter, {
        workflowId: matter,
        taskQueue,
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        args: [],
        signal: name,
        signalArgs: [],
        typedSearchAttributes: [{ key: authorityKey, value: authority }],
      }),
    );
  }
  const commands: MatterCommands = {
    reevaluate: (matter) => signal(matter, reevaluate),
    replay: (matter) => signal(matter, replay),
    async keepRunning(matter) {
      if (!(await isRunning(client, matter))) await commands.reevaluate(matter);
    },
  };
  return commands;
}
