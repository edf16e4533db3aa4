import { isSigned, startSigningGateway } from '../test/signing-gateway';
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

describe('a face check', () => {
  const open = {
    ...person,
    outerOrderNo: 'a'.repeat(32),
    certType: 'IDENTITY_CARD',
    account: { openId: 'o1' },
    returnUrl: 'https://example.org/back?a=1&b=2',
  };

  it('is opened for this person and this account, and Alipay keeps no face', async () => {
    server.respondByMethod({ 'alipay.user.certify.open.initialize': { certify_id: 'c1' } });
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
    server.respondByMethod({
      'alipay.user.certify.open.initialize': { code: '40004', sub_code: 'ARRANGEMENT_STATUS_ERROR' },
    });
    await expect(alipay.initializeFaceCheck(open)).rejects.toMatchObject({ code: 'alipay_refused' });
    server.respondByMethod({
      'alipay.user.certify.open.initialize': { code: '40004', sub_code: 'SYSTEM_ERROR' },
    });
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
    server.respondByMethod({ 'alipay.user.certify.open.query': body });
    await expect(alipay.queryFaceCheck('c1')).resolves.toEqual(result);
    expect(server.calls[0]!.bizContent).toEqual({ certify_id: 'c1' });
  });

  it.each([
    [{ passed: 'yes' }, 'alipay_answer_unreadable'],
    [{ passed: true }, 'alipay_answer_unreadable'],
    [{ code: '40004', sub_code: 'UNKNOWN_ERROR' }, 'alipay_unavailable'],
    [{ code: '40004', sub_code: 'constructor' }, 'alipay_refused'],
  ])('with the response %j has no result', async (body, code) => {
    server.respondByMethod({ 'alipay.user.certify.open.query': body });
    await expect(alipay.queryFaceCheck('c1')).rejects.toMatchObject({ code });
  });

  it('does not count as expired if the response is unsigned', async () => {
    server.respond(() => '{"alipay_user_certify_open_query_response":{"sub_code":"CERTIFY_ID_EXPIRED"}}');
    await expect(alipay.queryFaceCheck('c1')).rejects.toMatchObject({ code: 'alipay_answer_unverified' });
  });
});
