import { z } from 'zod';
import { causesOfFlag } from '../../db/flags/causes';
import { listFlags, reviewFlag } from '../../db/flags/reviews';
import type { FlagView } from '../../db/flags/reviews';
import { flagReasons, flagReasonsFor } from '../../domain/flag-reasons';
import { flagKinds, flagSeverities, flagVerdicts, sharedThings } from '../../domain/flags';
import { matterKindNames, roleNames } from '../../domain/roles';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const PAGE = 50;

export const flag = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(flagKinds),
    severity: z.enum(flagSeverities).describe('`severe` holds the matter until it is reviewed'),
    raisedAt: z.iso.datetime(),
    reviewedAt: z.iso.datetime().optional(),
    reviewedBy: z.string().optional(),
    verdict: z.enum(flagVerdicts).optional(),
    reason: z.enum(flagReasons).optional().describe('of the verdict; missing in earlier ones'),
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

const page = z.strictObject({
  flags: z.array(flag),
  next: z.uuid().optional().describe('to be sent as `after` for the next page; without, this is the last'),
});

const time = z.iso.datetime();

const causes = z
  .strictObject({
    flag,
    sightings: z
      .array(
        z.strictObject({
          kind: z.enum(sharedThings),
          thing: z.number().int().describe('which device, account or picture, numbered'),
          person: z.number().int().describe('numbered; 1 is the person of the flag'),
          checks: z.number().int(),
          firstAt: time,
          lastAt: time,
          journeyId: z.string().optional().describe('if this clerk may see it'),
        }),
      )
      .describe('who was checked with the same device, by the same account or with the same picture'),
    checks: z
      .array(
        z.strictObject({
          purpose: z.enum(['identity-face', 'matter-face']),
          at: time,
          score: z.number().optional().describe('0 to 100'),
          isAttack: z.boolean().describe('whether the vendor reported an attack'),
        }),
      )
      .describe('face checks of the person, newest first'),
  })
  .meta({ id: 'FlagCauses' });

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
        after: z.uuid().optional().describe('`next` of the page before'),
      }),
      responses: { 200: { description: 'One page', schema: page } },
      async handle({ query: { open, after }, clerk }) {
        const flags = await listFlags(store.knex, {
          authorities: clerk.scope,
          openOnly: open !== undefined,
          after,
          // One more than is shown tells whether there is a next page.
          limit: PAGE + 1,
        });
        const shown = flags.slice(0, PAGE);
        const last = flags.length > PAGE ? shown.at(-1) : undefined;
        return {
          status: 200,
          body: { flags: shown.map(presentFlag), ...(last && { next: last.id }) },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/flags/:flag',
      summary: 'What raised a flag, as far back as a year: who shares a device, an account or a picture',
      audience: 'clerk',
      right: 'see',
      action: 'show-flag',
      subject: ({ params }) => ({ kind: 'flag', id: params.flag }),
      params: flagId,
      responses: { 200: { description: 'The flag and its causes', schema: causes } },
      async handle({ params: { flag: id }, clerk: { scope } }) {
        const wanted = { authorities: scope, openOnly: false, id, limit: 1 };
        const [found] = await listFlags(store.knex, wanted);
        if (!found) throw new ApiError('not_found');
        const { sightings, checks } = await causesOfFlag(store.knex, found, scope);
        return {
          status: 200,
          body: {
            flag: presentFlag(found),
            sightings: sightings.map(({ firstAt, lastAt, ...seen }) => ({
              ...{ ...seen, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() },
            })),
            checks: checks.map(({ at, ...check }) => ({ ...check, at: at.toISOString() })),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/flags/:flag/review',
      summary: 'Clear a flag, or uphold it: that refuses the confirmation',
      audience: 'clerk',
      right: 'review',
      action: 'review-flag',
      reauthenticated: true,
      subject: ({ params }) => ({ kind: 'flag', id: params.flag }),
      params: flagId,
      body: z.strictObject({
        verdict: z.enum(flagVerdicts),
        reason: z.enum(flagReasons).describe('one of those for this verdict'),
      }),
      errors: ['flag_reviewed', 'reason_unsuitable'],
      responses: { 204: { description: 'Reviewed' } },
      async handle({ params, body: { verdict, reason }, clerk, audit, now }) {
        audit.reason = reason;
        if (!flagReasonsFor(verdict).includes(reason)) throw new ApiError('reason_unsuitable');
        const review = { flag: params.flag, clerk: clerk.id, verdict, reason, authorities: clerk.scope };
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

export function presentFlag({
  raisedAt,
  reviewedAt,
  reviewedBy,
  verdict,
  reason,
  journeyId,
  ...rest
}: FlagView): z.infer<typeof flag> {
  return {
    ...rest,
    raisedAt: raisedAt.toISOString(),
    ...(reviewedAt && { reviewedAt: reviewedAt.toISOString() }),
    ...(reviewedBy && { reviewedBy }),
    ...(verdict && { verdict }),
    ...(reason && { reason }),
    ...(journeyId && { journeyId }),
  };
}
