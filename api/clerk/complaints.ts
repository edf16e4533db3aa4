import { z } from 'zod';
import { answerComplaint, complaintsForClerks } from '../../db/complaints/complaints';
import type { Complaint } from '../../db/complaints/complaints';
import { hasRight } from '../../domain/clerks';
import type { ClerkRole } from '../../domain/clerks';
import { complaintKinds, LONGEST_COMPLAINT, lengthOf } from '../../domain/complaints';
import { plainTextDefect } from '../../domain/plain-text';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { readPlace, writePlace } from './list-place';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const complaint = z
  .strictObject({
    id: z.uuid(),
    number: z.string().describe('受理编号, which the person can read out'),
    kind: z.enum(complaintKinds),
    text: z
      .string()
      .optional()
      .describe('as the person wrote it: to be shown as text, never as links or markup'),
    textsHidden: z
      .literal(true)
      .optional()
      .describe('text and answer are there, and only roles that may answer are shown them'),
    madeAt: z.iso.datetime(),
    journey: z.string().optional().describe('the one that was under way'),
    answer: z
      .strictObject({
        text: z.string().optional(),
        at: z.iso.datetime(),
        clerk: z.string().describe('the id'),
      })
      .optional(),
  })
  .meta({ id: 'ClerkComplaint' });

const page = z.strictObject({
  complaints: z.array(complaint),
  next: z.string().optional().describe('to be sent as `after` for the next page'),
});

const body = z.strictObject({
  text: z
    .string()
    .describe('1 to 2,000 characters of plain text: people read it, so that links are not allowed')
    .superRefine((text, context) => {
      const message =
        plainTextDefect(text) ?? (lengthOf(text) > LONGEST_COMPLAINT ? 'text_too_long' : undefined);
      if (message) context.addIssue({ code: 'custom', message });
    }),
});

/**
 * Complaints for clerks. Those made in a journey are for who may see the journey; all others, and those of journeys that belong to no authority,
 * are for the national desk.
 */
export function clerkComplaintRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/complaints',
      summary:
        'Complaints and suggestions of this scope that wait for an answer, who has waited longest first',
      audience: 'clerk',
      right: 'see',
      action: 'list-complaints',
      subject: ({ query: { answered } }) => ({ kind: 'search', id: answered ? 'answered' : 'waiting' }),
      query: z.strictObject({
        answered: z.enum(['true']).optional().describe('those with an answer instead, the last answer first'),
        after: z.string().max(60).optional().describe('`next` of the page before'),
      }),
      responses: {
        200: { description: 'One page; it may be short and not the last', schema: page },
      },
      async handle({ query: { answered, after }, clerk: { scope, role } }) {
        const wanted = {
          scope,
          areAnswered: answered !== undefined,
          after: after === undefined ? undefined : readPlace(after, UUID),
        };
        const { complaints, next } = await complaintsForClerks(store, wanted);
        return {
          status: 200,
          body: {
            complaints: complaints.map((one) => presentComplaint(one, role)),
            ...(next && { next: writePlace(next) }),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/complaints/:complaint/answer',
      summary: 'Answer a complaint or suggestion, once: the person reads it in the mini-program',
      audience: 'clerk',
      right: 'answer',
      action: 'answer-complaint',
      subject: ({ params }) => ({ kind: 'complaint', id: params.complaint }),
      params: z.strictObject({ complaint: z.uuid() }),
      body,
      errors: ['complaint_answered'],
      responses: { 200: { description: 'With the answer', schema: complaint } },
      async handle({ params: { complaint: id }, body: { text }, clerk, now }) {
        const answer = { id, text, clerk: clerk.id, scope: clerk.scope };
        const answered = await answerComplaint(store, answer, now);
        if ('rejected' in answered) throw new ApiError(answered.rejected);
        return { status: 200, body: presentComplaint(answered, clerk.role) };
      },
    }),
  ];
}

/** What a person wrote may name somebody, and so may the answer: both are for roles that may answer. */
function presentComplaint(
  { text, madeAt, journey, answer, ...rest }: Complaint,
  role: ClerkRole,
): z.infer<typeof complaint> {
  const isShown = hasRight(role, 'answer');
  return {
    ...rest,
    ...(isShown ? { text } : { textsHidden: true }),
    madeAt: madeAt.toISOString(),
    ...(journey && { journey }),
    ...(answer && {
      answer: { clerk: answer.clerk, at: answer.at.toISOString(), ...(isShown && { text: answer.text }) },
    }),
  };
}
