import { stuckCauses } from '../../domain/stuck';
import type { StuckCause } from '../../domain/stuck';

/** What the addresses of the pages carry. A value that can't be is left out. */
type Search = Record<string, unknown>;

export interface WorklistFilters {
  cause?: StuckCause;
  mine?: true;
  caseNumber?: string;
}

export function readWorklistFilters({ cause, mine, caseNumber }: Search): WorklistFilters {
  const known = stuckCauses.find((one) => one === cause);
  // The router reads digits as a number.
  const typed = typeof caseNumber === 'number' ? String(caseNumber) : caseNumber;
  return {
    ...(known && { cause: known }),
    ...((mine === true || mine === 'true') && { mine: true }),
    ...(typeof typed === 'string' && typed !== '' && { caseNumber: typed.slice(0, 40) }),
  };
}

/** `all`: also what has been dealt with. */
export function readListing({ all }: Search): { all?: true } {
  return all === true || all === 'true' ? { all: true } : {};
}

export interface ActionFilters {
  clerk?: string;
  subject?: string;
}

export function readActionFilters({ clerk, subject }: Search): ActionFilters {
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return {
    ...(text(clerk) && { clerk: text(clerk) }),
    ...(text(subject) && { subject: text(subject) }),
  };
}
