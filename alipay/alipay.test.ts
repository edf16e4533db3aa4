import { isSigned, signedResponse, startSigningGateway } from '../test/signing-gateway';
import { createAlipay } from './alipay';
import type { Alipay } from './alipay';

let server: Awaited<ReturnType<typeof startSigningGateway>>;
let alipay: Alipay;
beforeAll(async () => {
  server = await startSigningGateway();
  alipay = createAlipay(server.settings);
});
afterAll(() => server.close());

/** The gateway responds to each method with its body. A body without a code is a success. */
function respondWith(bodies: Record<string, object>): void {
  server.respond(({ query }) => {
    const method = query.get('method') ?? '';
    return signedResponse(`${method.replaceAll('.', '_')}_response`, {
      code: '10000',
      msg: 'Success',
      ...bodies[method],
    });
  });
}

const person = { name: '测试甲', number: '110101190001010014' };

describe('the exchange of an auth code', () => {
  const token = { access_token: 'tok', expires_in: 1296000, open_id: 'o1' };
  const exchange = (body: object) => {
    server.respond(() => signedResponse('alipay_system_oauth_token_response', body));
    return alipay.exchangeAuthCode('code-1');
  };

  it('returns the account if a successful response has no code', async () => {
    await expect(exchange(token)).resolves.toEqual({
      account: { openId: 'o1', userId: undefined },
      accessToken: 'tok',
      expiresInSeconds: 1296000,
    });
    const { form, signatureValid } = server.calls[0]!;
    expect(Object.fromEntries(form)).toEqual({ grant_type: 'authorization_code', code: 'code-1' });
    expect(signatureValid).toBe(true);
  });

  it.each([
    [{ ...token, user_id: '' }, { openId: 'o1' }],
    [{ ...token, open_id: '', user_id: '2088' }, { userId: '2088' }],
    [{ ...token, open_id: undefined, user_id: '2088', expires_in: '300' }, { userId: '2088' }],
  ])('takes the account from %j', async (body, account) => {
    expect((await exchange(body)).account).toEqual(account);
  });

  it.each([
    { ...token, open_id: undefined },
    { ...token, open_id: '', user_id: '' },
    { ...token, access_token: '' },
    { ...token, expires_in: 0 },
    { open_id: 'o1' },
  ])('rejects the account in %j', async (body) => {
    await expect(exchange(body)).rejects.toMatchObject({ code: 'alipay_answer_unreadable' });
  });

  it('reports a used code', async () => {
    server.respond(() => signedResponse('error_response', { code: '40002', sub_code: 'isv.code-invalid' }));
    await expect(alipay.exchangeAuthCode('code-1')).rejects.toMatchObject({
      code: 'auth_code_invalid',
      retry: 'never',
    });
  });
});

describe('the identity that Alipay shares with consent', () => {
  const method = 'alipay.user.info.share';
  const certified = {
    ...{ is_certified: 'T', cert_type: '0' },
    ...{ user_name: person.name, cert_no: person.number },
  };

  it('is requested with the token of the person', async () => {
    respondWith({ [method]: certified });
    await expect(alipay.shareIdentity('tok')).resolves.toEqual(person);
    expect(server.calls[0]?.query.get('auth_token')).toBe('tok');
    expect(server.calls[0]?.signatureValid).toBe(true);
  });

  it.each([
    ['not certified', { is_certified: 'F' }],
    ['certified by a passport', { cert_type: '1' }],
    ['without a name', { user_name: '' }],
    ['without a number', { cert_no: undefined }],
    ['without a certification field', { is_certified: undefined }],
  ])('is undefined for an account %s', async (_, change) => {
    respondWith({ [method]: { ...certified, ...change } });
    await expect(alipay.shareIdentity('tok')).resolves.toBeUndefined();
  });

  it.each([
    ['40006', 'isv.insufficient-isv-permissions', 'alipay_refused', 'never'],
    ['20001', 'aop.invalid-auth-token', 'access_token_invalid', 'never'],
    ['20000', 'isp.unknow-error', 'alipay_unavailable', 'later'],
  ])('fails on %s %s with the code %s and retry %s', async (code, sub_code, expected, retry) => {
    respondWith({ [method]: { code, sub_code } });
    await expect(alipay.shareIdentity('tok')).rejects.toMatchObject({ code: expected, retry });
  });
});

