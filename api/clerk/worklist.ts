import { z } from 'zod';
import { namesOf } from '../../db/clerks/clerks';
import type { Clerk } from '../../db/clerks/clerks';
import { claimNext } from '../../db/decisions/claims';
import { countWorklist, listWorklist, WORKLIST_PAGE } from '../../db/decisions/worklist';
import type { PlaceInWorklist, WorklistFilter } from '../../db/decisions/worklist';
import { readCaseNumber } from '../../domain/case-numbers';
import { stuckCauses } from '../../domain/stuck';
import { assigneeGroups, dueStates, NOBODY, priorities } from '../../domain/worklist';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { RETRY_AFTER_S } from '../journeys/send-command';
import { authorityFilter, scopeWithin } from './scope-within';
import { clerksIn, namedClerks, presentEntry, worklistEntry } from './worklist-entry';

const page = z.strictObject({
  entries: z.array(worklistEntry),
  clerks: namedClerks,
  next: z.string().optional().describe('to be sent as `after` for the next page; without, this is the last'),
});

/** A filter of the worklist, as a query and in saved views. */
export const worklistFilter = z.strictObject({
  cause: z.enum(stuckCauses).optional(),
  authority: authorityFilter.optional(),
  assigned: z
    .union([z.enum(['me', 'nobody', ...assigneeGroups]), z.uuid()])
    .optional()
    .describe('a clerk, or the group that it was passed to'),
  mine: z.enum(['true']).optional().describe('only what waits for the review of the clerk who asks'),
  due: z.enum(dueStates).optional(),
  waitingHours: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .optional()
    .describe('only what has waited for a clerk for so many hours'),
  snoozed: z.enum(['true']).optional().describe('what was put off, instead of all others'),
});

const HOUR = 3_600_000;

/** Lists of what waits for clerks. */
export function worklistRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/worklist',
      summary: 'Journeys that wait for a clerk of this scope, by priority and then who has waited longest',
      audience: 'clerk',
      right: 'see',
      action: 'list-worklist',
      subject: ({ query }) => ({ kind: 'search', id: searchOf(query) }),
      query: worklistFilter.extend({
        caseNumber: z
          .string()
          .max(40)
          .optional()
          .describe('as it was scanned or read out; finds that journey while it waits'),
        after: z.string().max(100).optional(),
      }),
      responses: { 200: { description: 'One page', schema: page } },
      async handle({ query, clerk, now }) {
        const { caseNumber: typed } = query;
        const asked = readWorklistFilter(query, clerk, now);
        const filter = {
          ...asked.filter,
          caseNumber: typed === undefined ? undefined : numberOf(typed),
        };
        const { scope } = asked;
        const after = query.after === undefined ? undefined : readPlace(query.after);
        const rows = await listWorklist(store.knex, { scope, filter, after }, now);
        const last = rows.length === WORKLIST_PAGE ? rows.at(-1) : undefined;
        return {
          status: 200,
          body: {
            entries: rows.map((row) => presentEntry(row, clerk.id, now)),
            clerks: await namesOf(store.knex, clerksIn(rows)),
            ...(last && { next: `${last.priority}.${last.since.getTime()}.${last.journey_id}` }),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/worklist/counts',
      summary: 'How many journeys wait with each cause',
      audience: 'clerk',
      right: 'see',
      action: 'count-worklist',
      query: worklistFilter.pick({ authority: true }),
      responses: {
        200: {
          description: 'Causes with no journey are not named',
          schema: z.strictObject({
            counts: z.array(
              z.strictObject({
                cause: z.enum(stuckCauses),
                count: z.number().int(),
                overdue: z.number().int().describe('of these'),
              }),
            ),
          }),
        },
      },
      async handle({ query: { authority }, clerk, now }) {
        const counts = await countWorklist(store.knex, scopeWithin(clerk.scope, authority), now);
        return { status: 200, body: { counts } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/worklist/next',
      summary:
        'Claim the first journey on which nobody works, in the order of the list and whatever its filter',
      audience: 'clerk',
      right: 'decide',
      action: 'claim-next',
      body: z.strictObject({}),
      errors: ['busy'],
      responses: {
        200: { description: 'Claimed', schema: z.strictObject({ journey: z.string() }) },
        204: { description: 'Nothing waits' },
      },
      async handle({ clerk, audit, now }) {
        const { journey, rejected } = await claimNext(store.knex, clerk, now);
        if (rejected) throw new ApiError(rejected, { retryAfter: RETRY_AFTER_S });
        if (journey === undefined) return { status: 204 };
        audit.subject = { kind: 'journey', id: journey };
        return { status: 200, body: { journey } };
      },
    }),
  ];
}

/** A filter as the database takes it, for this clerk. @throws ApiError where it asks for what is outside of the scope */
export function readWorklistFilter(
  { cause, due, snoozed, assigned, mine, waitingHours, authority }: z.output<typeof worklistFilter>,
  clerk: Pick<Clerk, 'id' | 'scope'>,
  now: Date,
): { scope: readonly string[]; filter: WorklistFilter } {
  return {
    scope: scopeWithin(clerk.scope, authority),
    filter: {
      ...{ cause, due, snoozed: snoozed !== undefined, reviewer: mine && clerk.id },
      assignee: assigned === 'nobody' ? NOBODY : assigned === 'me' ? clerk.id : assigned,
      waitingSince:
        waitingHours === undefined ? undefined : new Date(now.getTime() - Number(waitingHours) * HOUR),
    },
  };
}

/** What was asked for, as it is recorded: a case number is not, because it names one person. */
function searchOf({
  cause,
  caseNumber,
  ...others
}: z.output<typeof worklistFilter> & { caseNumber?: string; after?: string }): string {
  const { mine, snoozed, ...valued } = { ...others, after: undefined };
  return [
    cause ?? 'any',
    ...(mine ? ['mine'] : []),
    ...(snoozed ? ['snoozed'] : []),
    ...(caseNumber === undefined ? [] : ['case-number']),
    ...Object.entries(valued).flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value}`])),
  ].join(' ');
}

function readPlace(after: string): PlaceInWorklist {
  const [, place, since, journey] = /^([0-4])\.(\d{1,15})\.(journey-[0-9a-f]{32})$/.exec(after) ?? [];
  const priority = priorities.find((one) => String(one) === place);
  if (priority === undefined || !since || !journey)
    throw new ApiError('invalid', { issues: [{ path: 'query.after', code: 'wrong_form' }] });
  return { priority, since: new Date(Number(since)), journey };
}

function numberOf(typed: string): string {
  const number = readCaseNumber(typed);
  if (number === undefined)
    throw new ApiError('invalid', { issues: [{ path: 'query.caseNumber', code: 'case_number_wrong' }] });
  return number;
}
