import { prepared } from '../prepared';

/** The folder with the mini-program as it is built for browsers. */
export function h5Build(): string {
  return prepared('h5');
}
