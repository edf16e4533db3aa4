import { z } from 'zod';
import { findArchivable } from '../../db/attempts/archiving';
import { listDocuments, openDocument } from '../../db/evidence/documents';
import { findEvidenceOf, readProofs } from '../../db/evidence/proofs';
import { recordViews } from '../../db/evidence/views';
import { bundleSchema } from '../../evidence/verification/bundle';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { evidenceNumberSchema, externalIdSchema } from './matter-schema';

/** The whole evidence of a confirmation, for the registration file. */
export function evidenceBundleRoute({ store, transparencyLog }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/registry/matters/:externalId/evidence/:evidence',
    summary:
      'Everything that proves a confirmation, in one file: the record, our signature, the time stamp, the signer’s part, the proof of the transparency log, both PDFs, and the portrait where its archiving was agreed to. What is null may still come. Each call is recorded, and its person is told',
    audience: 'registration-system',
    params: z.strictObject({
      externalId: externalIdSchema,
      evidence: evidenceNumberSchema,
    }),
    responses: { 200: { description: 'The bundle', schema: bundleSchema } },
    async handle({ params: { externalId, evidence: number }, sender: { registry }, now }) {
      const id = await findEvidenceOf(store, { registry: registry.id, externalId, number });
      if (id === undefined) throw new ApiError('not_found');
      const { record, isTimeStampAltered, ...proofs } = await readProofs(store, transparencyLog.origin, id);
      if (record === null) throw new ApiError('not_found', { detail: 'record_deleted' });
      // A token that was changed proves nothing.
      const timeStamp = isTimeStampAltered ? null : proofs.timeStamp;
      const documents = await Promise.all(
        (await listDocuments(store.knex, id)).map(async ({ kind, sha256 }) => {
          const document = await openDocument(store, id, kind);
          return { kind, sha256, content: document?.file.toString('base64') ?? null };
        }),
      );
      const found = await findArchivable(store, { registry: registry.id, externalId, evidence: number }, now);
      const portrait =
        'refused' in found
          ? null
          : {
              mediaType: found.mediaType,
              sha256: found.sha256,
              content: found.image.toString('base64'),
            };
      await recordViews(
        store.knex,
        [id],
        { viewer: 'registration-system', registry: registry.id, part: 'bundle' },
        now,
      );
      const format = 'registration-identity-evidence/1' as const;
      return { status: 200, body: { format, ...proofs, timeStamp, record, documents, portrait } };
    },
  });
}
