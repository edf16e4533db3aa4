import { z } from 'zod';
import { inviteAgain } from '../../db/confirmations/invitations';
import { findToDoForClerks } from '../../db/confirmations/persons-of-matter';
import { findForClerks } from '../../db/decisions/worklist';
import { findEvidence } from '../../db/evidence/proofs';
import { WINDOW_SESSION } from '../../db/journeys/journeys';
import { mayServe } from '../../domain/clerks';
import type { SealedInputOf } from '../../domain/sealed-inputs';
import { registryIdSchema } from '../../registry/registries';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { verifyStored } from '../evidence/verification';
import { answerOf, evidenceVerification } from '../evidence/verifications';
import { commandError, errorOfOutcome, journeyRejections, sendCommand } from '../journeys/send-command';
import { evidenceNumberSchema, externalIdSchema } from '../registry/matter-schema';
import { clerkJourneyView, presentJourneyForClerk } from './journey-view';
import { matterListRoute } from './matter-list';
import { foundMatter, matterView, presentMatter } from './matter-view';

const matterPath = z.strictObject({ registry: registryIdSchema, externalId: externalIdSchema });

const subjectOfMatter = ({ params: { registry, externalId } }: { params: z.output<typeof matterPath> }) => ({
  kind: 'matter' as const,
  id: `${registry} ${externalId}`,
});

/** Matters for clerks: lists, all about one, invitations sent again, and opening it at the window for somebody without a phone. */
export function clerkMatterRoutes(dependencies: ApiDependencies): Route[] {
  const { store, pseudonyms, matters } = dependencies;
  return [
    matterListRoute(dependencies),
    defineRoute({
      method: 'get',
      path: '/api/clerk/matters/:registry/:externalId',
      summary:
        'The newest version of a matter: who must confirm it and how far they are, what proves it, what was called back',
      audience: 'clerk',
      right: 'see',
      action: 'show-matter',
      subject: subjectOfMatter,
      params: matterPath,
      responses: { 200: { description: 'The matter', schema: matterView } },
      async handle({ params, clerk, now }) {
        const found = await foundMatter(dependencies, params, clerk);
        return { status: 200, body: await presentMatter(dependencies, params, found, clerk, now) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/matters/:registry/:externalId/evidence/:evidence/verification',
      summary: 'Verify what proves a confirmation of this matter, part by part (docs/adr/0050)',
      audience: 'clerk',
      right: 'see',
      action: 'verify-evidence',
      subject: subjectOfMatter,
      params: matterPath.extend({ evidence: evidenceNumberSchema }),
      responses: {
        200: { description: 'What is proven, and what does not match', schema: evidenceVerification },
      },
      async handle({ params, clerk }) {
        const { persons } = await foundMatter(dependencies, params, clerk);
        const id = await findEvidence(store, { number: params.evidence });
        // Evidence of an earlier version counts here if this one carries it over.
        if (id === undefined || !persons.some(({ evidenceId }) => evidenceId === id))
          throw new ApiError('not_found');
        const { trust, transparencyLog } = dependencies;
        const verification = await verifyStored({ store, trust, origin: transparencyLog.origin }, id);
        return { status: 200, body: answerOf(verification) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/to-dos/:toDoId/invitation',
      summary:
        'Have the registration system send the invitation of a person again (`invitation.issued`); once an hour',
      audience: 'clerk',
      right: 'decide',
      action: 'send-invitation-again',
      subject: ({ params }) => ({ kind: 'to-do', id: params.toDoId }),
      idempotent: true,
      params: z.strictObject({ toDoId: z.uuid() }),
      body: z.strictObject({}),
      errors: ['invitation_over', 'invited_lately'],
      responses: { 204: { description: 'The registration system is told' } },
      async handle({ params: { toDoId: toDo }, clerk, idempotencyKey, now }) {
        const command = pseudonyms.updateId(clerk.id, idempotencyKey, 'send-invitation-again', toDo);
        const invited = await inviteAgain(store, { toDo, command, scope: clerk.scope }, now);
        if (!invited) throw new ApiError('not_found');
        if ('rejected' in invited) {
          const { rejected } = invited;
          if (rejected.code === 'invitation_over') throw new ApiError(rejected.code);
          const retryAfter = Math.ceil((rejected.retryAt.getTime() - now.getTime()) / 1000);
          throw new ApiError(rejected.code, { retryAfter });
        }
        // Also after a repeat: the call before may have been cut off here.
        await matters.reevaluate(invited.matter);
        return { status: 204 };
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
