import { z } from 'zod';
import type { Gateway } from './gateway';

/** A person's Alipay account as this application sees it; at least one of the two is there, new apps get only `openId`. */
export interface AlipayAccount {
  openId?: string;
  userId?: string;
}

export interface AuthCodes {
  /**
   * Who is holding the phone, by the code that the mini-program got for this visit. A code can be exchanged once: after a
   * lost reply the mini-program must get a new one.
   * @throws AlipayError auth_code_invalid and those of every call
   */
  exchangeAuthCode(
    authCode: string,
  ): Promise<{ account: AlipayAccount; accessToken: string; expiresInSeconds: number }>;
}

const id = z
  .string()
  .max(128)
  .optional()
  .transform((text) => (text === '' ? undefined : text));

const token = z
  .object({
    access_token: z.string().min(1).max(512),
    expires_in: z.coerce.number().int().positive(),
    open_id: id,
    user_id: id,
  })
  .refine(({ open_id, user_id }) => open_id ?? user_id);

export function createAuthCodes(gateway: Gateway): AuthCodes {
  return {
    async exchangeAuthCode(authCode) {
      const { access_token, expires_in, open_id, user_id } = await gateway.call({
        method: 'alipay.system.oauth.token',
        fields: { grant_type: 'authorization_code', code: authCode },
        repeatable: false,
        answer: token,
      });
      return {
        account: { openId: open_id, userId: user_id },
        accessToken: access_token,
        expiresInSeconds: expires_in,
      };
    },
  };
}
