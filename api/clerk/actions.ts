import { z } from 'zod';
import { searchActions } from '../../db/clerks/action-search';
import type { PlaceInActions } from '../../db/clerks/action-search';
import { lookReasons } from '../../domain/looks';
import { flagReasons } from '../../domain/flag-reasons';
import { reasonCodes } from '../../domain/reasons';
import { placesInLog } from '../../db/log/places';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { actionFilter, readActionFilter, subjectOfSearch } from './action-filter';

const AT_ONCE = 100;

const action = z
  .strictObject({
    id: z.number(),
    clerk: z.uuid().optional(),
    operator: z.string().optional().describe('who decided where no clerk could be reached'),
    login: z.string().optional(),
    action: z.string(),
    subject: z.strictObject({ kind: z.string(), id: z.string() }).optional(),
    result: z.string().describe('`done`, or the code of the refusal'),
    reason: z
      .enum([...lookReasons, ...reasonCodes, ...flagReasons])
      .optional()
      .describe('why personal data was looked at, or why something was decided'),
    requestId: z.uuid(),
    at: z.iso.datetime(),
    commitment: z.string().describe('of its record as it is now: what the transparency log has to hold'),
    inLog: z
      .union([z.number().int(), z.enum(['waiting', 'missing'])])
      .describe('its leaf; `waiting` for a leaf; or `missing` if the record is not what was logged'),
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
      query: actionFilter.extend({
        after: z.string().max(40).optional().describe('`next` of the page before'),
      }),
      subject: subjectOfSearch,
      responses: {
        200: {
          description: 'A page',
          schema: z.strictObject({
            actions: z.array(action),
            next: z.string().optional().describe('to be sent as `after`; without, this is the last page'),
          }),
        },
      },
      async handle({ query: { after: place, ...asked } }) {
        const after = place === undefined ? undefined : readPlace(place);
        const filter = await readActionFilter(store.knex, asked);
        const found = filter ? await searchActions(store.knex, { filter, after }, AT_ONCE) : [];
        const places = await placesInLog(
          store.knex,
          'clerk-action',
          found.map(({ commitment }) => commitment),
        );
        const actions = found.map((one, index) => ({
          ...one,
          at: one.at.toISOString(),
          inLog: places[index] ?? ('missing' as const),
        }));
        const last = found.length === AT_ONCE ? found.at(-1) : undefined;
        return {
          status: 200,
          body: { actions, ...(last && { next: `${last.at.getTime()}.${last.id}` }) },
        };
      },
    }),
  ];
}

function readPlace(after: string): PlaceInActions {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(after) ?? [];
  if (!at || !id) throw new ApiError('invalid', { issues: [{ path: 'query.after', code: 'wrong_form' }] });
  return { at: new Date(Number(at)), id: Number(id) };
}
