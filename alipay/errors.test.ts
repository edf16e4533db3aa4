import { AlipayError, asVendorCode, errorOfFailure } from './errors';

describe('a failure that Alipay signed', () => {
  it.each<[{ code: string; sub_code?: string }, string, string]>([
    [{ code: '20000', sub_code: 'isp.unknow-error' }, 'alipay_unavailable', 'ask-first'],
    [{ code: '20000' }, 'alipay_unavailable', 'ask-first'],
    [{ code: '40004', sub_code: 'SYSTEM_ERROR' }, 'alipay_unavailable', 'ask-first'],
    [{ code: '40005', sub_code: 'isv.app-call-limited' }, 'alipay_unavailable', 'later'],
    [{ code: '40002', sub_code: 'isv.method-call-limited' }, 'alipay_unavailable', 'later'],
    [{ code: '40002', sub_code: 'isv.code-invalid' }, 'auth_code_invalid', 'never'],
    [{ code: '20001', sub_code: 'aop.auth-token-time-out' }, 'access_token_invalid', 'never'],
    [{ code: '20001', sub_code: 'aop.invalid-auth-token' }, 'access_token_invalid', 'never'],
    [{ code: '40002', sub_code: 'isv.invalid-signature' }, 'alipay_refused', 'never'],
    [{ code: '40006', sub_code: 'isv.insufficient-isv-permissions' }, 'alipay_refused', 'never'],
    [{ code: '40004', sub_code: 'ARRANGEMENT_STATUS_ERROR' }, 'alipay_refused', 'never'],
    [{ code: '40004', sub_code: 'constructor' }, 'alipay_refused', 'never'],
  ])('%j becomes %s with retry %s', (failure, code, retry) => {
    expect(errorOfFailure(failure)).toMatchObject({ code, retry, subCode: failure.sub_code });
  });

  it('takes the code from the message if sub_code is unknown-sub-code', () => {
    expect(
      errorOfFailure({ code: '40004', sub_code: 'unknown-sub-code', sub_msg: 'CERTIFY_ID_EXPIRED' }),
    ).toMatchObject({ code: 'alipay_refused', subCode: 'CERTIFY_ID_EXPIRED' });
    expect(
      errorOfFailure({ code: '40004', sub_code: 'unknown-sub-code', sub_msg: '系统繁忙' }),
    ).toMatchObject({ subCode: 'unknown-sub-code' });
  });
});

describe('an error', () => {
  it('has a message with words and codes only', () => {
    expect(new AlipayError('alipay_refused', { subCode: 'isv.invalid-app-id' }).message).toBe(
      'Alipay rejected the call (alipay_refused, isv.invalid-app-id).',
    );
    expect(new AlipayError('alipay_timeout').message).toBe(
      'Alipay did not respond in time (alipay_timeout).',
    );
  });

  it.each(['张三', '110101190001010014', 'H1234567', 'A 1', '', 'x'.repeat(65), 7, undefined, 'a\nb'])(
    'does not take %j for a code',
    (text) => {
      expect(asVendorCode(text)).toBeUndefined();
      expect(new AlipayError('alipay_refused', { subCode: text }).subCode).toBeUndefined();
    },
  );
});
