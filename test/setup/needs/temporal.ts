import { prepared } from '../prepared';

export interface TemporalServer {
  /** `host:port` of a dev server that has the search attributes registered. */
  address: string;
  /** Path of the Temporal CLI. */
  cli: string;
}

/** The Temporal server of this run. */
export function temporalServer(): TemporalServer {
  return prepared('temporal');
}
