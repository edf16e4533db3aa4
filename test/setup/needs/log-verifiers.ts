import { prepared } from '../prepared';

/** Programs that verify the transparency log and share no code with the product: commands with their first arguments. */
export function logVerifierPrograms(): Record<'go' | 'python', string[]> {
  return prepared('log-verifiers');
}
