import { z } from 'zod';
import { newChallenge, passkeysOf } from '../../db/clerks/passkeys';
import { enrol, findFactors, newRecoveryCodes, removePasskey } from '../../db/clerks/second-factors';
import type { NewFactor } from '../../db/clerks/second-factors';
import { touchClerkSession } from '../../db/clerks/sessions';
import { offerTotp } from '../../db/clerks/totps';
import { passkeyCreation, relyingPartyAt } from '../../platform/passkeys';
import { TOTP_CODE, totpUri } from '../../platform/totp';
import { defineRoute } from '../define-route';
import type { RequestContext, ResponseOf, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { createDeviceCookies } from './device-cookie';
import { creationSchema, registrationSchema } from './passkey-schemas';
import { cookieOf } from './session-cookie';
import { presentSession, sessionSchema } from './sessions';

/** The name under which authenticator apps and browsers list us. */
export const PRODUCT = '登记注册身份验证';

const recoveryCodes = z.array(z.string()).describe('shown this once; each replaces a second factor once');

const factorsSchema = z
  .strictObject({
    totp: z.strictObject({ addedAt: z.iso.datetime() }).optional(),
    passkeys: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        addedAt: z.iso.datetime(),
        usedAt: z.iso.datetime().optional(),
      }),
    ),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'OwnFactors' });

const enrolledResponse = {
  description: 'Enrolled; with the first factor the sign-in is complete, and the session has a new cookie',
  schema: z.strictObject({ session: sessionSchema, recoveryCodes: recoveryCodes.optional() }),
};

const passkeyId = z.strictObject({ passkey: z.uuid() });
const passkeyName = z.string().trim().min(1, 'name_missing').max(60, 'text_too_long');

/** A clerk's own second factors. The first is enrolled after the password; later changes want one that was shown lately. */
export function ownFactorRoutes({ store, sessionLimits, pseudonyms, publicUrl }: ApiDependencies): Route[] {
  const devices = createDeviceCookies(pseudonyms, publicUrl);
  const party = () => relyingPartyAt(publicUrl, PRODUCT);
  const own = { audience: 'clerk', right: 'own-factors' } as const;
  const changing = { ...own, method: 'post', reauthenticated: true } as const;

  async function add(
    { clerk, clerkSession, now }: RequestContext<unknown, unknown, unknown>,
    factor: NewFactor,
  ): Promise<ResponseOf<{ 201: typeof enrolledResponse }>> {
    const added = await enrol(store, { clerk: clerk.id, session: clerkSession }, factor, now);
    if (!added) throw new ApiError('enrolment_not_proven');
    const found = await touchClerkSession(store.knex, added.session.token, sessionLimits, now);
    if (!found) throw new ApiError('not_signed_in');
    return {
      status: 201,
      headers: { 'Set-Cookie': [cookieOf(added.session, publicUrl), devices.cookieFor(clerk.login)] },
      body: {
        session: presentSession(found.clerk, found.clerkSession),
        recoveryCodes: added.recoveryCodes,
      },
    };
  }

  return [
    defineRoute({
      ...own,
      method: 'get',
      path: '/api/clerk/factors',
      summary: 'The own second factors',
      action: 'list-second-factors',
      responses: { 200: { description: 'The factors', schema: factorsSchema } },
      async handle({ clerk }) {
        const { totp, passkeys, recoveryCodesLeft } = await findFactors(store.knex, clerk.id);
        const body = {
          ...(totp && { totp: { addedAt: totp.addedAt.toISOString() } }),
          passkeys: passkeys.map(({ addedAt, usedAt, ...passkey }) => ({
            ...passkey,
            addedAt: addedAt.toISOString(),
            ...(usedAt && { usedAt: usedAt.toISOString() }),
          })),
          recoveryCodesLeft,
        };
        return { status: 200, body };
      },
    }),
    defineRoute({
      ...changing,
      path: '/api/clerk/factors/totp-offer',
      summary: 'A secret for an authenticator app; an earlier app stays enrolled until a code of the new one',
      action: 'ask-for-totp',
      body: z.strictObject({}),
      responses: {
        200: {
          description: 'The secret',
          schema: z.strictObject({
            secret: z.string().describe('Base32'),
            uri: z.string().describe('for the QR code that apps scan'),
          }),
        },
      },
      async handle({ clerk, clerkSession }) {
        const secret = await offerTotp(store, clerk.id, clerkSession);
        const uri = totpUri(secret, { issuer: PRODUCT, login: clerk.login });
        return { status: 200, body: { secret, uri } };
      },
    }),
    defineRoute({
      ...changing,
      path: '/api/clerk/factors/totp',
      summary: 'Enrol the authenticator app that shows this code, in place of an earlier one',
      action: 'add-totp',
      body: z.strictObject({ code: z.string().regex(TOTP_CODE, 'totp_form') }),
      errors: ['enrolment_not_proven'],
      responses: { 201: enrolledResponse },
      handle: (call) => add(call, { kind: 'totp', code: call.body.code }),
    }),
    defineRoute({
      ...changing,
      path: '/api/clerk/factors/passkey-offer',
      summary: 'What the browser needs to make a passkey; valid for five minutes, once',
      action: 'ask-for-new-passkey',
      body: z.strictObject({}),
      responses: { 200: { description: 'For navigator.credentials.create', schema: creationSchema } },
      async handle({ clerk, clerkSession, now }) {
        const known = await passkeysOf(store.knex, clerk.id);
        const challenge = await newChallenge(store.knex, clerkSession, now);
        return { status: 200, body: passkeyCreation(party(), clerk, { challenge, known }) };
      },
    }),
    defineRoute({
      ...changing,
      path: '/api/clerk/factors/passkeys',
      summary: 'Enrol the passkey that the browser has made',
      action: 'add-passkey',
      body: z.strictObject({ name: passkeyName, response: registrationSchema }),
      errors: ['enrolment_not_proven'],
      responses: { 201: enrolledResponse },
      handle: (call) => add(call, { kind: 'passkey', ...call.body, party: party() }),
    }),
    defineRoute({
      ...changing,
      path: '/api/clerk/factors/passkeys/:passkey/removal',
      summary: 'Remove one of the own passkeys, unless it is the only factor',
      action: 'remove-passkey',
      params: passkeyId,
      subject: ({ params }) => ({ kind: 'passkey', id: params.passkey }),
      body: z.strictObject({}),
      errors: ['last_second_factor'],
      responses: { 204: { description: 'Removed' } },
      async handle({ params, clerk }) {
        const removed = await removePasskey(store.knex, clerk.id, params.passkey);
        if (removed === 'last') throw new ApiError('last_second_factor');
        if (!removed) throw new ApiError('not_found');
        return { status: 204 };
      },
    }),
    defineRoute({
      ...changing,
      path: '/api/clerk/factors/recovery-codes',
      summary: 'Ten new recovery codes; the earlier ones are void',
      action: 'renew-recovery-codes',
      body: z.strictObject({}),
      errors: ['second_factor_required'],
      responses: {
        200: { description: 'The codes', schema: z.strictObject({ recoveryCodes }) },
      },
      async handle({ clerk, clerkSession }) {
        // Beside a factor, not instead of one.
        if (clerkSession.secondFactors.length === 0) throw new ApiError('second_factor_required');
        return { status: 200, body: { recoveryCodes: await newRecoveryCodes(store, clerk.id) } };
      },
    }),
  ];
}