describe('the comparison with the account holder', () => {
  const preconsult = 'alipay.user.certdoc.certverify.preconsult';
  const consult = 'alipay.user.certdoc.certverify.consult';
  const compare = () => alipay.compareAccountHolder({ ...person, accessToken: 'tok' });

  it('takes two calls, the second with the token of the person', async () => {
    respondWith({ [preconsult]: { verify_id: 'v1' }, [consult]: { passed: 'T' } });
    await expect(compare()).resolves.toEqual({ matches: true });
    expect(server.calls.map(({ bizContent }) => bizContent)).toEqual([
      { user_name: person.name, cert_type: 'IDENTITY_CARD', cert_no: person.number },
      { verify_id: 'v1' },
    ]);
    expect(server.calls.map(({ query }) => query.get('auth_token'))).toEqual([null, 'tok']);
    expect(server.calls.every(({ signatureValid }) => signatureValid)).toBe(true);
  });

  it.each([
    [{ passed: 'F', fail_reason: 'CERT_NO_NOT_MATCH' }, 'CERT_NO_NOT_MATCH'],
    [{ passed: 'F', fail_reason: '姓名不一致' }, undefined],
    [{ passed: 'F' }, undefined],
  ])('reports no match for %j', async (body, reason) => {
    respondWith({ [preconsult]: { verify_id: 'v1' }, [consult]: body });
    await expect(compare()).resolves.toEqual({ matches: false, reason });
  });

  it.each([{}, { passed: true }, { passed: 'Y' }])('rejects the unclear response %j', async (body) => {
    respondWith({ [preconsult]: { verify_id: 'v1' }, [consult]: body });
    await expect(compare()).rejects.toMatchObject({ code: 'alipay_answer_unreadable', retry: 'later' });
  });

  it('reports an expired access token', async () => {
    const runOut = { code: '20001', sub_code: 'aop.auth-token-time-out' };
    respondWith({ [preconsult]: { verify_id: 'v1' }, [consult]: runOut });
    await expect(compare()).rejects.toMatchObject({ code: 'access_token_invalid' });
  });
});

describe('a face check', () => {
  const open = {
    ...person,
    outerOrderNo: 'a'.repeat(32),
    certType: 'IDENTITY_CARD',
    account: { openId: 'o1' },
    returnUrl: 'https://example.org/back?a=1&b=2',
  };

  it('is opened for this person and this account, and Alipay keeps no face', async () => {
    respondWith({ 'alipay.user.certify.open.initialize': { certify_id: 'c1' } });
    await expect(alipay.initializeFaceCheck(open)).resolves.toEqual({ certifyId: 'c1' });
    expect(server.calls[0]).toMatchObject({ signatureValid: true });
    expect(server.calls[0]!.bizContent).toEqual({
      outer_order_no: open.outerOrderNo,
      biz_code: 'FACE',
      identity_param: {
        identity_type: 'CERT_INFO',
        cert_type: 'IDENTITY_CARD',
        cert_name: person.name,
        cert_no: person.number,
        open_id: 'o1',
      },
      merchant_config: {
        return_url: open.returnUrl,
        face_reserve_strategy: 'never',
        out_put_facial_picture: true,
      },
    });
  });

  it('cannot be opened without a contract, and can be retried when Alipay is unavailable', async () => {
    respondWith({
      'alipay.user.certify.open.initialize': { code: '40004', sub_code: 'ARRANGEMENT_STATUS_ERROR' },
    });
    await expect(alipay.initializeFaceCheck(open)).rejects.toMatchObject({ code: 'alipay_refused' });
    respondWith({ 'alipay.user.certify.open.initialize': { code: '40004', sub_code: 'SYSTEM_ERROR' } });
    await expect(alipay.initializeFaceCheck(open)).rejects.toMatchObject({ code: 'alipay_unavailable' });
  });

  it('has a signed page URL without personal data', () => {
    const url = new URL(alipay.faceCheckUrl('c1'));
    expect(url.searchParams.get('method')).toBe('alipay.user.certify.open.certify');
    expect(url.searchParams.get('biz_content')).toBe('{"certify_id":"c1"}');
    expect(isSigned(url.searchParams)).toBe(true);
  });

  const face = Buffer.from('ffd8ffe000104a46494600', 'hex');
  const material_info = JSON.stringify({ facial_picture_front: { FEATURE_FACE: face.toString('base64') } });

  it.each<[object, object]>([
    [
      { passed: 'T', material_info },
      { outcome: 'passed', portrait: face },
    ],
    [{ passed: 'T', material_info: '{}' }, { outcome: 'passed' }],
    [{ passed: 'T', material_info: 'no json' }, { outcome: 'passed' }],
    [{ passed: 'T' }, { outcome: 'passed' }],
    [
      { passed: 'T', attack_flag: 'T' },
      { outcome: 'passed', attackFlag: true },
    ],
    [
      { passed: 'T', attack_flag: 'F' },
      { outcome: 'passed', attackFlag: false },
    ],
    [
      { passed: 'T', score: '92.5' },
      { outcome: 'passed', score: 92.5 },
    ],
    [
      { passed: 'T', score: 0 },
      { outcome: 'passed', score: 0 },
    ],
    [
      { passed: 'T', score: '100' },
      { outcome: 'passed', score: 100 },
    ],
    ...['', ' ', '0x10', '1e1', '-1', '100.1', 101, -1, null, true, [50]].map((score): [object, object] => [
      { passed: 'T', score },
      { outcome: 'passed' },
    ]),
    [
      { passed: 'F', fail_reason: 'Z1147', material_info },
      { outcome: 'failed', reason: 'Z1147' },
    ],
    [{ passed: 'F', fail_reason: '人脸比对不一致' }, { outcome: 'failed' }],
    [{ passed: 'F' }, { outcome: 'failed' }],
    [{}, { outcome: 'unfinished' }],
    [{ code: '40004', sub_code: 'CERTIFY_ID_EXPIRED' }, { outcome: 'expired' }],
    [{ code: '40004', sub_code: 'unknown-sub-code', sub_msg: 'CERTIFY_ID_EXPIRED' }, { outcome: 'expired' }],
    [{ code: '40004', sub_code: 'OPEN_CERTIFY_BILL_NOT_EXIST' }, { outcome: 'unknown-bill' }],
    [{ code: '40004', sub_code: 'OPEN_CERTIFY_BILL_STATUS_ERROR' }, { outcome: 'unfinished' }],
  ])('with the response %j has the result %j', async (body, result) => {
    respondWith({ 'alipay.user.certify.open.query': body });
    await expect(alipay.queryFaceCheck('c1')).resolves.toEqual(result);
    expect(server.calls[0]!.bizContent).toEqual({ certify_id: 'c1' });
  });

  it.each([
    [{ passed: 'yes' }, 'alipay_answer_unreadable'],
    [{ passed: true }, 'alipay_answer_unreadable'],
    [{ code: '40004', sub_code: 'UNKNOWN_ERROR' }, 'alipay_unavailable'],
    [{ code: '40004', sub_code: 'constructor' }, 'alipay_refused'],
  ])('with the response %j has no result', async (body, code) => {
    respondWith({ 'alipay.user.certify.open.query': body });
    await expect(alipay.queryFaceCheck('c1')).rejects.toMatchObject({ code });
  });

  it('does not count as expired if the response is unsigned', async () => {
    server.respond(() => '{"alipay_user_certify_open_query_response":{"sub_code":"CERTIFY_ID_EXPIRED"}}');
    await expect(alipay.queryFaceCheck('c1')).rejects.toMatchObject({ code: 'alipay_answer_unverified' });
  });
});

