import { z } from 'zod';
import { listEvents, MOST_EVENTS } from '../../db/matters/events';
import { evidenceKinds } from '../../domain/decisions';
import { flagKinds } from '../../domain/flags';
import { matterEvents } from '../../domain/matter-states';
import { confirmationRejections } from '../../domain/refusals';
import { roleNames } from '../../domain/roles';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { mayGrow } from '../extensible';

/** An event about a matter, as its callback tells it (callbacks.ts), without the checkpoint. */
const eventSchema = z
  .strictObject({
    deliveryId: z.uuid().describe('the same in the callback and in the feed'),
    event: mayGrow(matterEvents),
    occurredAt: z.iso.datetime(),
    matter: z.strictObject({ externalId: z.string(), version: z.number().int() }),
    persons: z
      .array(
        z.strictObject({
          reference: z.string(),
          roles: z.array(mayGrow(roleNames)),
          flags: z.array(mayGrow(flagKinds)).optional(),
        }),
      )
      .optional()
      .describe('whom it is about'),
    flags: z.array(mayGrow(flagKinds)).optional(),
    reason: mayGrow(confirmationRejections).optional().describe('of a refusal'),
    evidence: z.string().optional().describe('the number of the evidence of a confirmation'),
    evidenceKind: mayGrow(evidenceKinds).optional(),
    portraitUntil: z.iso
      .datetime()
      .optional()
      .describe('of a confirmation whose portrait may be archived: until when it can be fetched'),
  })
  .meta({ id: 'MatterEvent' });

const page = z.strictObject({
  events: z.array(eventSchema.extend({ position: z.number().int() }).meta({ id: 'FedEvent' })),
  next: z.string().describe('to be sent as `after`: for the next page now, for new events later'),
});

/** All events of a registration system, so that one that has lost callbacks catches up. */
export function eventRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/registry/events',
    summary:
      'Every event about your matters, in one order without gaps; `matter.withdrawn` and `matter.superseded`, which you brought about, stand only here',
    audience: 'registration-system',
    query: z.strictObject({
      after: z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number)
        .default(0)
        .describe('`next` of the page before, or the position of the last event that you have'),
      limit: z
        .string()
        .regex(/^\d{1,3}$/)
        .transform(Number)
        .pipe(z.number().min(1).max(MOST_EVENTS))
        .default(100),
    }),
    responses: { 200: { description: 'One page; without events there is nothing new', schema: page } },
    async handle({ query, sender: { registry } }) {
      const events = await listEvents(store, registry.id, query);
      return { status: 200, body: { events, next: String(events.at(-1)?.position ?? query.after) } };
    },
  });
}
