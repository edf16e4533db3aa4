import { z } from 'zod';
import { changeOwnPassword, endClerkSession, signIn, touchClerkSession } from '../../db/clerks/sessions';
import type { ClerkSession } from '../../db/clerks/sessions';
import type { Clerk } from '../../db/clerks/clerks';
import { clerkRoles, LOGIN, MAX_PASSWORD_LENGTH, secondFactors, vouchings } from '../../domain/clerks';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
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

export const sessionSchema = z
  .strictObject({
    csrfToken: z.string(),
    clerk: clerkSchema,
    mustChangePassword: z.boolean().describe('before anything else but a second factor'),
    secondFactors: z
      .array(z.enum(secondFactors))
      .describe('what this clerk can show; if it is empty, one is to be enrolled before anything else'),
    secondFactorAt: z.iso
      .datetime()
      .optional()
      .describe('when one was last shown in this session; before that, nothing else is allowed'),
    vouchedFor: z
      .enum(vouchings)
      .optional()
      .describe('what the identity provider vouches for, if the clerk signed in there'),
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

  return [
    defineRoute({
      method: 'post',
      path: '/api/clerk/sessions',
      summary:
        'Sign in with the password; the session comes as a cookie, and is complete with a second factor',
      audience: 'clerk-visitor',
      action: 'sign-in',
      body: z.strictObject({ login: z.string().regex(LOGIN, 'login_form'), password: typed }),
      errors: ['sign_in_refused', 'sign_in_later'],
      responses: { 201: { description: 'Signed in', schema: sessionSchema } },
      async handle({ body, audit, client, now }) {
        const credentials = { ...body, counted: devices.countedFor(body.login, client) };
        const { clerk, done: session, freeAt } = await signIn(store.knex, credentials, sessionLimits, now);
        audit.clerk = clerk;
        rejectUntil(freeAt, now);
        const found = session && (await touchClerkSession(store.knex, session.token, sessionLimits, now));
        if (!found) throw new ApiError('sign_in_refused');
        return {
          status: 201,
          headers: { 'Set-Cookie': cookieOf(found.clerkSession, publicUrl) },
          body: presentSession(found.clerk, found.clerkSession),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/session',
      summary: 'The clerk who is signed in, and the token against CSRF',
      audience: 'clerk',
      right: 'own-sign-in',
      action: 'see-session',
      responses: { 200: { description: 'The session', schema: sessionSchema } },
      handle: async ({ clerk, clerkSession }) => ({
        status: 200,
        body: presentSession(clerk, clerkSession),
      }),
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
      right: 'own-password',
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

/** @throws ApiError if nothing that is typed is looked at before then */
export function rejectUntil(freeAt: Date | undefined, now: Date): void {
  if (!freeAt) return;
  const retryAfter = Math.ceil((freeAt.getTime() - now.getTime()) / 1000);
  throw new ApiError('sign_in_later', { retryAfter });
}

export function presentSession(clerk: Clerk, session: ClerkSession): z.input<typeof sessionSchema> {
  const { mustChangePassword, secondFactors, secondFactorAt, vouchedFor, endsAt } = session;
  return {
    csrfToken: csrfTokenOf(session),
    ...{ clerk, mustChangePassword, secondFactors: [...secondFactors] },
    ...(secondFactorAt && { secondFactorAt: secondFactorAt.toISOString() }),
    ...(vouchedFor && { vouchedFor }),
    expiresAt: endsAt.toISOString(),
  };
}
