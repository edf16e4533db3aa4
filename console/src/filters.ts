import { NATIONAL, SCOPE_FORM } from '../../domain/clerks';
import { figureDays } from '../../domain/figures';
import { matterStates } from '../../domain/matter-states';
import type { MatterState } from '../../domain/matter-states';

/** What the addresses of the pages carry. A value that can't be is left out. */
export type Search = Record<string, unknown>;

/** The router reads digits as a number. */
export function textIn(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
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
    const text = textIn(search[name]);
    const isDay = name === 'from' || name === 'until';
    if (text && (!isDay || !Number.isNaN(Date.parse(text)))) filters[name] = text;
  }
  return filters;
}

/** Of the list of matters. */
export interface MatterFilters {
  state?: MatterState;
  authority?: string;
  registry?: string;
  olderThanDays?: number;
}

export function readMatterFilters(search: Search): MatterFilters {
  const state = matterStates.find((one) => one === search.state);
  const [authority, registry] = [textIn(search.authority), textIn(search.registry)];
  const days = Number(textIn(search.olderThanDays));
  return {
    ...(state && { state }),
    ...(authority !== NATIONAL && SCOPE_FORM.test(authority) && { authority }),
    ...(registry && { registry }),
    ...(Number.isInteger(days) && days > 0 && days < 10_000 && { olderThanDays: days }),
  };
}

export type FigureDays = (typeof figureDays)[number];

/** How many days the figures are of. */
export function readPeriod({ days }: Search): { days?: FigureDays } {
  const known = figureDays.find((one) => one === Number(days));
  return known ? { days: known } : {};
}
