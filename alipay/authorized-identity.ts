import { z } from 'zod';
import type { Gateway } from './gateway';

export interface AuthorizedIdentities {
  /**
   * Name and number on the account holder's resident ID card, as Alipay knows them. Undefined if the account is not certified,
   * or is certified by another document.
   * @param accessToken from an auth code with the scope `auth_user`; Alipay asks the person before it issues such a code
   * @throws AlipayError access_token_invalid, alipay_refused if the person or the contract does not permit it, and the errors of
   * every call
   */
  shareIdentity(accessToken: string): Promise<{ name: string; number: string } | undefined>;
}

const RESIDENT_ID = '0';

// A field that the application is not approved for is missing or empty.
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
        response: information,
      });
      const isKnown = is_certified === 'T' && cert_type === RESIDENT_ID && user_name && cert_no;
      return isKnown ? { name: user_name, number: cert_no } : undefined;
    },
  };
}
