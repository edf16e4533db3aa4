import { shanghaiSecond } from '../../domain/shanghai-time';
import { createSign, randomBytes } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { createAlipayCertificates } from '../../test/setup/certificates';
import { startVendors } from '../../test/setup/vendors';
import type { Vendors } from '../../test/setup/vendors';

// These tests use no code of this system: they sign requests themselves or use Alipay's own SDK.

const certificates = createAlipayCertificates();
const APP_ID = '2021000000000001';
const person = { cert_name: '测试甲', cert_no: '110101190001010014' };
const another = { cert_name: '测试乙', cert_no: '110101190001010030' };

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(() => vendors.end());

type Parameters = Record<string, string | undefined>;

/** Sends a request in Alipay's documented form, without undefined parameters. */
async function send(to: Vendors, privateKey: string, changes: Parameters, inBody: readonly string[] = []) {
  const defined: Parameters = {
    app_id: APP_ID,
    method: 'alipay.user.certify.open.initialize',
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: shanghaiSecond(new Date()),
    version: '1.0',
    ...changes,
  };
  const parameters = Object.entries(defined).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const text = parameters
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  const sign = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
  const url = new URL(`${to.url}/gateway.do`);
  const body = new URLSearchParams();
  for (const [name, value] of [...parameters, ['sign', sign] as const]) {
    (name === 'biz_content' || inBody.includes(name) ? body : url.searchParams).set(name, value);
  }
  const response = await fetch(url, { method: 'POST', body });
  const members = (await response.json()) as Record<string, Record<string, unknown>>;
  return { status: response.status, body: members, content: Object.values(members)[0] };
}

const initialization = (changes: object = {}, identity: object = person) => ({
  outer_order_no: randomBytes(16).toString('hex'),
  biz_code: 'FACE',
  identity_param: { identity_type: 'CERT_INFO', cert_type: 'IDENTITY_CARD', ...identity },
  merchant_config: { return_url: '', face_reserve_strategy: 'never' },
  ...changes,
});

const sendBiz = async (biz: unknown, method = 'alipay.user.certify.open.initialize') =>
  await send(vendors, vendors.appPrivateKey, {
    method,
    biz_content: typeof biz === 'string' ? biz : JSON.stringify(biz),
  });

describe('a face check', () => {
  it('is opened with the documented values', async () => {
    expect((await sendBiz(initialization())).content).toMatchObject({ code: '10000' });
  });

  const identity = (changes: object) => initialization({}, { ...person, ...changes });

  it.each([
    ['a kind that is not documented', initialization({ biz_code: 'FACE_SDK' }), 'ILLEGAL_ARGUMENT_FORMAT'],
    ['an identity that is not documented', identity({ identity_type: 'CERT' }), 'ILLEGAL_ARGUMENT_FORMAT'],
    ['a passport', identity({ cert_type: 'PASSPORT' }), 'ILLEGAL_ARGUMENT_FORMAT'],
    ['no settings', initialization({ merchant_config: undefined }), 'isv.missing-parameter'],
    ['settings without a way back', initialization({ merchant_config: {} }), 'isv.missing-parameter'],
    [
      'a way of keeping faces that is not documented',
      initialization({ merchant_config: { return_url: '', face_reserve_strategy: 'always' } }),
      'ILLEGAL_ARGUMENT_FORMAT',
    ],
    ['settings that are no JSON', initialization({ merchant_config: '{' }), 'isv.invalid-parameter'],
    ['an identity that is no JSON', initialization({ identity_param: 'none' }), 'isv.invalid-parameter'],
    ['parameters that are no JSON', 'none', 'isv.invalid-parameter'],
    ['parameters that are no object', '[1]', 'isv.invalid-parameter'],
  ])('with %s is rejected', async (_, biz, subCode) => {
    const { status, content } = await sendBiz(biz);
    expect({ status, subCode: content?.sub_code }).toEqual({ status: 200, subCode });
  });

  it('of another person needs another order number', async () => {
    const order = initialization();
    expect((await sendBiz(order)).content).toMatchObject({ code: '10000' });
    expect((await sendBiz(order)).content).toMatchObject({ code: '10000' });
    const { content } = await sendBiz({
      ...order,
      identity_param: { ...order.identity_param, ...another },
    });
    expect(content).toMatchObject({ code: '40004', sub_code: 'ILLEGAL_ARGUMENT_FORMAT' });
  });

  it('that nobody has started is not passed', async () => {
    const { content } = await sendBiz(initialization());
    const query = await sendBiz({ certify_id: content?.certify_id }, 'alipay.user.certify.open.query');
    expect(query.content).toEqual({ code: '10000', msg: 'Success', passed: 'F' });
  });
});

