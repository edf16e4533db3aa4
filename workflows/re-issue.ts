import { workflowInfo } from '@temporalio/workflow';
import { records } from './activities';
import type { Heard } from './desk';

/** 申请重新推送. @returns what the person is told about it, as a code */
export async function askForReissue({ toDo, id }: Heard<'ask-re-issue'>): Promise<string> {
  const journey = workflowInfo().workflowId;
  const { refused } = await records.askForReissue({ journey, toDo, command: id });
  return refused ?? 'reissue_requested';
}
