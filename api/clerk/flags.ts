import { z } from 'zod';
import { listFlags, reviewFlag } from '../../db/flags/reviews';
import type { FlagView } from '../../db/flags/reviews';
import { flagKinds, flagSeverities, flagVerdicts } from '../../domain/flags';
import { matterKindNames, roleNames } from '../../domain/roles';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const PAGE = 50;

const flag = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(flagKinds),
    severity: z.enum(flagSeverities).describe('`severe` holds the matter until it is reviewed'),
    raisedAt: z.iso.datetime(),
    reviewedAt: z.iso.datetime().optional(),
    reviewedBy: z.string().optional(),
    verdict: z.enum(flagVerdicts).optional(),
    matter: z.strictObject({
      id: z.string(),
      registry: z.string(),
      externalId: z.string(),
      version: z.number().int(),
      authority: z.string(),
      kind: z.enum(matterKindNames),
    }),
    toDoId: z.string(),
    journeyId: z.string().optional(),
    reference: z.string().describe("the registration system's own id of the person"),
    roles: z.array(z.enum(roleNames)),
  })
  .meta({ id: 'Flag' });

const flagId = z.strictObject({ flag: z.uuid() });

/** Flags on confirmations that may have been made by somebody else, and their reviews. */
export function flagRoutes({ store, matters }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/flags',
      summary: 'Flags on confirmations of this scope, newest first',
      audience: 'clerk',
      right: 'see',
      action: 'list-flags',
      query: z.strictObject({
        open: z.enum(['true']).optional().describe('only those that nobody has reviewed'),
        after: z.uuid().optional().describe('the last flag of the page before'),
      }),
      responses: { 200: { description: 'One page', schema: z.strictObject({ flags: z.array(flag) }) } },
      async handle({ query: { open, after }, clerk }) {
        const flags = await listFlags(store.knex, {
          authorities: clerk.scope,
          openOnly: open !== undefined,
          after,
          limit: PAGE,
        });
        return { status: 200, body: { flags: flags.map(presentFlag) } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/flags/:flag/review',
      summary: 'Clear a flag, or uphold it: that refuses the confirmation',
      audience: 'clerk',
      right: 'review',
      action: 'review-flag',
      subject: ({ params }) => ({ kind: 'flag', id: params.flag }),
      params: flagId,
      body: z.strictObject({ verdict: z.enum(flagVerdicts) }),
      errors: ['flag_reviewed'],
      responses: { 204: { description: 'Reviewed' } },
      async handle({ params, body: { verdict }, clerk, now }) {
        const review = { flag: params.flag, clerk: clerk.id, verdict, authorities: clerk.scope };
        const reviewed = await reviewFlag(store, review, now);
        if ('rejected' in reviewed) {
          throw new ApiError(reviewed.rejected === 'flag_unknown' ? 'not_found' : reviewed.rejected);
        }
        for (const { id } of reviewed.matters) await matters.reevaluate(id);
        return { status: 204 };
      },
    }),
  ];
}

function presentFlag({
  raisedAt,
  reviewedAt,
  reviewedBy,
  verdict,
  journeyId,
  ...rest
}: FlagView): z.infer<typeof flag> {
  return {
    ...rest,
    raisedAt: raisedAt.toISOString(),
    ...(reviewedAt && { reviewedAt: reviewedAt.toISOString() }),
    ...(reviewedBy && { reviewedBy }),
    ...(verdict && { verdict }),
    ...(journeyId && { journeyId }),
  };
}
