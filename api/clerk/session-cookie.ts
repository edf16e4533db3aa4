import type { Context } from 'koa';
import type { ClerkSession, OpenedSession } from '../../db/clerks/sessions';
import { derivedToken, isSecret } from '../../platform/secrets';

export const COOKIE = 'clerk_session';
export const CSRF_HEADER = 'X-CSRF-Token';

/** The token that the browser shows; undefined if it shows none that could be one. */
export function sessionTokenOf(ctx: Pick<Context, 'cookies'>): string | undefined {
  const token = ctx.cookies.get(COOKIE);
  return token && /^[\w-]{43}$/.test(token) ? token : undefined;
}

/**
 * Has the browser keep the session's token until its own end: no script reads it, no other site sends it, and it goes over TLS
 * only, unless we ourselves are reached by plain http, which production is not.
 */
export function cookieOf({ token }: OpenedSession, publicUrl: string): string {
  return `${COOKIE}=${token}; ${cookieAttributes(publicUrl)}`;
}

/** Has the browser forget it. */
export function endedCookie(publicUrl: string): string {
  return `${COOKIE}=; Max-Age=0; ${cookieAttributes(publicUrl)}`;
}

/** Of every cookie for clerks. */
export function cookieAttributes(publicUrl: string): string {
  const base = 'Path=/api/clerk; HttpOnly; SameSite=Strict';
  return publicUrl.startsWith('http:') ? base : `${base}; Secure`;
}

/** The token that our pages send with every change. Another site can make the browser send the cookie, but does not know this token. */
export function csrfTokenOf({ token }: OpenedSession): string {
  return derivedToken(token, 'clerk-csrf');
}

export function bearsCsrfToken(ctx: Pick<Context, 'get'>, session: ClerkSession): boolean {
  return isSecret(ctx.get(CSRF_HEADER), csrfTokenOf(session));
}
