import { prepared } from '../prepared';

/** Path of the server's program, for `createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`. */
export function timeSkippingServer(): string {
  return prepared('time-skipping-server');
}