describe('a bank card check', () => {
  const method = 'datadigital.fincloud.generalsaas.bankcard.check';
  const card = { ...person, outerOrderNo: 'b'.repeat(32), cardNumber: '6200000000000000' };

  it('sends three elements, or four with a phone, and the product of the contract', async () => {
    respondWith({ [method]: { match: 'T', certify_id: 'x' } });
    const ours = createAlipay({
      ...server.settings,
      bankCardProduct: { productType: 'P', bizCode: 'B' },
    });
    await expect(ours.checkBankCard(card)).resolves.toEqual({ matches: true });
    await expect(ours.checkBankCard({ ...card, phone: '10000000000' })).resolves.toEqual({ matches: true });
    const three = {
      outer_biz_no: card.outerOrderNo,
      product_type: 'P',
      biz_code: 'B',
      cert_type: 'IDENTITY_CARD',
      cert_name: person.name,
      cert_no: person.number,
      bankcard_no: card.cardNumber,
    };
    expect(server.calls.map(({ bizContent }) => bizContent)).toEqual([
      three,
      { ...three, phone: '10000000000' },
    ]);
  });

  it.each([
    [{ match: 'F', detail: 'HOLDER_MISMATCH' }, 'HOLDER_MISMATCH'],
    [{ match: 'F', detail: '卡号6200000000000000有误' }, undefined],
    [{ match: 'F' }, undefined],
  ])('reports no match for %j', async (body, detail) => {
    respondWith({ [method]: body });
    await expect(alipay.checkBankCard(card)).resolves.toEqual({ matches: false, detail });
  });

  it.each([{}, { match: '1' }, { match: true }, { match: 'MATCH' }])(
    'is undecided after the response %j',
    async (body) => {
      respondWith({ [method]: body });
      await expect(alipay.checkBankCard(card)).rejects.toMatchObject({
        code: 'alipay_answer_unreadable',
        retry: 'ask-first',
      });
    },
  );
});
