import { z } from 'zod';
import { changeOwnPassword, endClerkSession, signIn, touchClerkSession } from '../../db/clerks/sessions';
import type { ClerkSession, Credentials } from '../../db/clerks/sessions';
import type { Clerk } from '../../db/clerks/clerks';
import { clerkRoles, LOGIN, MAX_PASSWORD_LENGTH } from '../../domain/clerks';
import { defineRoute } from '../define-route';
import type { Client, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { createDeviceCookies } from './device-cookie';
import { rejectWeak } from './passwords';
import { cookieOf, csrfTokenOf, endedCookie } from './session-cookie';

export const clerkSchema = z.strictObject({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  role: z.enum(clerkRoles),
  scope: z.array(z.string()),
});

const answer = z
  .strictObject({
    csrfToken: z.string(),
    clerk: clerkSchema,
    mustChangePassword: z.boolean().describe('nothing else is allowed before'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'ClerkSession' });

const typed = z.string().max(MAX_PASSWORD_LENGTH, 'too_big');

/** How clerks come in and go. */
export function clerkSessionRoutes({
  store,
  sessionLimits,
  pseudonyms,
  publicUrl,
}: ApiDependencies): Route[] {
  const devices = createDeviceCookies(pseudonyms, publicUrl);

  /** A device that signed in before is counted by itself, and like the others only once it has to wait. */
  function countedFor(login: string, client: Client): Credentials['counted'] {
    const place = (...where: string[]) => pseudonyms.signInTries(login, ...where);
    const asStranger = { login: place(), place: place('network', client.network) };
    const device = devices.deviceOf(client, login);
    return device === undefined ? [asStranger] : [{ place: place('device', device) }, asStranger];
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/clerk/sessions',
      summary: 'Sign in; the session comes as a cookie',
      audience: 'clerk-visitor',
      action: 'sign-in',
      body: z.strictObject({ login: z.string().regex(LOGIN, 'login_form'), password: typed }),
      errors: ['sign_in_refused', 'sign_in_later'],
      responses: { 201: { description: 'Signed in', schema: answer } },
      async handle({ body, audit, client, now }) {
        const credentials = { ...body, counted: countedFor(body.login, client) };
        const { clerk, done: session, freeAt } = await signIn(store.knex, credentials, sessionLimits, now);
        audit.clerk = clerk;
        rejectUntil(freeAt, now);
        const found = session && (await touchClerkSession(store.knex, session.token, sessionLimits, now));
        if (!found) throw new ApiError('sign_in_refused');
        const cookies = [cookieOf(found.clerkSession, publicUrl), devices.cookieFor(body.login)];
        return {
          status: 201,
          headers: { 'Set-Cookie': cookies },
          body: present(found.clerk, found.clerkSession),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/session',
      summary: 'Who is signed in, and the token against CSRF',
      audience: 'clerk',
      right: 'own-account',
      action: 'see-session',
      responses: { 200: { description: 'The session', schema: answer } },
      handle: async ({ clerk, clerkSession }) => ({ status: 200, body: present(clerk, clerkSession) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/session/end',
      summary: 'Sign out',
      audience: 'clerk',
      right: 'own-sign-in',
      action: 'sign-out',
      body: z.strictObject({}),
      responses: { 204: { description: 'Signed out' } },
      async handle({ clerkSession }) {
        await endClerkSession(store.knex, clerkSession);
        return { status: 204, headers: { 'Set-Cookie': endedCookie(publicUrl) } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/password',
      summary: 'Change the own password; ends all own sessions',
      audience: 'clerk',
      right: 'own-sign-in',
      action: 'change-password',
      body: z.strictObject({ current: typed, next: z.string() }),
      errors: ['password_wrong', 'sign_in_later'],
      responses: { 204: { description: 'Changed; sign in with the new one' } },
      async handle({ body: { current, next }, clerk: { login }, clerkSession: session, now }) {
        rejectWeak('next', next, login);
        if (next === current)
          throw new ApiError('invalid', { issues: [{ path: 'next', code: 'password_not_new' }] });
        const own = { login, current, next, session };
        const { done, freeAt } = await changeOwnPassword(store.knex, own, now);
        rejectUntil(freeAt, now);
        if (!done) throw new ApiError('password_wrong');
        return { status: 204, headers: { 'Set-Cookie': endedCookie(publicUrl) } };
      },
    }),
  ];
}

/** @throws ApiError if no password is looked at before then */
function rejectUntil(freeAt: Date | undefined, now: Date): void {
  if (!freeAt) return;
  const retryAfter = Math.ceil((freeAt.getTime() - now.getTime()) / 1000);
  throw new ApiError('sign_in_later', { retryAfter });
}

function present(clerk: Clerk, session: ClerkSession): z.input<typeof answer> {
  const { mustChangePassword, endsAt } = session;
  return { csrfToken: csrfTokenOf(session), clerk, mustChangePassword, expiresAt: endsAt.toISOString() };
}
