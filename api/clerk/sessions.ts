import { z } from 'zod';
import { changeOwnPassword, endClerkSession, signIn, useClerkSession } from '../../db/clerk-sessions';
import type { ClerkSession } from '../../db/clerk-sessions';
import type { Clerk } from '../../db/clerks';
import { clerkRoles, LOGIN, LONGEST_PASSWORD } from '../../domain/clerks';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { refuseWeak } from './passwords';
import { cookieOf, csrfTokenOf, endedCookie } from './session-cookie';

export const clerkSchema = z.strictObject({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  role: z.enum(clerkRoles),
  scope: z.array(z.string()),
});

const answer = z
  .strictObject({ csrfToken: z.string(), clerk: clerkSchema, expiresAt: z.iso.datetime() })
  .meta({ id: 'ClerkSession' });

const typed = z.string().max(LONGEST_PASSWORD, 'too_big');

/** How clerks come in and go. */
export function clerkSessionRoutes({ store, sessionLimits, publicUrl }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/clerk/sessions',
      summary: 'Sign in; the session comes as a cookie',
      audience: 'clerk-visitor',
      action: 'sign-in',
      body: z.strictObject({ login: z.string().regex(LOGIN, 'login_form'), password: typed }),
      refusals: ['sign_in_refused'],
      answers: { 201: { description: 'Signed in', schema: answer } },
      async handle({ body, use, now }) {
        const { clerk, done: session } = await signIn(store.knex, body, sessionLimits, now);
        use.clerk = clerk;
        const found = session && (await useClerkSession(store.knex, session.token, sessionLimits, now));
        if (!found) throw new ApiError('sign_in_refused');
        const headers = { 'Set-Cookie': cookieOf(found.clerkSession, publicUrl) };
        return { status: 201, headers, body: present(found.clerk, found.clerkSession) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/session',
      summary: 'Who is signed in, and the token against CSRF',
      audience: 'clerk',
      right: 'own-account',
      action: 'see-session',
      answers: { 200: { description: 'The session', schema: answer } },
      handle: async ({ clerk, clerkSession }) => ({ body: present(clerk, clerkSession) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/session/end',
      summary: 'Sign out',
      audience: 'clerk',
      right: 'own-account',
      action: 'sign-out',
      body: z.strictObject({}),
      answers: { 204: { description: 'Signed out' } },
      async handle({ clerkSession }) {
        await endClerkSession(store.knex, clerkSession);
        return { headers: { 'Set-Cookie': endedCookie(publicUrl) } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/password',
      summary: 'Change the own password; ends all own sessions',
      audience: 'clerk',
      right: 'own-account',
      action: 'change-password',
      body: z.strictObject({ current: typed, next: z.string() }),
      refusals: ['password_wrong'],
      answers: { 204: { description: 'Changed; sign in with the new one' } },
      async handle({ body: { current, next }, clerk: { login }, now }) {
        refuseWeak('next', next, login);
        const { done } = await changeOwnPassword(store.knex, { login, current, next }, now);
        if (!done) throw new ApiError('password_wrong');
        return { headers: { 'Set-Cookie': endedCookie(publicUrl) } };
      },
    }),
  ];
}

function present(clerk: Clerk, session: ClerkSession): z.input<typeof answer> {
  return { csrfToken: csrfTokenOf(session), clerk, expiresAt: session.endsAt.toISOString() };
}
