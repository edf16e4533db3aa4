import { z } from 'zod';
import { listMatters } from '../../db/matters/listing';
import { matterStates } from '../../domain/matter-states';
import { matterKindNames } from '../../domain/roles';
import { MATTER_ID } from '../../platform/pseudonyms';
import { readPlace, writePlace } from '../clerk/list-place';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { mayGrow } from '../extensible';

const page = z.strictObject({
  matters: z.array(
    z
      .strictObject({
        externalId: z.string(),
        version: z.number().int(),
        state: z.enum(matterStates),
        authority: z.string(),
        kind: mayGrow(matterKindNames),
        pushedAt: z.iso.datetime(),
        decidedAt: z.iso.datetime().optional().describe('when it left the state `open`'),
      })
      .meta({ id: 'ListedMatter' }),
  ),
  next: z.string().optional().describe('to be sent as `after` for the next page'),
});

/** The matters that a registration system has pushed. */
export function matterListRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/registry/matters',
    summary: 'Your matters, every version by itself, in the order in which they were pushed',
    audience: 'registration-system',
    query: z.strictObject({
      state: z.enum(matterStates).optional(),
      since: z.iso
        .datetime()
        .transform((at) => new Date(at))
        .optional()
        .describe('only those that were pushed at this time or later'),
      after: z.string().max(100).optional().describe('`next` of the page before'),
      limit: z
        .string()
        .regex(/^\d{1,3}$/)
        .transform(Number)
        .pipe(z.number().min(1).max(500))
        .default(100),
    }),
    responses: { 200: { description: 'One page', schema: page } },
    async handle({ query: { after, ...wanted }, sender: { registry } }) {
      const place = after === undefined ? undefined : readPlace(after, MATTER_ID);
      const matters = await listMatters(store.knex, registry.id, { ...wanted, after: place });
      const last = matters.at(-1);
      return {
        status: 200,
        body: {
          matters: matters.map(({ externalId, version, state, authority, kind, pushedAt, decidedAt }) => ({
            ...{ externalId, version, state, authority, kind },
            pushedAt: pushedAt.toISOString(),
            ...(decidedAt && { decidedAt: decidedAt.toISOString() }),
          })),
          ...(last && { next: writePlace({ at: last.pushedAt, id: last.id }) }),
        },
      };
    },
  });
}
