import { z } from 'zod';
import { findCurrentJourney } from '../../db/confirmations/views';
import { addComplaint, complaintsOf } from '../../db/complaints/complaints';
import type { Complaint } from '../../db/complaints/complaints';
import { complaintDefect, complaintKinds } from '../../domain/complaints';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const complaint = z
  .strictObject({
    number: z.string().describe('受理编号, which the person can read out'),
    kind: z.enum(complaintKinds),
    text: z.string(),
    madeAt: z.iso.datetime(),
    answer: z.strictObject({ text: z.string(), at: z.iso.datetime() }).optional(),
  })
  .meta({ id: 'Complaint' });

const body = z.strictObject({
  kind: z.enum(complaintKinds),
  text: z
    .string()
    .describe('1 to 2,000 characters, not only spaces')
    .superRefine((text, context) => {
      const message = complaintDefect(text);
      if (message) context.addIssue({ code: 'custom', message });
    }),
});

/** 投诉建议: whoever is signed in may complain, whatever the state of their journey, and reads the answers. */
export function complaintRoutes({ store, pseudonyms }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/complaints',
      summary: 'Send a complaint or suggestion; the journey under way goes with it',
      audience: 'mini-app',
      idempotent: true,
      body,
      errors: ['complaints_used_up'],
      responses: { 201: { description: 'Received', schema: complaint } },
      async handle({ session, body: { kind, text }, idempotencyKey, now }) {
        const journey = await findCurrentJourney(store.knex, session);
        const content = JSON.stringify([kind, text]);
        const added = await addComplaint(
          store,
          {
            ...{ account: session.account, kind, text },
            journey: journey?.step === 'closed' ? undefined : journey?.id,
            command: pseudonyms.updateId(session.account, idempotencyKey, 'complain', content),
          },
          now,
        );
        if ('rejected' in added) throw new ApiError(added.rejected);
        return { status: 201, body: presentComplaint(added) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/complaints',
      summary: 'What this account sent, newest first, with the answers',
      audience: 'mini-app',
      responses: {
        200: { description: 'At most 50', schema: z.strictObject({ complaints: z.array(complaint) }) },
      },
      async handle({ session }) {
        const complaints = await complaintsOf(store, session.account);
        return { status: 200, body: { complaints: complaints.map(presentComplaint) } };
      },
    }),
  ];
}

/** Without the clerk who answered: the authority did. */
function presentComplaint({ number, kind, text, madeAt, answer }: Complaint): z.infer<typeof complaint> {
  return {
    ...{ number, kind, text, madeAt: madeAt.toISOString() },
    ...(answer && { answer: { text: answer.text, at: answer.at.toISOString() } }),
  };
}
