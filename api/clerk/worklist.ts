import { z } from 'zod';
import { listWorklist } from '../../db/decisions/worklist';
import type { WorklistEntry } from '../../db/decisions/worklist';
import { readCaseNumber } from '../../domain/case-numbers';
import { documentTypeNames } from '../../domain/documents';
import { stuckCauses } from '../../domain/stuck';
import { JOURNEY_ID } from '../../platform/pseudonyms';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { readPlace, writePlace } from './list-place';

const entry = z
  .strictObject({
    journey: z.string(),
    cause: z.enum(stuckCauses),
    since: z.iso.datetime(),
    authority: z.string().describe('one of those whose clerks may decide, or `national`'),
    documentType: z.enum(documentTypeNames),
    caseNumber: z.string().optional().describe('办理编号, which the person can read out'),
    attemptsAskedAt: z.iso
      .datetime()
      .optional()
      .describe('when the person, who is locked out, asked for more attempts'),
    toDoId: z.string().optional().describe('the one that is stuck; without, the journey as a whole'),
    reviewer: z.string().optional().describe('the clerk whom a proposal waits for'),
  })
  .meta({ id: 'WorklistEntry' });

const page = z.strictObject({
  entries: z.array(entry),
  next: z.string().optional().describe('to be sent as `after` for the next page'),
});

/** Lists of what waits for clerks. */
export function worklistRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/worklist',
      summary: 'Journeys that wait for a clerk of this scope, who has waited longest first',
      audience: 'clerk',
      right: 'see',
      action: 'list-worklist',
      subject: ({ query: { cause, mine, caseNumber } }) => ({
        kind: 'search',
        id: [cause ?? 'any', ...(mine ? ['mine'] : []), ...(caseNumber ? ['case-number'] : [])].join(' '),
      }),
      query: z.strictObject({
        cause: z.enum(stuckCauses).optional(),
        mine: z.enum(['true']).optional().describe('only what waits for the review of the clerk who asks'),
        caseNumber: z
          .string()
          .max(40)
          .optional()
          .describe('as it was scanned or read out; finds that journey while it waits'),
        after: z.string().max(100).optional(),
      }),
      responses: { 200: { description: 'One page', schema: page } },
      async handle({ query: { cause, mine, caseNumber: typed, after }, clerk }) {
        const reviewer = mine && clerk.id;
        const caseNumber = typed === undefined ? undefined : numberOf(typed);
        const entries = await listWorklist(store.knex, {
          scope: clerk.scope,
          cause,
          reviewer,
          caseNumber,
          after: after === undefined ? undefined : readPlace(after, JOURNEY_ID),
        });
        const last = entries.at(-1);
        return {
          status: 200,
          body: {
            entries: entries.map(presentEntry),
            next: last && writePlace({ at: last.since, id: last.journey }),
          },
        };
      },
    }),
  ];
}

function presentEntry({
  since,
  toDoId,
  reviewer,
  caseNumber,
  attemptsAskedAt,
  ...rest
}: WorklistEntry): z.infer<typeof entry> {
  return {
    ...rest,
    since: since.toISOString(),
    ...(caseNumber && { caseNumber }),
    ...(attemptsAskedAt && { attemptsAskedAt: attemptsAskedAt.toISOString() }),
    ...(toDoId && { toDoId }),
    ...(reviewer && { reviewer }),
  };
}

function numberOf(typed: string): string {
  const number = readCaseNumber(typed);
  if (number === undefined)
    throw new ApiError('invalid', { issues: [{ path: 'query.caseNumber', code: 'case_number_wrong' }] });
  return number;
}
