import { prepared } from '../prepared';

/** Path of the browser's program. */
export function chromiumProgram(): string {
  return prepared('chromium');
}
