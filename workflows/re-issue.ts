import type { ProvenCommand } from '../domain/proven-command';
import { records } from './activities';

/** 申请重新推送. @returns what the person is told about it, as a code */
export async function askForReissue(command: ProvenCommand<'ask-re-issue'>): Promise<string> {
  const { rejected } = await records.askForReissue(command);
  return rejected ?? 'reissue_requested';
}
