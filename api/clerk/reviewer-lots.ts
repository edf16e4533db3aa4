import { z } from 'zod';
import { listReviewerLots } from '../../db/decisions/reviewer-lots';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const lot = z
  .strictObject({
    proposal: z.string(),
    rule: z.number().int().describe('version of the rule, see docs/operations.md'),
    candidates: z.array(z.uuid()).describe('all clerks who might review it, in ascending order'),
    seed: z.string().describe('256 random bits in hex'),
    picked: z.uuid(),
    keptFrom: z.string().optional().describe('the earlier proposal whose reviewer was kept'),
    drawnAt: z.iso.datetime({ precision: 3 }),
  })
  .meta({ id: 'ReviewerLot' });

/** How reviewers were picked, for auditors, who can compute it again. */
export function reviewerLotRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/proposals/:proposal/reviewer-lots',
      summary: 'How the reviewer of a proposal was picked',
      audience: 'clerk',
      right: 'see-actions',
      action: 'show-reviewer-lots',
      subject: ({ params }) => ({ kind: 'proposal', id: params.proposal }),
      params: z.strictObject({ proposal: z.string().regex(/^[0-9a-f]{64}$/) }),
      responses: {
        200: {
          description:
            'The lots for the same person and matter of the 24 hours before it, in the order in which they were drawn, and its own at the end',
          schema: z.strictObject({ lots: z.array(lot) }),
        },
      },
      async handle({ params: { proposal } }) {
        const lots = await listReviewerLots(store.knex, proposal);
        if (lots.length === 0) throw new ApiError('not_found');
        return {
          status: 200,
          body: {
            lots: lots.map(({ keptFrom, drawnAt, ...drawn }) => ({
              ...drawn,
              ...(keptFrom && { keptFrom }),
              drawnAt: drawnAt.toISOString(),
            })),
          },
        };
      },
    }),
  ];
}
