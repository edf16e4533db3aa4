import { z } from 'zod';
import { beginProviderSignIn, signInByProvider, takeProviderSignIn } from '../../db/clerks/provider-accounts';
import type { ProviderAccount } from '../../db/clerks/provider-accounts';
import type { Credentials } from '../../db/clerks/sessions';
import { touchClerkSession } from '../../db/clerks/sessions';
import { PROVIDER_SIGN_IN_MS } from '../../domain/clerks';
import { isStateOf, ProviderError } from '../../platform/identity-provider';
import type { IdentityProvider, ProviderFailure } from '../../platform/identity-provider';
import { defineRoute } from '../define-route';
import type { Client, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { ErrorCode } from '../errors';
import { cookieAttributes, cookieOf } from './session-cookie';
import { presentSession, rejectUntil, sessionSchema } from './sessions';

const COOKIE = 'clerk_provider_sign_in';
const failures = {
  unavailable: 'provider_unavailable',
  cancelled: 'provider_sign_in_cancelled',
  void: 'provider_sign_in_void',
  invalid: 'provider_answer_invalid',
} as const satisfies Record<ProviderFailure, ErrorCode>;
const refusals = { unlinked: 'provider_account_unlinked', disabled: 'clerk_disabled' } as const;

/**
 * Signing in at the identity provider, if there is one. The browser is sent there, comes back to the console with an answer, and the
 * console hands the answer in here, with the cookie of the browser that began.
 */
export function providerSignInRoutes({
  store,
  sessionLimits,
  pseudonyms,
  publicUrl,
  identityProvider,
}: ApiDependencies): Route[] {
  const cookie = (value: string, seconds: number) =>
    `${COOKIE}=${value}; Max-Age=${seconds}; ${cookieAttributes(publicUrl)}`;

  /** As a login is counted (ADR 0033): by account there and network, and by account from everywhere. */
  function countedFor({ issuer, subject }: ProviderAccount, { network }: Client): Credentials['counted'] {
    const place = (...where: string[]) => pseudonyms.signInTries(subject, 'provider', issuer, ...where);
    return [{ login: place(), place: place('network', network) }];
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/identity-provider',
      summary: 'Whether clerks can sign in at an identity provider',
      audience: 'clerk-visitor',
      action: 'ask-for-identity-provider',
      background: true,
      responses: {
        200: {
          description: 'What is offered',
          schema: z.strictObject({
            isOffered: z.boolean(),
            signOutUrl: z.url().optional().describe('for a browser whose clerk signed in there'),
          }),
        },
      },
      handle: async () => ({
        status: 200,
        body: { isOffered: identityProvider !== undefined, signOutUrl: identityProvider?.signOutUrl() },
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/provider-sign-ins',
      summary: 'Begin to sign in at the identity provider, within ten minutes and in this browser',
      audience: 'clerk-visitor',
      action: 'begin-provider-sign-in',
      body: z.strictObject({}),
      errors: ['not_found', 'provider_unavailable', 'provider_answer_invalid'],
      responses: {
        201: { description: 'Where to go', schema: z.strictObject({ url: z.url() }) },
      },
      async handle({ now }) {
        const provider = offered(identityProvider);
        const token = await beginProviderSignIn(store.knex, now);
        const url = await orRefuse(provider.signInUrl(token));
        const headers = { 'Set-Cookie': cookie(token, PROVIDER_SIGN_IN_MS / 1000) };
        return { status: 201, headers, body: { url } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/provider-sign-ins/answer',
      summary: 'Sign in by the answer of the identity provider, once and in the browser that began',
      audience: 'clerk-visitor',
      action: 'sign-in-by-provider',
      body: z.strictObject({
        answer: z.string().max(8_000, 'too_big').describe('the query with which the browser came back'),
      }),
      errors: [
        ...(['not_found', 'sign_in_later'] as const),
        ...Object.values(failures),
        ...Object.values(refusals),
      ],
      responses: { 201: { description: 'Signed in', schema: sessionSchema } },
      async handle({ body: { answer }, audit, client, now }) {
        const provider = offered(identityProvider);
        const token = client.cookie(COOKIE) ?? '';
        // The state comes first: an answer that another page hands in ends no sign-in that is under way here.
        const isOwn = isStateOf(new URLSearchParams(answer).get('state'), token);
        if (!isOwn || !(await takeProviderSignIn(store.knex, token, now)))
          throw new ApiError('provider_sign_in_void');
        const { hasSecondFactor, ...account } = await orRefuse(provider.identify(answer, token));
        const vouchedFor = hasSecondFactor ? 'both-factors' : 'password';
        const tried = { account, vouchedFor, counted: countedFor(account, client) } as const;
        const { clerk, refusal, freeAt, done } = await signInByProvider(
          store.knex,
          tried,
          sessionLimits,
          now,
        );
        audit.clerk = clerk;
        rejectUntil(freeAt, now);
        if (refusal) throw new ApiError(refusals[refusal]);
        const found = done && (await touchClerkSession(store.knex, done.token, sessionLimits, now));
        if (!found) throw new ApiError('not_signed_in');
        return {
          status: 201,
          headers: { 'Set-Cookie': [cookieOf(found.clerkSession, publicUrl), cookie('', 0)] },
          body: presentSession(found.clerk, found.clerkSession),
        };
      },
    }),
  ];
}

/** @throws ApiError if there is none */
function offered(provider: IdentityProvider | undefined): IdentityProvider {
  if (!provider) throw new ApiError('not_found');
  return provider;
}

async function orRefuse<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    throw new ApiError(failures[error.failure], { detail: error.detail });
  }
}
