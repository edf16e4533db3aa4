import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keepDocument } from '../../db/matters/application-documents';
import { documentFileTypes, LARGEST_DOCUMENT_FILE } from '../../domain/document-files';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

const uploaded = z.strictObject({ sha256: z.string(), size: z.number().int().describe('in bytes') });

/** The documents that matters name, so that people can open them. */
export function documentUploadRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'put',
    path: '/api/registry/documents/:sha256',
    summary:
      'Upload a document, before or after the matter that names it; the same again changes nothing. It is deleted with the matter, and after a day if no matter names it',
    audience: 'registration-system',
    params: z.strictObject({ sha256: sha256Schema }),
    body: z.instanceof(Buffer),
    mediaTypes: documentFileTypes,
    limit: LARGEST_DOCUMENT_FILE,
    errors: ['document_not_as_named', 'document_unsupported'],
    responses: {
      200: { description: 'It was there already', schema: uploaded },
      201: { description: 'Taken', schema: uploaded },
    },
    async handle({ params: { sha256 }, body: content, sender: { registry }, now }) {
      if (createHash('sha256').update(content).digest('hex') !== sha256)
        throw new ApiError('document_not_as_named');
      const result = await keepDocument(store, { registry: registry.id, sha256, content }, now);
      if (result === 'unsupported') throw new ApiError('document_unsupported');
      return { status: result === 'kept' ? 201 : 200, body: { sha256, size: content.length } };
    },
  });
}
