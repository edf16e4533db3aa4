import { z } from 'zod';
import { findAccount } from '../../db/clerks/clerks';
import type { Clerk } from '../../db/clerks/clerks';
import {
  endAllClerkSessions,
  endOneClerkSession,
  idOfSession,
  listClerkSessions,
} from '../../db/clerks/sessions';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { listedSession, presentSession, sessionId } from './own-sessions';

const clerkId = z.strictObject({ clerkId: z.uuid() });

const subject = ({ params: { clerkId: id } }: { params: z.output<typeof clerkId> }) => ({
  kind: 'clerk' as const,
  id,
});

/** Sessions of another's account, for admins. Ending one takes rights away, so that one admin is enough. */
export function accountSessionRoutes({ store, sessionLimits }: ApiDependencies): Route[] {
  /** @throws ApiError if it is the caller's own, which has a page of its own, or there is none */
  async function checkIsOther(id: string, caller: Clerk) {
    if (id === caller.id) throw new ApiError('not_on_oneself');
    if (!(await findAccount(store.knex, id))) throw new ApiError('not_found');
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/clerks/:clerkId/sessions',
      summary: "The open sessions of another's account, the last to begin first",
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'list-sessions-of-clerk',
      params: clerkId,
      subject,
      errors: ['not_on_oneself'],
      responses: {
        200: { description: 'The sessions', schema: z.strictObject({ sessions: z.array(listedSession) }) },
      },
      async handle({ params, clerk, clerkSession, now }) {
        await checkIsOther(params.clerkId, clerk);
        const found = await listClerkSessions(store.knex, params.clerkId, sessionLimits, now);
        const thisOne = idOfSession(clerkSession);
        return { status: 200, body: { sessions: found.map((one) => presentSession(one, thisOne)) } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks/:clerkId/sessions/:sessionId/end',
      summary: "End a session of another's account",
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'end-session-of-clerk',
      params: clerkId.extend(sessionId.shape),
      subject,
      body: z.strictObject({}),
      errors: ['not_on_oneself'],
      responses: { 204: { description: 'Ended' } },
      async handle({ params, clerk }) {
        await checkIsOther(params.clerkId, clerk);
        if (!(await endOneClerkSession(store.knex, params.clerkId, params.sessionId)))
          throw new ApiError('not_found');
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks/:clerkId/sessions/end',
      summary: "End all sessions of another's account; the account stays as it is",
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'end-sessions-of-clerk',
      params: clerkId,
      subject,
      body: z.strictObject({}),
      errors: ['not_on_oneself'],
      responses: { 204: { description: 'Ended' } },
      async handle({ params, clerk }) {
        await checkIsOther(params.clerkId, clerk);
        await endAllClerkSessions(store.knex, params.clerkId);
        return { status: 204 };
      },
    }),
  ];
}
