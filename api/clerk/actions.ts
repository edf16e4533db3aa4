import { z } from 'zod';
import { listActions } from '../../db/clerks/actions';
import type { Subject } from '../../db/clerks/actions';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

const AT_ONCE = 100;

/** A search as it is recorded: what was searched for, as it stands in the query, which may hold ids and codes only. */
function subjectOfSearch({
  query,
}: {
  query: Record<string, string | number | undefined>;
}): Subject | undefined {
  const terms = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) terms.set(name, String(value));
  return terms.size > 0 ? { kind: 'search', id: terms.toString() } : undefined;
}

const action = z
  .strictObject({
    id: z.number(),
    clerk: z.uuid().optional(),
    operator: z.string().optional().describe('who decided where no clerk could be reached'),
    login: z.string().optional(),
    action: z.string(),
    subject: z.strictObject({ kind: z.string(), id: z.string() }).optional(),
    result: z.string().describe('`done`, or the code of the refusal'),
    requestId: z.uuid(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'ClerkAction' });

/** The record of what clerks did, for auditors. */
export function actionRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/actions',
      summary: `The record of what clerks did, newest first, ${AT_ONCE} at once`,
      audience: 'clerk',
      right: 'see-actions',
      action: 'search-actions',
      query: z.strictObject({
        clerk: z.uuid().optional().describe('who acted'),
        subject: z
          .string()
          .regex(/^[\w. -]{1,129}$/, 'wrong_form')
          .optional()
          .describe('the id of what it was about; of a matter, its registration system and its id there'),
        before: z.coerce.number().int().positive().optional().describe('the last id of the page before'),
      }),
      subject: subjectOfSearch,
      responses: {
        200: { description: 'A page', schema: z.strictObject({ actions: z.array(action) }) },
      },
      async handle({ query }) {
        const actions = await listActions(store.knex, query, AT_ONCE);
        return {
          status: 200,
          body: { actions: actions.map((one) => ({ ...one, at: one.at.toISOString() })) },
        };
      },
    }),
  ];
}
