import { z } from 'zod';
import { asVendorCode } from './errors';
import type { Gateway } from './gateway';

export interface BankCards {
  /**
   * Whether a bank card belongs to the holder of a resident ID card, and the phone number to the card where one is given.
   * There is no asking afterwards: after an uncertain end the same order number is sent again.
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

/** What the contract says is to be named in a bank card check. */
export interface BankCardProduct {
  productType: string;
  bizCode: string;
}

// Alipay publishes no list of values; T and F are what its interfaces use for yes and no. Anything else is an answer that
// cannot be read, never a match.
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
        answer: comparison,
      });
      return match === 'T' ? { matches: true } : { matches: false, detail: asVendorCode(detail) };
    },
  };
}
