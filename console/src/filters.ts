import { figureDays } from '../../domain/figures';
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

/** Names of clerks, actions and results, an id, and days in China (`YYYY-MM-DD`), both included. */
export interface ActionFilters {
  clerk?: string;
  login?: string;
  action?: string;
  subject?: string;
  result?: string;
  from?: string;
  until?: string;
}

const ACTION_FILTERS = ['clerk', 'login', 'action', 'subject', 'result', 'from', 'until'] as const;

export function readActionFilters(search: Search): ActionFilters {
  const filters: ActionFilters = {};
  for (const name of ACTION_FILTERS) {
    const value = search[name];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const isDay = name === 'from' || name === 'until';
    if (text && (!isDay || !Number.isNaN(Date.parse(text)))) filters[name] = text;
  }
  return filters;
}

export type FigureDays = (typeof figureDays)[number];

/** How many days the figures are of. */
export function readPeriod({ days }: Search): { days?: FigureDays } {
  const known = figureDays.find((one) => one === Number(days));
  return known ? { days: known } : {};
}
