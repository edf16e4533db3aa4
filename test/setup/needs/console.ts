import { prepared } from '../prepared';

/** The folder with the clerk console, as it was built. */
export function consoleBuild(): string {
  return prepared('console');
}
