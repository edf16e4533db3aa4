import { prepared } from '../prepared';

/** Path of a Java that runs programs from their source. */
export function javaProgram(): string {
  return prepared('java');
}