describe('a bank card check', () => {
  const METHOD = 'datadigital.fincloud.generalsaas.bankcard.check';
  const check = (changes: object = {}) => ({
    outer_biz_no: randomBytes(16).toString('hex'),
    product_type: 'BANKCARD_CHECK',
    biz_code: 'DATA_DIGITAL_BIZ_CODE_BANKCARD_CHECK',
    cert_type: 'IDENTITY_CARD',
    ...person,
    bankcard_no: '6200000000000013',
    ...changes,
  });

  it.each(['product_type', 'biz_code', 'cert_type'])(
    'with another %s than in the contract is rejected',
    async (name) => {
      const { content } = await sendBiz(check({ [name]: 'OTHER' }), METHOD);
      expect(content).toMatchObject({ code: '40004', sub_code: 'INVALID_PARAMETER' });
    },
  );

  it('of another card needs another order number', async () => {
    const order = check();
    expect((await sendBiz(order, METHOD)).content).toMatchObject({ code: '10000' });
    const { content } = await sendBiz({ ...order, bankcard_no: '6200000000000021' }, METHOD);
    expect(content).toMatchObject({ code: '40004', sub_code: 'INVALID_PARAMETER' });
  });
});

describe('common parameters', () => {
  const biz_content = JSON.stringify(initialization());

  it('without a method cause a response without a method name', async () => {
    const { body } = await send(vendors, vendors.appPrivateKey, { method: undefined, biz_content });
    expect(body.error_response).toMatchObject({ code: '40001', sub_code: 'isv.missing-method' });
  });

  it('without a signature type are incomplete', async () => {
    const { content } = await send(vendors, vendors.appPrivateKey, { sign_type: undefined, biz_content });
    expect(content).toMatchObject({ code: '40001', sub_code: 'isv.missing-signature-type' });
  });

  it.each([
    ['is missing', { charset: undefined }, []],
    ['is in the body', {}, ['charset']],
  ])(
    'are decoded as GBK if the charset %s, so the signature of Chinese text is invalid',
    async (_, changes, inBody) => {
      const { content } = await send(vendors, vendors.appPrivateKey, { ...changes, biz_content }, inBody);
      expect(content).toMatchObject({ code: '40002', sub_code: 'isv.invalid-signature' });
      const ascii = { method: 'alipay.user.certify.open.query', biz_content: '{"certify_id":"none"}' };
      expect(
        (await send(vendors, vendors.appPrivateKey, { ...changes, ...ascii }, inBody)).content,
      ).toMatchObject({
        sub_code: 'OPEN_CERTIFY_BILL_NOT_EXIST',
      });
    },
  );
});

it('a token has numeric lifetimes', async () => {
  const code = await vendors.authCode('tester-1');
  const { content } = await send(vendors, vendors.appPrivateKey, {
    method: 'alipay.system.oauth.token',
    grant_type: 'authorization_code',
    code,
  });
  expect(content).toMatchObject({ expires_in: 1296000, re_expires_in: 2592000 });
});

