import { z } from 'zod';
import { uploadedDocuments } from '../../db/matters/application-documents';
import { contentOf } from '../../db/matters/content';
import { withdrawMatter } from '../../db/matters/matters';
import { pushMatter } from '../../db/matters/pushes';
import { findMatterStatus } from '../../db/confirmations/views';
import { confirmationStates, matterStates } from '../../domain/matter-states';
import { roleNames } from '../../domain/roles';
import { shanghaiDay } from '../../domain/shanghai-time';
import { mayPush } from '../../registry/registries';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { mayGrow } from '../extensible';
import { authorityRoute } from './authorities';
import { documentUploadRoute } from './documents';
import { eventRoute } from './events';
import { invitationRoutes } from './invitations';
import { matterListRoute } from './listing';
import { externalIdSchema, matterSchema, readPersons } from './matter-schema';
import { portraitRoutes } from './portraits';

const params = z.strictObject({ externalId: externalIdSchema });

const pushed = z.strictObject({
  externalId: z.string(),
  version: z.number().int(),
  state: z.enum(matterStates),
});

const status = pushed
  .extend({
    documents: z
      .array(z.strictObject({ sha256: z.string(), isUploaded: z.boolean() }))
      .describe('people are told that one which was not uploaded is on paper'),
    persons: z.array(
      z.strictObject({
        reference: z.string(),
        toDoId: z.string().describe('of this version; clerks know it by this id'),
        roles: z.array(
          z.strictObject({
            role: mayGrow(roleNames),
            state: z.enum(confirmationStates),
            settledAt: z.iso.datetime().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'MatterStanding' });

/** Routes with which registration systems push, read and withdraw matters. Each sees only its own. */
export function registryRoutes(dependencies: ApiDependencies): Route[] {
  const { store, matters, pseudonyms, signaturePerRole, carryOverDays, messageTemplates } = dependencies;

  async function statusOf(registry: string, externalId: string): Promise<z.infer<typeof status>> {
    const matter = await findMatterStatus(store.knex, registry, externalId);
    if (!matter) throw new ApiError('not_found');
    const { version, state, persons } = matter;
    const content = await contentOf(store, store.knex, matter.id);
    const documents = content?.documents ?? [];
    const uploaded = await uploadedDocuments(store, registry, documents);
    return {
      ...{ externalId, version, state, persons },
      documents: documents.map(({ sha256 }) => ({ sha256, isUploaded: uploaded.has(sha256) })),
    };
  }

  return [
    documentUploadRoute(dependencies),
    authorityRoute(dependencies),
    matterListRoute(dependencies),
    eventRoute(dependencies),
    ...invitationRoutes(dependencies),
    ...portraitRoutes(dependencies),
    defineRoute({
      method: 'put',
      path: '/api/registry/matters/:externalId',
      summary: 'Push a version of a matter; the same again changes nothing',
      audience: 'registration-system',
      params,
      body: matterSchema,
      limit: 2 * 1024 * 1024,
      errors: ['authority_not_permitted', 'version_conflict'],
      responses: {
        200: { description: 'This version was there already; how it stands', schema: status },
        201: { description: 'Taken; the persons can be invited: GET …/invitations', schema: status },
      },
      async handle({ params: { externalId }, body: content, sender: { registry }, now }) {
        if (!mayPush(registry, content)) throw new ApiError('authority_not_permitted');
        const { persons, issues } = readPersons(content, shanghaiDay(now));
        if (issues.length > 0) throw new ApiError('invalid', { issues });
        const { version } = content;
        const id = pseudonyms.matterId(registry.id, externalId, version);
        const result = await pushMatter(
          store,
          {
            registry: registry.id,
            externalId,
            id,
            content,
            signaturePerRole,
            carryOverDays,
            tellsPersons: messageTemplates.length > 0,
            persons: persons.map((person) => ({
              ...person,
              personKey: pseudonyms.person(person.documentType, person.personNumber),
            })),
          },
          now,
        );
        if (result.outcome === 'conflict') throw new ApiError('version_conflict');
        // The call before may have been cut off here; else a repeat adds nothing to the matter's history.
        if (result.outcome === 'repeated') await matters.keepRunning(id);
        else await matters.reevaluate(id);
        if (result.outcome === 'created' && result.superseded) {
          await matters.reevaluate(result.superseded);
        }
        return {
          status: result.outcome === 'created' ? 201 : 200,
          body: await statusOf(registry.id, externalId),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/registry/matters/:externalId',
      summary: 'How the newest version stands',
      audience: 'registration-system',
      params,
      responses: { 200: { description: 'Its state, and that of every confirmation', schema: status } },
      async handle({ params: { externalId }, sender: { registry } }) {
        return { status: 200, body: await statusOf(registry.id, externalId) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/registry/matters/:externalId/withdrawal',
      summary: 'Take a matter back before it is decided',
      audience: 'registration-system',
      params,
      body: z.strictObject({ version: z.number().int().min(1) }),
      errors: ['matter_not_open'],
      responses: { 200: { description: 'Withdrawn', schema: pushed } },
      async handle({ params: { externalId }, body: { version }, sender: { registry }, now }) {
        const matter = await findMatterStatus(store.knex, registry.id, externalId);
        if (matter?.version !== version) throw new ApiError('not_found');
        const state = (await withdrawMatter(store, matter.id, now)) ?? matter.state;
        // Also after a repeat: the call before may have been cut off here.
        await matters.reevaluate(matter.id);
        if (state !== 'withdrawn') throw new ApiError('matter_not_open', { detail: `matter_${state}` });
        return { status: 200, body: { externalId, version, state } };
      },
    }),
  ];
}
