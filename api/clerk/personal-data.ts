import { z } from 'zod';
import { portraitsOfVisit } from '../../db/attempts/portraits';
import { nameOf, pendingProposal, seenOf } from '../../db/decisions/decisions';
import { personOf } from '../../db/journeys/journeys';
import { lookReasons } from '../../domain/looks';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { journeyId } from '../journeys/command-route';
import { foundJourney } from './found-journey';

/** The body of every request for personal data in full. */
export const lookBody = z.strictObject({ reason: z.enum(lookReasons) });

const fullPerson = z
  .strictObject({
    person: z
      .strictObject({
        name: z.string(),
        enteredAs: z.string().optional().describe('before clerks corrected the written form'),
        number: z.string(),
        validUntil: z.string().optional(),
      })
      .optional()
      .describe('not there once it was deleted'),
    proposedName: z.string().optional().describe('of the proposal that waits for a review'),
    proposedValidUntil: z
      .string()
      .optional()
      .describe('the last day on the document that its proposer has seen, or `no-end`'),
  })
  .meta({ id: 'FullPerson' });

const portrait = z
  .strictObject({
    check: z.enum(['identity-face', 'matter-face']),
    takenAt: z.iso.datetime(),
    mediaType: z.enum(['image/jpeg', 'image/png']),
    image: z.base64().optional().describe('not there once it was deleted'),
    sha256: z.string(),
    archivedAt: z.iso.datetime().optional().describe('when the registration system had filed it'),
  })
  .meta({ id: 'ClerkPortrait' });

const subject = ({ params: { id } }: { params: z.output<typeof journeyId> }) => ({
  kind: 'journey' as const,
  id,
});

/**
 * The personal data of a journey in full, for a reason that is recorded. Both are POST: the reason is in the body, and no cache, history or
 * log keeps what a GET would name.
 */
export function personalDataRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/clerk/journeys/:id/person',
      summary: 'The person of a journey in full, for a reason',
      audience: 'clerk',
      right: 'see-persons',
      action: 'show-person',
      subject,
      params: journeyId,
      body: lookBody,
      responses: { 200: { description: 'The person', schema: fullPerson } },
      async handle({ params, body: { reason }, clerk, audit }) {
        audit.reason = reason;
        const { journey } = await foundJourney(store.knex, params.id, clerk);
        const person = await personOf(store, store.knex, journey);
        const pending = await pendingProposal(store.knex, journey.id);
        const proposedName = pending && (await nameOf(store, store.knex, pending));
        const seen = pending && (await seenOf(store, store.knex, pending));
        const { name, enteredAs, number, validUntil } = person ?? {};
        return {
          status: 200,
          body: {
            ...(name !== undefined &&
              number !== undefined && { person: { name, enteredAs, number, validUntil } }),
            proposedName,
            proposedValidUntil: seen?.validUntil,
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/journeys/:id/portraits',
      summary: 'The pictures of the face checks of a visit, for a reason',
      audience: 'clerk',
      right: 'see-persons',
      action: 'show-portraits',
      subject,
      params: journeyId,
      body: lookBody,
      responses: {
        200: { description: 'The pictures', schema: z.strictObject({ portraits: z.array(portrait) }) },
      },
      async handle({ params, body: { reason }, clerk, audit, now }) {
        audit.reason = reason;
        const { journey } = await foundJourney(store.knex, params.id, clerk);
        const portraits = await portraitsOfVisit(store, journey, now);
        return {
          status: 200,
          body: {
            portraits: portraits.map(({ check, takenAt, mediaType, sha256, image, archivedAt }) => ({
              ...{ check, takenAt: takenAt.toISOString(), mediaType, sha256 },
              image: image?.toString('base64'),
              archivedAt: archivedAt?.toISOString(),
            })),
          },
        };
      },
    }),
  ];
}
