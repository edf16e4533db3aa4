import { listToDos } from '../../db/confirmations/views';
import { documentOf } from '../../db/matters/application-documents';
import { contentOf } from '../../db/matters/content';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { sha256Schema } from '../registry/documents';
import { mustBeVerified, toDoParams } from './to-dos';

/** 申请材料: what a person may read before signing. */
export function documentRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/journeys/:id/to-dos/:toDoId/documents/:sha256',
    summary: 'A document of the matter, as the registration system uploaded it',
    audience: 'journey-holder',
    params: toDoParams.extend({ sha256: sha256Schema }),
    errors: ['not_allowed_now'],
    responses: { 200: { description: 'PDF, JPEG or PNG', mediaType: 'application/octet-stream' } },
    async handle({ params: { toDoId, sha256 }, journey, now }) {
      mustBeVerified(journey);
      const [toDo] = await listToDos(store, journey.person_key, { toDoId }, now);
      const content = toDo && (await contentOf(store, store.knex, toDo.matterId));
      const isNamed = content?.documents.some((one) => one.sha256 === sha256);
      if (!toDo || !isNamed) throw new ApiError('not_found');
      const document = await documentOf(store, { registry: toDo.registry, sha256 });
      if (!document) throw new ApiError('not_found');
      return {
        status: 200,
        body: document.content,
        headers: {
          // Whatever it claims to be, no browser runs it at our address.
          'Content-Type': 'application/octet-stream',
          'Content-Disposition': 'attachment',
          'Content-Length': String(document.size),
        },
      };
    },
  });
}
