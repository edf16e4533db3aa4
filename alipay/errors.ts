import type { VendorFailure } from '../domain/stuck';

/**
 * When the same call makes sense again.
 * - `later`: as it was, after a while; nothing was done, or doing it twice does no harm.
 * - `never`: not before the data or the configuration has changed.
 * - `ask-first`: it may have been carried out; find out before repeating it, or repeat it under the same order number.
 */
export type Retry = 'later' | 'never' | 'ask-first';

const kinds = {
  alipay_unreachable: { retry: 'later', sentence: 'No connection to Alipay could be made' },
  alipay_timeout: { retry: 'ask-first', sentence: 'Alipay did not answer in time' },
  alipay_reply_lost: {
    retry: 'ask-first',
    sentence: 'The connection to Alipay broke before its answer was read',
  },
  alipay_unavailable: { retry: 'ask-first', sentence: 'Alipay cannot serve the call at the moment' },
  alipay_answer_unreadable: {
    retry: 'ask-first',
    sentence: "Alipay's answer has not the form it should have",
  },
  alipay_answer_unverified: {
    retry: 'ask-first',
    sentence: "Alipay's answer carries no signature, or one that Alipay's key did not make",
  },
  alipay_refused: { retry: 'never', sentence: 'Alipay refused the call' },
  auth_code_invalid: {
    retry: 'never',
    sentence: 'The authorization code is used up, expired or not of this app',
  },
  access_token_invalid: { retry: 'never', sentence: 'The access token is expired or not valid' },
} as const satisfies Record<VendorFailure, { retry: Retry; sentence: string }>;

export type AlipayErrorCode = VendorFailure;

/** Why a call to Alipay brought no result. Its message holds codes only, so it may be logged. */
export class AlipayError extends Error {
  readonly retry: Retry;
  /**
   * Alipay's own code (`isv.invalid-signature`), or the network's (`ECONNREFUSED`). Of an answer that could not be
   * verified it is a hint for operators and proves nothing.
   */
  readonly subCode: string | undefined;

  /** @param about `retry` where it differs from what the code usually means; `subCode` may be anything, see asVendorCode. */
  constructor(
    readonly code: AlipayErrorCode,
    about: { retry?: Retry; subCode?: unknown } = {},
  ) {
    const subCode = asVendorCode(about.subCode);
    super(`${kinds[code].sentence} (${subCode ? `${code}, ${subCode}` : code}).`);
    this.name = 'AlipayError';
    this.retry = about.retry ?? kinds[code].retry;
    this.subCode = subCode;
  }
}

// Six digits in a row stand in no code of Alipay's, but in every identity, card and telephone number.
const VENDOR_CODE = /^(?!.*\d{6})[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/** `text` if it has the form of a vendor's code; anything else may quote what a person typed. */
export function asVendorCode(text: unknown): string | undefined {
  return typeof text === 'string' && VENDOR_CODE.test(text) ? text : undefined;
}

// Alipay's codes that mean something else than a plain refusal, beside those that a single interface knows.
const meanings = new Map<string, AlipayErrorCode>([
  ['aop.unknow-error', 'alipay_unavailable'],
  ['SYSTEM_ERROR', 'alipay_unavailable'],
  ['UNKNOWN_ERROR', 'alipay_unavailable'],
  ['UNABLE_GET_IMAGE', 'alipay_unavailable'],
  ['isv.code-invalid', 'auth_code_invalid'],
  ['aop.invalid-auth-token', 'access_token_invalid'],
  ['aop.auth-token-time-out', 'access_token_invalid'],
]);

/** What a failure that Alipay signed means to us. */
export function errorOfFailure(failure: { code?: string; sub_code?: string; sub_msg?: string }): AlipayError {
  // Some products hide their code in the message: sub_code "unknown-sub-code", sub_msg "CERTIFY_ID_EXPIRED".
  const hidden = failure.sub_code === 'unknown-sub-code' ? asVendorCode(failure.sub_msg) : undefined;
  const subCode = hidden ?? failure.sub_code ?? '';
  // Turned away at the door, so nothing was done.
  if (failure.code === '40005' || subCode.endsWith('call-limited')) {
    return new AlipayError('alipay_unavailable', { retry: 'later', subCode });
  }
  if (failure.code === '20000' || subCode.startsWith('isp.')) {
    return new AlipayError('alipay_unavailable', { subCode });
  }
  return new AlipayError(meanings.get(subCode) ?? 'alipay_refused', { subCode });
}
