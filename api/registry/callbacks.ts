import { z } from 'zod';
import { evidenceKinds } from '../../domain/decisions';
import { flagKinds } from '../../domain/flags';
import type { CalledBackEvent } from '../../domain/matter-states';
import { confirmationRejections } from '../../domain/refusals';
import { roleNames } from '../../domain/roles';
import { mayGrow } from '../extensible';

const roles = z.array(mayGrow(roleNames));

const flags = z.array(mayGrow(flagKinds));

const person = z.object({
  reference: z.string().describe('as the registration system pushed it'),
  roles,
});

const persons = z.array(person);

/** Of every event. A receiver ignores fields that it does not know. */
const ofEvery = {
  deliveryId: z.uuid().describe('the same in every repetition of this callback'),
  occurredAt: z.iso.datetime(),
  matter: z.object({ externalId: z.string(), version: z.number().int() }),
  checkpoint: z
    .string()
    .optional()
    .describe(
      'the newest signed checkpoint of the transparency log (C2SP tlog-checkpoint): keep it, so that the log can never be shortened unseen',
    ),
};

function callback<E extends CalledBackEvent, S extends z.ZodRawShape>(event: E, summary: string, shape: S) {
  return {
    event,
    summary,
    schema: z.object({ event: z.literal(event), ...ofEvery, ...shape }).meta({ id: `Callback-${event}` }),
  };
}

/** What a receiver answers with status 200. */
export const acknowledgementSchema = z
  .object({ acknowledged: z.uuid().describe('the deliveryId of the callback') })
  .meta({ id: 'Acknowledgement' });

/** The body of each callback, by its event (db/matters/deliveries.ts writes them). */
export const callbacks = {
  'confirmation.confirmed': callback('confirmation.confirmed', 'A person has confirmed, in all roles', {
    persons: persons.length(1),
    evidence: z.string().describe('number of the evidence; the person is shown it too'),
    evidenceKind: mayGrow(evidenceKinds).describe('how the person was identified'),
    flags: flags.optional().describe('signs that somebody else confirmed in the name of the person'),
    portraitUntil: z.iso
      .datetime()
      .optional()
      .describe(
        'there if the person consented to the archiving of the portrait: until when it can be fetched',
      ),
  }),
  'confirmation.refused': callback('confirmation.refused', 'A person says: this is not mine', {
    persons,
    reason: mayGrow(confirmationRejections),
  }),
  'matter.confirmed': callback('matter.confirmed', 'Everybody has confirmed', {
    persons: z
      .array(person.extend({ flags }))
      .optional()
      .describe('those whose confirmation was flagged; a reviewer has cleared what was severe'),
  }),
  'matter.refused': callback('matter.refused', 'A person has refused; the matter is over', {}),
  'matter.expired': callback('matter.expired', 'The time to confirm is over', {}),
  'matter.frozen': callback('matter.frozen', 'A person refused after everybody had confirmed', {}),
  'invitation.issued': callback(
    'invitation.issued',
    'A version was pushed: send its invitations to the persons who have to confirm. A clerk may have it sent again to one of them',
    { persons },
  ),
  'invitation.reminder-due': callback(
    'invitation.reminder-due',
    'Persons have not confirmed yet: remind them',
    {
      persons,
    },
  ),
  'reissue.requested': callback(
    'reissue.requested',
    'A person asks for the matter again: push the same content as the next version',
    { persons },
  ),
  'person.name-differs': callback(
    'person.name-differs',
    'The name in the matter is not that of the person’s document, so that the person cannot sign: push it corrected as the next version',
    { persons: persons.length(1) },
  ),
} satisfies { [E in CalledBackEvent]: { event: E; summary: string; schema: z.ZodType } };
