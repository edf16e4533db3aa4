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

export interface ActionFilters {
  clerk?: string;
  subject?: string;
}

export function readActionFilters({ clerk, subject }: Search): ActionFilters {
  return {
    ...(textIn(clerk) && { clerk: textIn(clerk) }),
    ...(textIn(subject) && { subject: textIn(subject) }),
  };
}
