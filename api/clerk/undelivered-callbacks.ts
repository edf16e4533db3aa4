import { z } from 'zod';
import { listUndelivered, replayCallbacks } from '../../db/matters/undelivered';
import { undeliveredCauses } from '../../domain/deliveries';
import { MATTER_ID } from '../../platform/pseudonyms';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { readPlace, writePlace } from './list-place';

const page = z.strictObject({
  matters: z.array(
    z
      .strictObject({
        matter: z.string(),
        registry: z.string(),
        externalId: z.string(),
        version: z.number().int(),
        authority: z.string(),
        cause: z
          .enum(undeliveredCauses)
          .describe(
            '`not-acknowledged`: one waits for seven days and is still repeated; `receiver-gone`: the registration system answered 410, and nothing is sent before a replay',
          ),
        since: z.iso.datetime().describe('when the oldest of these callbacks happened'),
        callbacks: z.number().int().describe('how many were not acknowledged'),
      })
      .meta({ id: 'UndeliveredCallbacks' }),
  ),
  next: z.string().optional().describe('to be sent as `after` for the next page'),
});

/** Matters whose registration system does not learn what happened to them. */
export function undeliveredCallbackRoutes({ store, matters }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/undelivered-callbacks',
      summary: 'Matters of this scope whose callbacks do not arrive, the oldest first',
      audience: 'clerk',
      right: 'see',
      action: 'list-undelivered-callbacks',
      query: z.strictObject({ after: z.string().max(100).optional() }),
      responses: { 200: { description: 'One page', schema: page } },
      async handle({ query: { after }, clerk: { scope }, now }) {
        const place = after === undefined ? undefined : readPlace(after, MATTER_ID);
        const entries = await listUndelivered(store.knex, { scope, after: place }, now);
        const last = entries.at(-1);
        return {
          status: 200,
          body: {
            matters: entries.map((entry) => ({ ...entry, since: entry.since.toISOString() })),
            ...(last && { next: writePlace({ at: last.since, id: last.matter }) }),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/undelivered-callbacks/:matter/replay',
      summary: 'Send the callbacks of a matter again, at once and in their order, also after a 410',
      audience: 'clerk',
      right: 'decide',
      action: 'replay-callbacks',
      subject: ({ params }) => ({ kind: 'matter', id: params.matter }),
      params: z.strictObject({ matter: z.string().regex(MATTER_ID) }),
      body: z.strictObject({}),
      responses: { 204: { description: 'They are being sent' } },
      async handle({ params: { matter }, clerk: { scope } }) {
        if (!(await replayCallbacks(store, matter, scope))) throw new ApiError('not_found');
        await matters.replay(matter);
        return { status: 204 };
      },
    }),
  ];
}
