import type { ProvenCommand } from '../domain/proven-command';
import { records } from './activities';

/** What a person can ask about a to-do besides confirming it. Each returns the code that tells the person the result. */

/** 「这不是我办的」 */
export async function refuse(command: ProvenCommand<'refuse'>): Promise<string> {
  const { rejected } = await records.refuse(command);
  return rejected ?? 'refusal_recorded';
}

/** 申请重新推送 */
export async function askForReissue(command: ProvenCommand<'ask-re-issue'>): Promise<string> {
  const { rejected } = await records.askForReissue(command);
  return rejected ?? 'reissue_requested';
}
