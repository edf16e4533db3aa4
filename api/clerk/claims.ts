import { z } from 'zod';
import { listServing, namesOf } from '../../db/clerks/clerks';
import { claim, escalate, handOver, releaseClaim, renewClaim, snooze } from '../../db/decisions/claims';
import { addNote } from '../../db/decisions/notes';
import { findInWorklist } from '../../db/decisions/worklist';
import { claimRejections } from '../../domain/decisions';
import type { ClaimRejection } from '../../domain/decisions';
import { assigneeGroups, LONGEST_SNOOZE_MS, NOBODY } from '../../domain/worklist';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { ErrorCode } from '../errors';
import { journeyId } from '../journeys/command-route';
import { foundJourney } from './found-journey';
import { noteText } from './reason-fields';
import { clerksIn, namedClerks, presentEntry, worklistEntry } from './worklist-entry';

const nothing = z.strictObject({});

const subject = ({ params }: { params: z.output<typeof journeyId> }) => ({
  kind: 'journey' as const,
  id: params.id,
});

const claimErrors = [...claimRejections, 'not_allowed_now'] as const;

/** Who works on a journey, and who should. Everything here but notes needs the claim. */
export function claimRoutes({ store, pseudonyms }: ApiDependencies): Route[] {
  const ofJourney = {
    method: 'post',
    audience: 'clerk',
    right: 'decide',
    subject,
    params: journeyId,
  } as const;

  return [
    defineRoute({
      ...ofJourney,
      path: '/api/clerk/journeys/:id/claim',
      summary:
        'Claim a journey for two minutes; the same clerk again, also in another tab, has the same claim',
      action: 'claim',
      body: nothing,
      errors: ['claimed_by_other', 'not_allowed_now'],
      responses: {
        200: {
          description: 'Claimed',
          schema: z.strictObject({ entry: worklistEntry, clerks: namedClerks }),
        },
      },
      async handle({ params: { id }, clerk, now }) {
        await foundJourney(store.knex, id, clerk);
        refuse(await claim(store.knex, id, clerk.id, now));
        const row = await findInWorklist(store.knex, id, clerk.scope);
        if (!row) throw new ApiError('not_allowed_now');
        const clerks = await namesOf(store.knex, clerksIn([row]));
        return { status: 200, body: { entry: presentEntry(row, clerk.id, now), clerks } };
      },
    }),
    defineRoute({
      ...ofJourney,
      path: '/api/clerk/journeys/:id/claim/renewal',
      summary: 'Renew a claim while its page is open; one that is over has to be claimed again',
      action: 'renew-claim',
      background: true,
      body: nothing,
      errors: claimErrors,
      responses: { 204: { description: 'Renewed for two minutes' } },
      async handle({ params: { id }, clerk, now }) {
        await foundJourney(store.knex, id, clerk);
        refuse(await renewClaim(store.knex, id, clerk.id, now));
        return { status: 204 };
      },
    }),
    defineRoute({
      ...ofJourney,
      path: '/api/clerk/journeys/:id/claim/release',
      summary: 'Give a claim back',
      action: 'release-claim',
      body: nothing,
      errors: claimErrors,
      responses: { 204: { description: 'Nobody has it now' } },
      async handle({ params: { id }, clerk, now }) {
        await foundJourney(store.knex, id, clerk);
        refuse(await releaseClaim(store.knex, id, clerk.id, now));
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/journeys/:id/colleagues',
      summary: 'The clerks to whom a journey can be handed over',
      audience: 'clerk',
      right: 'decide',
      action: 'list-colleagues',
      subject,
      params: journeyId,
      responses: { 200: { description: 'By id', schema: z.strictObject({ clerks: namedClerks }) } },
      async handle({ params: { id }, clerk }) {
        const { authorities } = await foundJourney(store.knex, id, clerk);
        const serving = await listServing(store.knex, { right: 'decide', authorities, except: clerk.id });
        return { status: 200, body: { clerks: await namesOf(store.knex, serving) } };
      },
    }),
    defineRoute({
      ...ofJourney,
      path: '/api/clerk/journeys/:id/hand-over',
      summary: 'Hand a journey over to a clerk who may decide about it, or back to everybody; the claim ends',
      action: 'hand-over',
      body: z.strictObject({ to: z.union([z.uuid(), z.literal('nobody')]) }),
      errors: [...claimErrors, 'proposal_pending', 'clerk_unsuitable'],
      responses: { 204: { description: 'Handed over' } },
      async handle({ params: { id }, body: { to }, clerk, now }) {
        await foundJourney(store.knex, id, clerk);
        const passed = { journey: id, clerk: clerk.id, to: to === 'nobody' ? NOBODY : to };
        refuse(await handOver(store.knex, passed, now));
        return { status: 204 };
      },
    }),
    defineRoute({
      ...ofJourney,
      path: '/api/clerk/journeys/:id/escalation',
      summary: 'Pass a journey on to those who review, or to the clerks of a wider scope; the claim ends',
      action: 'escalate',
      body: z.strictObject({ to: z.enum(assigneeGroups) }),
      errors: [...claimErrors, 'proposal_pending', 'nobody_above'],
      responses: { 204: { description: 'Passed on' } },
      async handle({ params: { id }, body: { to }, clerk, now }) {
        await foundJourney(store.knex, id, clerk);
        refuse(await escalate(store.knex, { journey: id, clerk: clerk.id, to }, now));
        return { status: 204 };
      },
    }),
    defineRoute({
      ...ofJourney,
      path: '/api/clerk/journeys/:id/snooze',
      summary:
        'Put a journey off until a time within seven days, or take it up again; the time limit runs on',
      action: 'snooze',
      body: z.strictObject({ until: z.iso.datetime().nullable() }),
      errors: [...claimErrors, 'proposal_pending', 'too_many_snoozed'],
      responses: { 204: { description: 'Put off; the claim ends' } },
      async handle({ params: { id }, body, clerk, now }) {
        await foundJourney(store.knex, id, clerk);
        const until = body.until === null ? null : new Date(body.until);
        const ms = until === null ? 0 : until.getTime() - now.getTime();
        if (until !== null && (ms <= 0 || ms > LONGEST_SNOOZE_MS)) {
          const code = ms <= 0 ? 'in_the_past' : 'too_late';
          throw new ApiError('invalid', { issues: [{ path: 'until', code }] });
        }
        refuse(await snooze(store.knex, { journey: id, clerk, until }, now));
        return { status: 204 };
      },
    }),
    defineRoute({
      ...ofJourney,
      path: '/api/clerk/journeys/:id/notes',
      summary: 'Add a note for other clerks; it is never changed, and gone with what the person entered',
      action: 'add-note',
      idempotent: true,
      body: z.strictObject({ text: noteText }),
      errors: ['journey_closed', 'too_many_notes'],
      responses: { 204: { description: 'Added' } },
      async handle({ params: { id }, body: { text }, clerk, idempotencyKey, now }) {
        await foundJourney(store.knex, id, clerk);
        const command = pseudonyms.updateId(clerk.id, idempotencyKey, 'note', `${id}:${text}`);
        refuse(await addNote(store, { journey: id, clerk: clerk.id, text, command }, now));
        return { status: 204 };
      },
    }),
  ];
}

function refuse({ rejected }: { rejected?: ErrorCode | ClaimRejection }): void {
  if (rejected) throw new ApiError(rejected);
}
