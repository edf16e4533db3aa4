import { prepared } from '../prepared';

/** Path of a Python with what the examples import. */
export function examplesPython(): string {
  return prepared('examples-python');
}
