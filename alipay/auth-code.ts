import { z } from 'zod';
import type { Gateway } from './gateway';

/** A person's Alipay account as this application sees it. At least one id is set; new applications get only `openId`. */
export interface AlipayAccount {
  openId?: string;
  userId?: string;
}

export interface AuthCodes {
  /**
   * Finds the Alipay account on the phone by the auth code that the mini-program got for this visit. A code can be exchanged
   * only once. If the response is lost, the mini-program must get a new code.
   * @throws AlipayError auth_code_invalid, and the errors of every call
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
        response: token,
      });
      return {
        account: { openId: open_id, userId: user_id },
        accessToken: access_token,
        expiresInSeconds: expires_in,
      };
    },
  };
}
