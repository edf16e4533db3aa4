import { z } from 'zod';
import { AlipayError } from '../../alipay/errors';
import { takeOver } from '../../db/journeys/handovers';
import { openSession } from '../../db/journeys/sessions';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const answer = z
  .strictObject({
    token: z.string(),
    expiresAt: z.iso.datetime(),
    handover: z
      .enum(['accepted', 'rejected'])
      .optional()
      .describe(
        'there where a code was sent. `accepted`: the token is for the session of the code, which its phone no longer has. `rejected`: for a new session; nothing tells whether there was such a code',
      ),
  })
  .meta({ id: 'Session' });

export function sessionRoutes({ store, alipay, pseudonyms, sessionLimits }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/sessions',
      summary: 'Sign in with the authorization code that the channel gave the mini-program',
      audience: 'visitor',
      body: z.strictObject({
        channel: z.literal('alipay'),
        authCode: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'wrong_form'),
        device: z
          .string()
          .regex(/^[\w-]{16,64}$/)
          .optional()
          .describe('by which the mini-program knows this phone again: made up once, kept on it'),
        handover: z
          .string()
          .regex(/^[\w-]{43}$/, 'wrong_form')
          .optional()
          .describe(
            'the code of POST /api/journeys/{id}/handovers, to go on in its session with the same account',
          ),
      }),
      errors: ['auth_code_invalid', 'vendor_unavailable'],
      responses: { 201: { description: 'The token, shown this once', schema: answer } },
      async handle({ body, now }) {
        const { account, accessToken, expiresInSeconds } = await exchange(body.authCode);
        const alipayTokens = {
          ...account,
          accessToken,
          accessTokenExpiresAt: new Date(now.getTime() + expiresInSeconds * 1000).toISOString(),
        };
        const id = account.openId ?? account.userId ?? '';
        const phone = {
          account: pseudonyms.account(body.channel, id),
          channel: body.channel,
          device: body.device === undefined ? undefined : pseudonyms.device(body.device),
          alipayTokens,
        };
        const { handover } = body;
        const taken =
          handover === undefined ? undefined : await takeOver(store, handover, phone, sessionLimits, now);
        const { token, endsAt } = taken ?? (await openSession(store, phone, sessionLimits, now));
        const session = { token, expiresAt: endsAt.toISOString() };
        if (handover === undefined) return { status: 201, body: session };
        return { status: 201, body: { ...session, handover: taken ? 'accepted' : 'rejected' } };
      },
    }),
  ];

  async function exchange(authCode: string) {
    try {
      return await alipay.exchangeAuthCode(authCode);
    } catch (error) {
      if (!(error instanceof AlipayError)) throw error;
      if (error.code === 'auth_code_invalid') throw new ApiError('auth_code_invalid');
      throw new ApiError('vendor_unavailable', { detail: error.code, retryAfter: 5 });
    }
  }
}
