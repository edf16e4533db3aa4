import { prepared } from '../prepared';

/** Full path of kustomize. */
export function kustomizeProgram(): string {
  return prepared('kustomize');
}
