import { z } from 'zod';
import { acknowledgeArchived, findArchivable } from '../../db/attempts/archiving';
import { recordViews } from '../../db/evidence/views';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { evidenceNumberSchema, externalIdSchema } from './matter-schema';

const acknowledged = z.strictObject({
  version: z.number().int().min(1),
  evidence: z
    .array(evidenceNumberSchema)
    .min(1)
    .max(2000)
    .describe('the numbers of the evidence, as `confirmation.confirmed` names them'),
});

/** Portraits for the registration file, of persons who have consented to that. */
export function portraitRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/registry/matters/:externalId/portraits/:evidence',
      summary:
        'The portrait of a confirmation, where the person has consented to its archiving: until it is archived, 72 hours at most. Each call is recorded',
      audience: 'registration-system',
      params: z.strictObject({ externalId: externalIdSchema, evidence: evidenceNumberSchema }),
      responses: {
        200: {
          description:
            'JPEG or PNG, with its SHA-256 in Content-Digest (RFC 9530), which the evidence names too',
          mediaType: 'image/*',
        },
      },
      async handle({ params: { externalId, evidence }, sender: { registry }, now }) {
        const found = await findArchivable(store, { registry: registry.id, externalId, evidence }, now);
        if ('refused' in found) throw new ApiError('not_found', { detail: found.refused });
        const { image, mediaType, sha256 } = found;
        const view = { viewer: 'registration-system', registry: registry.id, part: 'portrait' } as const;
        await recordViews(store.knex, [found.evidence], view, now);
        const digest = Buffer.from(sha256, 'hex').toString('base64');
        const headers = { 'Content-Type': mediaType, 'Content-Digest': `sha-256=:${digest}:` };
        return { status: 200, body: image, headers };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/registry/matters/:externalId/archive-acknowledgement',
      summary:
        'Say that the portraits of these confirmations are archived: they are deleted here at once. The same again changes nothing',
      audience: 'registration-system',
      params: z.strictObject({ externalId: externalIdSchema }),
      body: acknowledged,
      errors: ['not_confirmed'],
      responses: {
        200: {
          description: 'None of them has a portrait here any more',
          schema: acknowledged.extend({ externalId: z.string() }).meta({ id: 'ArchiveAcknowledgement' }),
        },
      },
      async handle({ params: { externalId }, body: { version, evidence }, sender: { registry }, now }) {
        const of = { registry: registry.id, externalId, version, evidence };
        const { notConfirmed } = await acknowledgeArchived(store, of, now);
        if (notConfirmed.length > 0) {
          const issues = evidence.flatMap((number, at) =>
            notConfirmed.includes(number) ? [{ path: `evidence.${at}`, code: 'not_confirmed' }] : [],
          );
          throw new ApiError('not_confirmed', { issues });
        }
        return { status: 200, body: { externalId, version, evidence } };
      },
    }),
  ];
}
