import { z } from 'zod';
import { touchClerkSession } from '../db/clerks/sessions';
import { recordNonce } from '../db/matters/nonces';
import { touchSession } from '../db/journeys/sessions';
import { hasRight, isReauthenticated, missingStep } from '../domain/clerks';
import { hasBearerToken } from '../platform/secrets';
import { verifyRequest } from '../registry/request-signature';
import type { VerifiedRequest } from '../registry/request-signature';
import { SignatureError } from '../registry/signature-error';
import { bearsCsrfToken, sessionTokenOf } from './clerk/session-cookie';
import type { Client, ClerkRoute, Context, RequestContext, Route } from './define-route';
import { hasBody, readBody, readJson } from './body';
import type { ApiDependencies } from './dependencies';
import { ApiError } from './errors';
import type { Issue } from './errors';

type Parsed = RequestContext<unknown, unknown, unknown>;

/** Identifies the caller, and only then reads the request: an unknown caller learns nothing about what was wrong with it. */
export async function requestContextOf(
  route: Route,
  ctx: Context,
  dependencies: ApiDependencies,
): Promise<Parsed> {
  const now = dependencies.now();
  const isSent = hasBody(ctx.req);
  if (isSent && route.method === 'get') throw new ApiError('bad_request');
  const issues: Issue[] = [];
  const parse = (part: string, schema: z.ZodType | undefined, value: unknown): unknown => {
    const result = (schema ?? nothing).safeParse(value);
    if (result.success) return result.data;
    issues.push(...result.error.issues.flatMap((issue) => issuesOf(part, issue)));
    return undefined;
  };
  // Before anything is looked up by them.
  const params = parse('path', route.params, { ...(ctx.params as object) });
  let reading: Promise<Buffer> | undefined;
  const body = isSent ? () => (reading ??= readBody(ctx, route)) : undefined;
  const caller = await authenticate(route, ctx, dependencies, { now, params, body });
  // A path that can't exist is not found, even if something else is wrong as well.
  if (issues.length > 0) throw new ApiError('not_found');
  const query = parse('query', route.query, { ...ctx.query });
  if (route.audience === 'clerk') {
    // Before a refusal, so that the record says what it was about.
    if (issues.length === 0) ctx.state.audit.subject = route.subject?.({ params, query });
    permit(route, ctx, caller as SignedIn, now);
  }
  const parseBody = (content: unknown) =>
    route.method === 'get' ? undefined : parse('', route.body, content);
  // A missing body is invalid, whatever the request is about.
  const emptyBody = body ? undefined : parseBody({});
  if (issues.length === 0) await route.admit?.({ params, clerk: (caller as SignedIn).clerk, now });
  const idempotencyKey = ctx.get('idempotency-key');
  if (route.idempotent && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
    throw new ApiError('idempotency_key_missing');
  }
  const parsedBody = body ? parseBody(contentOf(route, await body())) : emptyBody;
  if (issues.length > 0) throw new ApiError('invalid', { issues });
  const { requestId } = ctx.state;
  const lastEventId = ctx.get('last-event-id');
  return {
    params,
    query,
    body: parsedBody,
    requestId,
    idempotencyKey,
    lastEventId,
    now,
    ...caller,
  } as Parsed;
}

function contentOf({ mediaTypes }: Route, bytes: Buffer): unknown {
  return mediaTypes ? bytes : readJson(bytes);
}

/** What an Idempotency-Key is made of. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

const nothing = z.strictObject({});

type SignedIn = Pick<Parsed, 'clerk' | 'clerkSession'>;

/**
 * @throws ApiError where the sign-in is not complete, the role has not the right, a second factor was not shown lately enough, or
 * something would change and perhaps another site asks for it
 */
