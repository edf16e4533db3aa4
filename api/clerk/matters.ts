import { z } from 'zod';
import { listPersonsOfMatter, findToDoForClerks } from '../../db/confirmations/persons-of-matter';
import { WINDOW_SESSION } from '../../db/journeys/journeys';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import { findForClerks } from '../../db/decisions/worklist';
import { mayServe } from '../../domain/clerks';
import { documentTypeNames } from '../../domain/documents';
import { confirmationStates, matterStates } from '../../domain/matter-states';
import { roleNames } from '../../domain/roles';
import { registryIdSchema } from '../../registry/registries';
import { maskNumber } from '../../domain/names';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { commandError, errorOfOutcome, journeyRejections, sendCommand } from '../journeys/send-command';
import { externalIdSchema } from '../registry/matter-schema';
import { clerkJourneyView, presentJourneyForClerk } from './journey-view';

const matterView = z
  .strictObject({
    matter: z.string(),
    version: z.number().int(),
    state: z.enum(matterStates),
    authority: z.string(),
    persons: z.array(
      z.strictObject({
        toDoId: z.string(),
        reference: z.string(),
        name: z.string(),
        documentType: z.enum(documentTypeNames),
        number: z.string().describe('masked'),
        roles: z.array(z.enum(roleNames)),
        state: z.enum(confirmationStates),
      }),
    ),
  })
  .meta({ id: 'ClerkMatter' });

/** Matters for clerks: who must confirm, and opening an on-site confirmation for somebody without a phone. */
export function clerkMatterRoutes(dependencies: ApiDependencies): Route[] {
  const { store, pseudonyms } = dependencies;
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/matters/:registry/:externalId',
      summary: 'The newest version of a matter, and the persons who must confirm it',
      audience: 'clerk',
      right: 'see',
      action: 'show-matter',
      subject: ({ params }) => ({
        kind: 'matter',
        id: `${params.registry} ${params.externalId}`,
      }),
      params: z.strictObject({ registry: registryIdSchema, externalId: externalIdSchema }),
      responses: { 200: { description: 'The matter', schema: matterView } },
      async handle({ params: { registry, externalId }, clerk }) {
        const matter = await listPersonsOfMatter(store, registry, externalId);
        if (!matter || !mayServe(clerk.scope, matter.authority)) throw new ApiError('not_found');
        const persons = matter.persons.map(({ number, ...person }) => ({
          ...person,
          number: maskNumber(number),
        }));
        return { status: 200, body: { ...matter, persons } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/to-dos/:toDoId/on-site',
      summary: 'Open the confirmation of a person who is at the window and has no phone',
      audience: 'clerk',
      right: 'propose',
      action: 'open-on-site',
      subject: ({ params }) => ({ kind: 'to-do', id: params.toDoId }),
      idempotent: true,
      params: z.strictObject({ toDoId: z.uuid() }),
      body: z.strictObject({}),
      errors: journeyRejections,
      responses: { 200: { description: 'The journey, waiting for two clerks', schema: clerkJourneyView } },
      async handle({ params: { toDoId }, clerk, idempotencyKey }) {
        const toDo = await findToDoForClerks(store, toDoId);
        if (!toDo || !mayServe(clerk.scope, toDo.authority)) throw new ApiError('not_found');
        const { person, personKey, textHash } = toDo;
        // No phone's account: each such journey is about one to-do, and nobody's session holds it.
        const account = pseudonyms.account('window', toDoId);
        const journey = pseudonyms.journeyId(account, personKey);
        const entry: SealedInputOf<'entry'> = { ...person, kind: 'entry', account, personKey, consents: [] };
        const sender = { account: clerk.id, idempotencyKey, session: WINDOW_SESSION };
        const outcome = await sendCommand(dependencies, journey, sender, {
          command: 'enter',
          sealed: entry,
          atWindow: { displayed: { toDo: toDoId, textHash } },
        });
        const error = errorOfOutcome(outcome);
        if (error) throw commandError(error);
        const found = outcome.outcome === 'done' ? await findForClerks(store.knex, journey) : undefined;
        if (!found) throw commandError('temporarily_unavailable');
        return { status: 200, body: await presentJourneyForClerk(dependencies, found, clerk) };
      },
    }),
  ];
}
