import { z } from 'zod';
import { findByLogin } from '../../db/clerks/clerks';
import type { ActionFilter } from '../../db/clerks/action-search';
import type { Subject } from '../../db/clerks/actions';
import type { Db } from '../../db/store/store';
import { LOGIN } from '../../domain/clerks';

const code = z.string().regex(/^[a-z][a-z_-]{1,39}$/, 'wrong_form');

/** A search of the record of actions, as a query. */
export const actionFilter = z.strictObject({
  clerk: z.uuid().optional().describe('who acted'),
  login: z.string().regex(LOGIN, 'login_form').optional().describe('the same, by the name for signing in'),
  action: code.optional(),
  subject: z
    .string()
    .regex(/^[\w. -]{1,129}$/, 'wrong_form')
    .optional()
    .describe('the id of what it was about; of a matter, its registration system and its id there'),
  result: code.optional(),
  from: z.iso.datetime().optional().describe('the earliest time'),
  until: z.iso.datetime().optional().describe('this time, and what is later, is left out'),
});

/** @returns undefined if there is no such clerk: nothing fits then */
export async function readActionFilter(
  db: Db,
  { clerk, login, action, subject, result, from, until }: z.output<typeof actionFilter>,
): Promise<ActionFilter | undefined> {
  const named = login === undefined ? undefined : await findByLogin(db, login);
  if (login !== undefined && (named === undefined || (clerk !== undefined && clerk !== named)))
    return undefined;
  return {
    ...{ clerk: named ?? clerk, action, subject, result },
    from: from === undefined ? undefined : new Date(from),
    until: until === undefined ? undefined : new Date(until),
  };
}

/** A search as it is recorded: what was searched for, as it stands in the query, which may hold ids and codes only. */
export function subjectOfSearch({
  query,
}: {
  query: Record<string, string | number | undefined>;
}): Subject | undefined {
  const terms = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) terms.set(name, String(value));
  return terms.size > 0 ? { kind: 'search', id: terms.toString() } : undefined;
}