describe('a QR code of the mini-program', () => {
  const METHOD = 'alipay.open.app.qrcode.create';
  const wanted = { url_param: 'pages/index/index', query_param: 'toDo=1&from=letter', describe: '业务确认' };

  it('is created with its picture', async () => {
    const { content } = await sendBiz(wanted, METHOD);
    expect(content).toMatchObject({ code: '10000' });
    for (const name of ['qr_code_url', 'qr_code_url_circle_blue', 'qr_code_url_circle_white']) {
      const picture = await fetch(String(content?.[name]));
      expect(picture.headers.get('content-type')).toBe('image/svg+xml');
      expect(await picture.text()).toContain('<svg');
    }
  });

  it.each([
    ['no page', { ...wanted, url_param: undefined }, 'isv.missing-parameter'],
    ['parameters in another form', { ...wanted, query_param: 'toDo' }, 'INVALID_PARAMETER'],
    ['a size that is not documented', { ...wanted, size: 'xl' }, 'INVALID_PARAMETER'],
    ['a colour in another form', { ...wanted, color: '#ff0000' }, 'INVALID_PARAMETER'],
  ])('is rejected with %s', async (_, biz, subCode) => {
    expect((await sendBiz(biz, METHOD)).content?.sub_code).toBe(subCode);
  });
});

describe('in certificate mode', () => {
  let certified: Vendors;
  beforeAll(async () => {
    certified = await startVendors(2_000, undefined, certificates);
  });
  afterAll(() => certified.end());

  const sdk = new AlipaySdk({
    appId: APP_ID,
    privateKey: certificates.app.privateKey.trim(),
    keyType: 'PKCS8',
    appCertContent: certificates.app.certificate,
    alipayRootCertContent: certificates.root,
    alipayPublicCertContent: certificates.alipay.certificate,
  });
  const { appCertSn, alipayRootCertSn, alipayCertSn } = sdk.config;
  const serials = { app_cert_sn: appCertSn, alipay_root_cert_sn: alipayRootCertSn };
  const query = { method: 'alipay.user.certify.open.query', biz_content: '{"certify_id":"none"}' };

  it('a response names the certificate of its signature', async () => {
    const { body } = await send(certified, certificates.app.privateKey, { ...query, ...serials });
    expect(Object.keys(body)).toEqual(['alipay_user_certify_open_query_response', 'alipay_cert_sn', 'sign']);
    expect(body.alipay_cert_sn).toBe(alipayCertSn);
  });

  it.each([
    ['no certificate of the application', { app_cert_sn: undefined }, 'isv.missing-app-cert-sn'],
    ['another certificate of the application', { app_cert_sn: '0'.repeat(32) }, 'isv.app-cert-not-exist'],
    ['no root', { alipay_root_cert_sn: undefined }, 'isv.missing-alipay-root-cert-sn'],
    ['another root', { alipay_root_cert_sn: '0'.repeat(32) }, 'isv.invalid-alipay-root-cert-sn'],
  ])('a request that names %s is rejected', async (_, changes, subCode) => {
    const { content } = await send(certified, certificates.app.privateKey, {
      ...query,
      ...serials,
      ...changes,
    });
    expect(content).toMatchObject({ code: '40002', sub_code: subCode });
  });

  it("Alipay's own SDK accepts the responses", async () => {
    const client = new AlipaySdk({ ...sdk.config, gateway: `${certified.url}/gateway.do` });
    const result = await client.exec(
      'alipay.user.certify.open.initialize',
      { timestamp: shanghaiSecond(new Date()), bizContent: initialization() },
      { validateSign: true },
    );
    expect(result).toMatchObject({ code: '10000' });
  });

  it('the adapter rejects a response that names another certificate, or none', async () => {
    const unverified = { code: 'alipay_answer_unverified', subCode: 'alipay-cert-not-known' };
    await expect(certified.alipay.queryFaceCheck('none')).resolves.toEqual({ outcome: 'unknown-bill' });
    await certified.mode('other-certificate', { times: 1 });
    await expect(certified.alipay.queryFaceCheck('none')).rejects.toMatchObject(unverified);
    await certified.mode('no-certificate', { times: 1 });
    await expect(certified.alipay.queryFaceCheck('none')).rejects.toMatchObject(unverified);
  });
});
