import { signedResponse, startSigningGateway } from '../test/signing-gateway';
import { createAlipay } from './alipay';
import type { Alipay } from './alipay';

let server: Awaited<ReturnType<typeof startSigningGateway>>;
let alipay: Alipay;
beforeAll(async () => {
  server = await startSigningGateway();
  alipay = createAlipay(server.settings);
});
afterAll(() => server.close());

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
    server.respondByMethod({ [method]: certified });
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
    server.respondByMethod({ [method]: { ...certified, ...change } });
    await expect(alipay.shareIdentity('tok')).resolves.toBeUndefined();
  });

  it.each([
    ['40006', 'isv.insufficient-isv-permissions', 'alipay_refused', 'never'],
    ['20001', 'aop.invalid-auth-token', 'access_token_invalid', 'never'],
    ['20000', 'isp.unknow-error', 'alipay_unavailable', 'later'],
  ])('fails on %s %s with the code %s and retry %s', async (code, sub_code, expected, retry) => {
    server.respondByMethod({ [method]: { code, sub_code } });
    await expect(alipay.shareIdentity('tok')).rejects.toMatchObject({ code: expected, retry });
  });
});

describe('the comparison with the account holder', () => {
  const preconsult = 'alipay.user.certdoc.certverify.preconsult';
  const consult = 'alipay.user.certdoc.certverify.consult';
  const compare = () => alipay.compareAccountHolder({ ...person, accessToken: 'tok' });

  it('takes two calls, the second with the token of the person', async () => {
    server.respondByMethod({ [preconsult]: { verify_id: 'v1' }, [consult]: { passed: 'T' } });
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
    server.respondByMethod({ [preconsult]: { verify_id: 'v1' }, [consult]: body });
    await expect(compare()).resolves.toEqual({ matches: false, reason });
  });

  it.each([{}, { passed: true }, { passed: 'Y' }])('rejects the unclear response %j', async (body) => {
    server.respondByMethod({ [preconsult]: { verify_id: 'v1' }, [consult]: body });
    await expect(compare()).rejects.toMatchObject({ code: 'alipay_answer_unreadable', retry: 'later' });
  });

  it('reports an expired access token', async () => {
    const runOut = { code: '20001', sub_code: 'aop.auth-token-time-out' };
    server.respondByMethod({ [preconsult]: { verify_id: 'v1' }, [consult]: runOut });
    await expect(compare()).rejects.toMatchObject({ code: 'access_token_invalid' });
  });
});
