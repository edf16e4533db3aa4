import { z } from 'zod';
import { asVendorCode } from './errors';
import type { Gateway } from './gateway';

export interface AccountHolders {
  /**
   * Whether the name and number of a resident ID card belong to the holder of the Alipay account. Alipay only compares; it
   * discloses nothing.
   * @param p `accessToken` comes from the exchange of the account's auth code.
   * @throws AlipayError access_token_invalid, and the errors of every call
   */
  compareAccountHolder(p: {
    name: string;
    number: string;
    accessToken: string;
  }): Promise<{ matches: true } | { matches: false; reason?: string }>;
}

const preconsultation = z.object({ verify_id: z.string().min(1).max(128) });

const consultation = z.object({ passed: z.enum(['T', 'F']), fail_reason: z.string().optional() });

export function createAccountHolders(gateway: Gateway): AccountHolders {
  return {
    async compareAccountHolder({ name, number, accessToken }) {
      const { verify_id } = await gateway.call({
        method: 'alipay.user.certdoc.certverify.preconsult',
        bizContent: { user_name: name, cert_type: 'IDENTITY_CARD', cert_no: number },
        repeatable: true,
        response: preconsultation,
      });
      const { passed, fail_reason } = await gateway.call({
        method: 'alipay.user.certdoc.certverify.consult',
        bizContent: { verify_id },
        authToken: accessToken,
        repeatable: true,
        response: consultation,
      });
      return passed === 'T' ? { matches: true } : { matches: false, reason: asVendorCode(fail_reason) };
    },
  };
}
