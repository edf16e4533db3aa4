import { z } from 'zod';
import { asVendorCode } from './errors';
import type { Gateway } from './gateway';

export interface BankCards {
  /**
   * Whether a bank card belongs to the holder of a resident ID card. If `phone` is given, it must also be the phone number of
   * the card. Alipay has no query for this check: if the outcome is unknown, send the same order number again.
   * @throws AlipayError
   */
  checkBankCard(p: {
    outerOrderNo: string;
    name: string;
    number: string;
    cardNumber: string;
    phone?: string;
  }): Promise<{ matches: true } | { matches: false; detail?: string }>;
}

/** The two values of the contract that every bank card check must name. */
export interface BankCardProduct {
  productType: string;
  bizCode: string;
}

// Alipay publishes no list of values. Its interfaces use T for yes and F for no. Any other value makes the response unreadable;
// it never counts as a match.
const comparison = z.object({ match: z.enum(['T', 'F']), detail: z.string().optional() });

export function createBankCards(gateway: Gateway, { productType, bizCode }: BankCardProduct): BankCards {
  return {
    async checkBankCard({ outerOrderNo, name, number, cardNumber, phone }) {
      const { match, detail } = await gateway.call({
        method: 'datadigital.fincloud.generalsaas.bankcard.check',
        bizContent: {
          outer_biz_no: outerOrderNo,
          product_type: productType,
          biz_code: bizCode,
          cert_type: 'IDENTITY_CARD',
          cert_name: name,
          cert_no: number,
          bankcard_no: cardNumber,
          phone,
        },
        repeatable: false,
        response: comparison,
      });
      return match === 'T' ? { matches: true } : { matches: false, detail: asVendorCode(detail) };
    },
  };
}
