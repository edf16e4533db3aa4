import { z } from 'zod';
import { listMattersForClerks, MATTERS_PAGE } from '../../db/matters/clerk-list';
import { matterStates } from '../../domain/matter-states';
import { matterKindNames } from '../../domain/roles';
import { MATTER_ID } from '../../platform/pseudonyms';
import { registryIdSchema } from '../../registry/registries';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { readPlace, writePlace } from './list-place';
import { authorityFilter, scopeWithin } from './scope-within';

const listed = z
  .strictObject({
    matter: z.string(),
    registry: z.string(),
    externalId: z.string(),
    version: z.number().int(),
    state: z.enum(matterStates),
    authority: z.string(),
    kind: z.enum(matterKindNames),
    entity: z.string().optional().describe('missing once the matter can’t be read any more'),
    pushedAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'ListedMatterForClerks' });

const page = z.strictObject({
  matters: z.array(listed),
  registries: z
    .array(z.strictObject({ id: z.string(), name: z.string() }))
    .describe('by which the list can be filtered'),
  next: z.string().optional().describe('to be sent as `after` for the next page; without, this is the last'),
});

const DAY = 24 * 3_600_000;

/** Matters by their state. */
export function matterListRoute({ store, registries }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/clerk/matters',
    summary: 'Versions of matters of this scope in one state, the last pushed first',
    audience: 'clerk',
    right: 'see',
    action: 'list-matters',
    query: z.strictObject({
      state: z.enum(matterStates).default('open'),
      authority: authorityFilter.optional(),
      registry: registryIdSchema.optional(),
      olderThanDays: z
        .string()
        .regex(/^[1-9]\d{0,3}$/)
        .optional()
        .describe('only those that were pushed so many days ago or earlier'),
      after: z.string().max(100).optional(),
    }),
    responses: { 200: { description: 'One page', schema: page } },
    async handle({ query: { state, authority, registry, olderThanDays, after }, clerk, now }) {
      const rows = await listMattersForClerks(store, {
        ...{ scope: scopeWithin(clerk.scope, authority), state, registry },
        ...(olderThanDays && { pushedUntil: new Date(now.getTime() - Number(olderThanDays) * DAY) }),
        ...(after !== undefined && { after: readPlace(after, MATTER_ID) }),
      });
      const last = rows.length === MATTERS_PAGE ? rows.at(-1) : undefined;
      return {
        status: 200,
        body: {
          matters: rows.map(({ id: matter, pushedAt, decidedAt, ...row }) => ({
            ...{ ...row, matter, pushedAt: pushedAt.toISOString() },
            ...(decidedAt && { decidedAt: decidedAt.toISOString() }),
          })),
          registries: registries.all.map(({ id, name }) => ({ id, name })),
          ...(last && { next: writePlace({ at: last.pushedAt, id: last.id }) }),
        },
      };
    },
  });
}
