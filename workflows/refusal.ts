import type { ProvenCommand } from '../domain/proven-command';
import { records } from './activities';

/** 「这不是我办的」. @returns what the person is told about it, as a code */
export async function refuse(command: ProvenCommand<'refuse'>): Promise<string> {
  const { rejected } = await records.refuse(command);
  return rejected ?? 'refusal_recorded';
}
