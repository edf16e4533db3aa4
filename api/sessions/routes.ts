import { z } from 'zod';
import { AlipayError } from '../../alipay/errors';
import { openSession } from '../../db/journeys/sessions';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const answer = z.strictObject({ token: z.string(), expiresAt: z.iso.datetime() }).meta({ id: 'Session' });

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
        const { token, endsAt } = await openSession(
          store,
          {
            account: pseudonyms.account(body.channel, id),
            channel: body.channel,
            device: body.device === undefined ? undefined : pseudonyms.device(body.device),
            alipayTokens,
          },
          sessionLimits,
          now,
        );
        return { status: 201, body: { token, expiresAt: endsAt.toISOString() } };
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
