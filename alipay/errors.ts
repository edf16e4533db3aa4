import type { VendorFailure } from '../domain/stuck';

/**
 * When the same call can be repeated.
 * - `later`: unchanged, after a while. Alipay did nothing, or a second call does no harm.
 * - `never`: only after the data or the configuration has changed.
 * - `ask-first`: Alipay may have carried it out. Query the outcome first, or repeat the call under the same order number.
 */
export type Retry = 'later' | 'never' | 'ask-first';

const kinds = {
  alipay_unreachable: { retry: 'later', message: 'No connection to Alipay could be made' },
  alipay_timeout: { retry: 'ask-first', message: 'Alipay did not respond in time' },
  alipay_reply_lost: {
    retry: 'ask-first',
    message: 'The connection to Alipay broke before the response was read',
  },
  alipay_unavailable: { retry: 'ask-first', message: 'Alipay cannot process the call at the moment' },
  alipay_answer_unreadable: {
    retry: 'ask-first',
    message: "Alipay's response does not have the documented form",
  },
  alipay_answer_unverified: {
    retry: 'ask-first',
    message: "Alipay's response has no signature, or a signature that does not match Alipay's key",
  },
  alipay_refused: { retry: 'never', message: 'Alipay rejected the call' },
  auth_code_invalid: {
    retry: 'never',
    message: 'The authorization code was already used, has expired, or belongs to another app',
  },
  access_token_invalid: { retry: 'never', message: 'The access token has expired or is not valid' },
} as const satisfies Record<VendorFailure, { retry: Retry; message: string }>;

export type AlipayErrorCode = VendorFailure;

/** A call to Alipay without a result. The message contains only codes, so it may be logged. */
export class AlipayError extends Error {
  readonly retry: Retry;
  /**
   * Alipay's own code (`isv.invalid-signature`) or the network's (`ECONNREFUSED`). If the response could not be verified, the
   * code is only a hint for operators and proves nothing.
   */
  readonly subCode: string | undefined;

  /** @param about `retry` replaces the usual value for the code; any `subCode` is accepted, because asVendorCode filters it. */
  constructor(
    readonly code: AlipayErrorCode,
    about: { retry?: Retry; subCode?: unknown } = {},
  ) {
    const subCode = asVendorCode(about.subCode);
    super(`${kinds[code].message} (${subCode ? `${code}, ${subCode}` : code}).`);
    this.name = 'AlipayError';
    this.retry = about.retry ?? kinds[code].retry;
    this.subCode = subCode;
  }
}

// No code of Alipay has six digits in a row. Every identity, card and telephone number does.
const VENDOR_CODE = /^(?!.*\d{6})[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/** Returns `text` if it has the form of a vendor's code, else undefined: other text may quote a person's input. */
export function asVendorCode(text: unknown): string | undefined {
  return typeof text === 'string' && VENDOR_CODE.test(text) ? text : undefined;
}

// Codes of Alipay that mean something other than a plain rejection. Codes of a single interface are handled in its own file.
const meanings = new Map<string, AlipayErrorCode>([
  ['aop.unknow-error', 'alipay_unavailable'],
  ['SYSTEM_ERROR', 'alipay_unavailable'],
  ['UNKNOWN_ERROR', 'alipay_unavailable'],
  ['UNABLE_GET_IMAGE', 'alipay_unavailable'],
  ['isv.code-invalid', 'auth_code_invalid'],
  ['aop.invalid-auth-token', 'access_token_invalid'],
  ['aop.auth-token-time-out', 'access_token_invalid'],
]);

/** The error for a failure response that Alipay has signed. */
export function errorOfFailure(failure: { code?: string; sub_code?: string; sub_msg?: string }): AlipayError {
  // Some products put their code into the message: sub_code "unknown-sub-code", sub_msg "CERTIFY_ID_EXPIRED".
  const hidden = failure.sub_code === 'unknown-sub-code' ? asVendorCode(failure.sub_msg) : undefined;
  const subCode = hidden ?? failure.sub_code ?? '';
  // The gateway rejects such a call before it does anything.
  if (failure.code === '40005' || subCode.endsWith('call-limited')) {
    return new AlipayError('alipay_unavailable', { retry: 'later', subCode });
  }
  if (failure.code === '20000' || subCode.startsWith('isp.')) {
    return new AlipayError('alipay_unavailable', { subCode });
  }
  return new AlipayError(meanings.get(subCode) ?? 'alipay_refused', { subCode });
}
