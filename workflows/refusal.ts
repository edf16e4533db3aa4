import { workflowInfo } from '@temporalio/workflow';
import { records } from './activities';
import type { Heard } from './desk';

/** 「这不是我办的」. @returns what the person is told about it, as a code */
export async function refuse({ toDo, reason, id }: Heard<'refuse'>): Promise<string> {
  const journey = workflowInfo().workflowId;
  const { refused } = await records.refuse({ journey, toDo, reason, command: id });
  return refused ?? 'refusal_recorded';
}
