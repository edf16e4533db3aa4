import { z } from 'zod';
import {
  endAllClerkSessions,
  endOneClerkSession,
  idOfSession,
  listClerkSessions,
} from '../../db/clerks/sessions';
import type { ListedSession } from '../../db/clerks/sessions';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { endedCookie } from './session-cookie';

export const listedSession = z
  .strictObject({
    id: z.string(),
    beganAt: z.iso.datetime(),
    usedAt: z.iso.datetime().describe('to the minute'),
    expiresAt: z.iso.datetime().describe('when it ends even if it is used'),
    isThisOne: z.boolean().describe('whether this request was made in it'),
  })
  .meta({ id: 'ListedClerkSession' });

export const sessionId = z.strictObject({ sessionId: z.string().regex(/^[0-9a-f]{64}$/) });

/** @param thisOne the session in which it is asked */
export function presentSession(
  { id, beganAt, usedAt, endsAt }: ListedSession,
  thisOne: string,
): z.input<typeof listedSession> {
  return {
    id,
    beganAt: beganAt.toISOString(),
    usedAt: usedAt.toISOString(),
    expiresAt: endsAt.toISOString(),
    isThisOne: id === thisOne,
  };
}

/** A clerk's own sessions. Admins end those of others (account-sessions.ts). */
export function ownSessionRoutes({ store, sessionLimits, publicUrl }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/own-sessions',
      summary: 'The own open sessions, the last to begin first',
      audience: 'clerk',
      right: 'own-account',
      action: 'list-sessions',
      responses: {
        200: { description: 'The sessions', schema: z.strictObject({ sessions: z.array(listedSession) }) },
      },
      async handle({ clerk, clerkSession, now }) {
        const found = await listClerkSessions(store.knex, clerk.id, sessionLimits, now);
        const thisOne = idOfSession(clerkSession);
        return { status: 200, body: { sessions: found.map((one) => presentSession(one, thisOne)) } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/own-sessions/:sessionId/end',
      summary: 'End one of the own sessions',
      audience: 'clerk',
      right: 'own-account',
      action: 'end-session',
      params: sessionId,
      subject: ({ params }) => ({ kind: 'session', id: params.sessionId }),
      body: z.strictObject({}),
      responses: { 204: { description: 'Ended' } },
      async handle({ params, clerk }) {
        const isEnded = await endOneClerkSession(store.knex, clerk.id, params.sessionId);
        if (!isEnded) throw new ApiError('not_found');
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/own-sessions/end',
      summary: 'Sign out everywhere: ends all own sessions, this one too',
      audience: 'clerk',
      right: 'own-account',
      action: 'sign-out-everywhere',
      body: z.strictObject({}),
      responses: { 204: { description: 'Ended' } },
      async handle({ clerk }) {
        await endAllClerkSessions(store.knex, clerk.id);
        return { status: 204, headers: { 'Set-Cookie': endedCookie(publicUrl) } };
      },
    }),
  ];
}