function permit(
  { method, right, reauthenticated }: ClerkRoute,
  ctx: Context,
  { clerk, clerkSession }: SignedIn,
  now: Date,
): void {
  if (method !== 'get' && !bearsCsrfToken(ctx, clerkSession)) throw new ApiError('csrf_missing');
  const missing = missingStep(right, clerkSession);
  if (missing) throw new ApiError(missing);
  if (!hasRight(clerk.role, right)) throw new ApiError('not_your_right');
  if (reauthenticated && !isReauthenticated(clerkSession, now))
    throw new ApiError('reauthentication_required');
}

async function authenticate(
  { audience, background }: Route,
  ctx: Context,
  dependencies: ApiDependencies,
  { now, params, body }: { now: Date; params: unknown; body?: () => Promise<Buffer> },
): Promise<
  Partial<Pick<Parsed, 'session' | 'journey' | 'sender' | 'clerk' | 'clerkSession' | 'audit' | 'client'>>
> {
  switch (audience) {
    case 'public':
    case 'visitor':
      return {};
    case 'mini-app':
    case 'journey-holder': {
      const [, token] = /^Bearer ([\w-]{43})$/.exec(ctx.get('authorization')) ?? [];
      const journeyId =
        audience === 'journey-holder' ? (params as { id: string } | undefined)?.id : undefined;
      const { store, sessionLimits } = dependencies;
      const found = token ? await touchSession(store, token, sessionLimits, now, journeyId) : undefined;
      if (!found) throw new ApiError('not_signed_in');
      if (audience === 'journey-holder' && !found.journey) throw new ApiError('not_found');
      return found;
    }
    case 'clerk-visitor':
      return { audit: ctx.state.audit, client: clientOf(ctx) };
    case 'clerk': {
      const token = sessionTokenOf(ctx);
      const { store, sessionLimits } = dependencies;
      const found = token
        ? await touchClerkSession(
            store.knex,
            token,
            sessionLimits,
            now,
            !background && !ctx.get('x-background'),
          )
        : undefined;
      if (!found) throw new ApiError('not_signed_in');
      ctx.state.audit.clerk = found.clerk.id;
      return { ...found, audit: ctx.state.audit, client: clientOf(ctx) };
    }
    case 'operator':
      if (dependencies.metricsToken === undefined) throw new ApiError('not_found');
      if (!hasBearerToken(ctx.get('authorization'), dependencies.metricsToken))
        throw new ApiError('not_signed_in');
      return {};
    case 'registration-system': {
      const sender = await senderOf(ctx, dependencies, now, body);
      await ctx.state.countByKey(sender.keyId);
      return { sender };
    }
  }
}

function clientOf(ctx: Context): Client {
  return { network: ctx.state.network, cookie: (name) => ctx.cookies.get(name) };
}

async function senderOf(
  ctx: Context,
  { registries, store, publicUrl }: ApiDependencies,
  now: Date,
  body: (() => Promise<Buffer>) | undefined,
): Promise<VerifiedRequest> {
  const request = {
    method: ctx.method,
    // Our own address, and the target as it came: nothing else that a request says names us.
    url: `${new URL(publicUrl).origin}${ctx.originalUrl}`,
    headers: ctx.req.headersDistinct,
    body,
  };
  try {
    const sender = await verifyRequest(request, registries, now);
    if (!(await recordNonce(store.knex, sender, now))) throw new ApiError('nonce_replayed');
    return sender;
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    throw new ApiError('request_not_verified', { detail: error.code, issues: [...error.issues] });
  }
}

/** Zod's issues as codes. Of a field that we do not know, not even the name is repeated: it may hold anything. */
function issuesOf(part: string, issue: z.core.$ZodIssue): Issue[] {
  const path = [part, ...issue.path.map(String)].filter(Boolean).join('.');
  const isOwnCode = /^[a-z][a-z0-9_]{2,60}$/.test(issue.message);
  return [{ path, code: isOwnCode ? issue.message : (codes[issue.code] ?? 'not_valid') }];
}

const codes: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  invalid_type: 'wrong_type',
  invalid_value: 'not_a_choice',
  too_small: 'too_small',
  too_big: 'too_big',
  invalid_format: 'wrong_form',
  unrecognized_keys: 'unknown_field',
  invalid_union: 'not_valid',
};
