import { z } from 'zod';
import { newChallenge, passkeysOf } from '../../db/clerks/passkeys';
import { showSecondFactor } from '../../db/clerks/second-factors';
import { touchClerkSession } from '../../db/clerks/sessions';
import { passkeyRequest, relyingPartyAt } from '../../platform/passkeys';
import { TOTP_CODE } from '../../platform/totp';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { createDeviceCookies } from './device-cookie';
import { PRODUCT } from './own-factors';
import { assertionSchema, requestSchema } from './passkey-schemas';
import { cookieOf } from './session-cookie';
import { presentSession, rejectUntil, sessionSchema } from './sessions';

const proofSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp'), code: z.string().regex(TOTP_CODE, 'totp_form') }),
  z.strictObject({ kind: z.literal('recovery-code'), code: z.string().max(40, 'too_big') }),
  z.strictObject({ kind: z.literal('passkey'), response: assertionSchema }),
]);

/** The second step of signing in, and the same again before an approval. */
export function secondFactorRoutes({
  store,
  sessionLimits,
  pseudonyms,
  publicUrl,
}: ApiDependencies): Route[] {
  const devices = createDeviceCookies(pseudonyms, publicUrl);
  const party = () => relyingPartyAt(publicUrl, PRODUCT);
  return [
    defineRoute({
      method: 'post',
      path: '/api/clerk/second-factor',
      summary: 'Show a second factor: completes the sign-in, and for five minutes allows approvals',
      audience: 'clerk',
      right: 'own-sign-in',
      action: 'show-second-factor',
      body: proofSchema,
      errors: ['second_factor_wrong', 'sign_in_later'],
      responses: { 200: { description: 'Shown; the session may have a new cookie', schema: sessionSchema } },
      async handle({ body, clerk: { id, login }, clerkSession: session, client, now }) {
        const proof = body.kind === 'passkey' ? { ...body, party: party() } : body;
        const counted = devices.countedFor(login, client, 'second-factor');
        const { done, freeAt } = await showSecondFactor(
          store,
          { clerk: id, session },
          { proof, counted },
          now,
        );
        rejectUntil(freeAt, now);
        if (!done) throw new ApiError('second_factor_wrong');
        const found = await touchClerkSession(store.knex, done.token, sessionLimits, now);
        if (!found) throw new ApiError('not_signed_in');
        const cookies = [cookieOf(done, publicUrl), devices.cookieFor(login)];
        return {
          status: 200,
          headers: { 'Set-Cookie': cookies },
          body: presentSession(found.clerk, found.clerkSession),
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/second-factor/passkey-request',
      summary: 'What the browser needs to use one of the own passkeys; valid for five minutes, once',
      audience: 'clerk',
      right: 'own-sign-in',
      action: 'ask-for-passkey',
      body: z.strictObject({}),
      responses: { 200: { description: 'For navigator.credentials.get', schema: requestSchema } },
      async handle({ clerk, clerkSession, now }) {
        const known = await passkeysOf(store.knex, clerk.id);
        const challenge = await newChallenge(store.knex, clerkSession, now);
        return { status: 200, body: passkeyRequest(party(), { challenge, known }) };
      },
    }),
  ];
}
