import { z } from 'zod';
import type { Gateway } from './gateway';

export interface AuthorizedIdentities {
  /**
   * Name and number of the resident ID card by which Alipay knows the account holder; undefined where the account is not certified,
   * or by another document.
   * @param accessToken of an auth code of the scope `auth_user`, for which Alipay has asked the person
   * @throws AlipayError access_token_invalid, alipay_refused where the person or the contract does not permit it, and those of
   * every call
   */
  shareIdentity(accessToken: string): Promise<{ name: string; number: string } | undefined>;
}

const RESIDENT_ID = '0';

// A field that the application was not approved for is left out, or empty.
const text = z.string().max(400).optional();

const information = z.object({
  is_certified: text,
  cert_type: text,
  user_name: text,
  cert_no: text,
});

export function createAuthorizedIdentities(gateway: Gateway): AuthorizedIdentities {
  return {
    async shareIdentity(accessToken) {
      const { is_certified, cert_type, user_name, cert_no } = await gateway.call({
        method: 'alipay.user.info.share',
        authToken: accessToken,
        repeatable: true,
        answer: information,
      });
      const isKnown = is_certified === 'T' && cert_type === RESIDENT_ID && user_name && cert_no;
      return isKnown ? { name: user_name, number: cert_no } : undefined;
    },
  };
}
