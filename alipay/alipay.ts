import { createAccountHolders } from './account-holder';
import type { AccountHolders } from './account-holder';
import { createAuthCodes } from './auth-code';
import type { AuthCodes } from './auth-code';
import { createAuthorizedIdentities } from './authorized-identity';
import type { AuthorizedIdentities } from './authorized-identity';
import { createBankCards } from './bank-card';
import type { BankCardProduct, BankCards } from './bank-card';
import { createFaceChecks } from './face-check';
import type { FaceChecks } from './face-check';
import { createGateway } from './gateway';
import type { CountCall, GatewaySettings } from './gateway';
import { createMiniProgramLinks } from './mini-program-links';
import type { MiniProgramLinks } from './mini-program-links';
import { createTemplateMessages } from './template-messages';
import type { TemplateMessages } from './template-messages';

export interface AlipaySettings extends GatewaySettings {
  /** The face check that the contract covers, `FACE` unless given. */
  faceBizCode?: string;
  /** The bank card check that the contract covers. */
  bankCardProduct?: BankCardProduct;
}

/** All Alipay interfaces that this product calls. Every response is verified; every failure is an AlipayError. */
export interface Alipay
  extends
    AuthCodes,
    AuthorizedIdentities,
    AccountHolders,
    FaceChecks,
    BankCards,
    TemplateMessages,
    MiniProgramLinks {}

/** @throws AlipayKeyError if a key cannot be used */
export function createAlipay(settings: AlipaySettings, count?: CountCall): Alipay {
  const gateway = createGateway(settings, count);
  return {
    ...createAuthCodes(gateway),
    ...createAuthorizedIdentities(gateway),
    ...createAccountHolders(gateway),
    ...createFaceChecks(gateway, settings.faceBizCode ?? 'FACE'),
    ...createBankCards(gateway, settings.bankCardProduct ?? defaultBankCardProduct),
    ...createTemplateMessages(gateway),
    ...createMiniProgramLinks(gateway, settings.appId),
  };
}

// Alipay publishes neither value. The sandbox accepts these; in production the values of the contract replace them.
const defaultBankCardProduct: BankCardProduct = {
  productType: 'BANKCARD_CHECK',
  bizCode: 'DATA_DIGITAL_BIZ_CODE_BANKCARD_CHECK',
};
