import { X509Certificate, createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { createAlipayCertificates } from '../test/setup/certificates';
import { isSigned, signatureOf, signedResponse, startSigningGateway } from '../test/signing-gateway';
import { createGateway } from './gateway';
import type { GatewayCall } from './gateway';

let server: Awaited<ReturnType<typeof startSigningGateway>>;
beforeAll(async () => {
  server = await startSigningGateway();
});
afterAll(() => server.close());

const call: GatewayCall<{ n?: number }> = {
  method: 'alipay.test.call',
  bizContent: { some_name: '张三 & +%=/', camelName_2b: 'x', empty: undefined },
  repeatable: false,
  response: z.object({ n: z.number().optional() }),
};
const succeed = () => signedResponse('alipay_test_call_response', { code: '10000', msg: 'Success', n: 1 });

describe('a call', () => {
  it('is signed so that Alipay can verify it', async () => {
    server.respond(succeed);
    await expect(createGateway(server.settings).call(call)).resolves.toEqual({ n: 1 });
    expect(server.calls).toEqual([
      expect.objectContaining({
        signatureValid: true,
        bizContent: { some_name: '张三 & +%=/', camelName_2b: 'x' },
      }),
    ]);
    const { query, form } = server.calls[0]!;
    expect(Object.fromEntries(query)).toMatchObject({
      app_id: server.settings.appId,
      method: 'alipay.test.call',
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      version: '1.0',
    });
    expect([...form.keys()]).toEqual(['biz_content']);
  });

  it('carries the time of China in any time zone of the process', async () => {
    server.respond(succeed);
    await createGateway(server.settings).call(call);
    const timestamp = server.calls[0]!.query.get('timestamp') ?? '';
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(Math.abs(Date.parse(`${timestamp.replace(' ', 'T')}+08:00`) - Date.now())).toBeLessThan(5_000);
  });

  it('omits empty parameters, because Alipay omits them when it verifies', async () => {
    server.respond(succeed);
    await createGateway(server.settings).call({ ...call, fields: { code: 'c', other: '' }, authToken: '' });
    const { query, form, signatureValid } = server.calls[0]!;
    expect(signatureValid).toBe(true);
    expect([query.has('auth_token'), form.has('other'), form.get('code')]).toEqual([false, false, 'c']);
  });

  it('does not verify with another key of the application', async () => {
    server.respond(succeed);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    await createGateway({ ...server.settings, privateKey: pem }).call(call);
    expect(server.calls[0]!.signatureValid).toBe(false);
  });

  it('can be signed with a PKCS#1 key', async () => {
    server.respond(succeed);
    const pem = createPrivateKey(server.settings.privateKey)
      .export({ type: 'pkcs1', format: 'pem' })
      .toString();
    await createGateway({ ...server.settings, privateKey: pem }).call(call);
    expect(server.calls[0]!.signatureValid).toBe(true);
  });

  it('names the certificates in certificate mode and verifies with the one of Alipay', async () => {
    const { root, app, alipay } = createAlipayCertificates();
    const certificates = {
      appCert: app.certificate,
      alipayRootCert: root,
      alipayPublicCert: alipay.certificate,
    };
    const content = '{"code":"10000","n":2}';
    const answer = (serial: string, sign: string) =>
      `{"alipay_test_call_response":${content},"alipay_cert_sn":"${serial}","sign":"${sign}"}`;
    const serial = serialNumberOf(alipay.certificate);
    const gateway = createGateway({ ...server.settings, alipayPublicKey: undefined, certificates });

    server.respond(() => answer(serial, signatureOf(content, alipay.privateKey)));
    await expect(gateway.call(call)).resolves.toEqual({ n: 2 });
    expect(server.calls[0]!.query.get('app_cert_sn')).toBe(serialNumberOf(app.certificate));
    expect(server.calls[0]!.query.get('alipay_root_cert_sn')).toBe(serialNumberOf(root));
    expect(server.calls[0]!.signatureValid).toBe(true);

    server.respond(() => answer(serial, signatureOf(content)));
    await expect(gateway.call(call)).rejects.toMatchObject({ code: 'alipay_answer_unverified' });

    server.respond(() => answer('9f', signatureOf(content, alipay.privateKey)));
    await expect(gateway.call(call)).rejects.toMatchObject({ subCode: 'alipay-cert-not-known' });
  });
});

describe('a page', () => {
  it('is a signed URL with all parameters', () => {
    const url = new URL(createGateway(server.settings).pageUrl('alipay.test.page', { certify_id: 'c+/1' }));
    expect(`${url.origin}${url.pathname}`).toBe(server.settings.gateway);
    expect(JSON.parse(url.searchParams.get('biz_content') ?? '')).toEqual({ certify_id: 'c+/1' });
    expect(isSigned(url.searchParams)).toBe(true);
    url.searchParams.set('biz_content', '{"certify_id":"c+/2"}');
    expect(isSigned(url.searchParams)).toBe(false);
  });
});

describe('a response', () => {
  const failure = { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.code-invalid', sub_msg: '张三' };

  it.each([
    ['a success without a code', signedResponse('alipay_test_call_response', { n: 3 }), { n: 3 }],
    ['members after the signature', `${succeed().slice(0, -1)},"trace":{"sign":"x"}}`, { n: 1 }],
  ])('is accepted with %s', async (_, text, result) => {
    server.respond(() => text);
    await expect(createGateway(server.settings).call(call)).resolves.toEqual(result);
  });

  it.each(['error_response', 'alipay_test_call_response'])(
    'that is a signed failure under %s keeps its code and no personal input',
    async (name) => {
      server.respond(() => signedResponse(name, failure));
      const error = await createGateway(server.settings)
        .call(call)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'auth_code_invalid', subCode: 'isv.code-invalid', retry: 'never' });
      expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toContain('张三');
    },
  );

  const wrongKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const pem = wrongKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const content = '{"code":"10000","n":1}';

  it.each([
    ['no signature', `{"alipay_test_call_response":${content}}`, 'alipay_answer_unverified'],
    [
      'another key’s signature',
      `{"alipay_test_call_response":${content},"sign":"${signatureOf(content, pem)}"}`,
      'alipay_answer_unverified',
    ],
    ['one changed byte', succeed().replace('"n":1', '"n":2'), 'alipay_answer_unverified'],
    ['an unsigned failure', JSON.stringify({ error_response: failure }), 'alipay_answer_unverified'],
    ['the response to another call', signedResponse('alipay_other_response', {}), 'alipay_answer_unreadable'],
    [
      'a success under the name of a failure',
      signedResponse('error_response', { n: 1 }),
      'alipay_answer_unreadable',
    ],
    ['no object', signedResponse('alipay_test_call_response', '"text"'), 'alipay_answer_unreadable'],
    ['a wrong type', signedResponse('alipay_test_call_response', { n: 'x' }), 'alipay_answer_unreadable'],
    ['garbage', '<html>502</html>', 'alipay_answer_unreadable'],
    ['nothing', '', 'alipay_answer_unreadable'],
    ['more than the maximum of bytes', ' '.repeat(4 * 1024 * 1024 + 1), 'alipay_answer_unreadable'],
  ])('with %s is not accepted', async (_, text, code) => {
    server.respond(() => text);
    await expect(createGateway(server.settings).call(call)).rejects.toMatchObject({
      code,
      retry: 'ask-first',
    });
    await expect(createGateway(server.settings).call({ ...call, repeatable: true })).rejects.toMatchObject({
      code,
      retry: 'later',
    });
  });

  it.each([
    [500, 'alipay_unavailable'],
    [503, 'alipay_unavailable'],
    [429, 'alipay_unavailable'],
    [404, 'alipay_answer_unreadable'],
    [204, 'alipay_answer_unreadable'],
  ])('with status %d is an error', async (status, code) => {
    server.respond(
      () => (response) => response.writeHead(status).end(status === 204 ? undefined : succeed()),
    );
    await expect(createGateway(server.settings).call(call)).rejects.toMatchObject({
      code,
      subCode: `http-${status}`,
    });
  });

  it.each([301, 302, 303, 307, 308])('that redirects (%d) is not followed', async (status) => {
    server.respond(
      () => (response) => response.writeHead(status, { location: server.settings.gateway }).end(),
    );
    await expect(createGateway(server.settings).call(call)).rejects.toMatchObject({
      code: 'alipay_answer_unreadable',
      subCode: `http-${status}`,
    });
    expect(server.calls).toHaveLength(1);
  });
});

describe('the connection', () => {
  it.each([
    ['the response does not begin', () => () => undefined],
    ['the response does not end', () => (response: NodeJS.WritableStream) => void response.write('{')],
  ])('times out when %s', async (_, reply) => {
    server.respond(reply);
    const gateway = createGateway({ ...server.settings, timeoutMs: 100 });
    await expect(gateway.call(call)).rejects.toMatchObject({ code: 'alipay_timeout', retry: 'ask-first' });
  });

  it('that breaks after the call was sent leaves the outcome unknown and causes no second call', async () => {
    server.respond(() => (response) => void response.destroy());
    await expect(createGateway(server.settings).call(call)).rejects.toMatchObject({
      code: 'alipay_reply_lost',
      retry: 'ask-first',
    });
    expect(server.calls).toHaveLength(1);
  });

  it('that breaks in the middle of the response leaves the outcome unknown', async () => {
    server.respond(() => (response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{', () => void response.destroy());
    });
    await expect(createGateway(server.settings).call(call)).rejects.toMatchObject({
      code: 'alipay_reply_lost',
    });
  });

  it('that cannot be made is reported as unreachable', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => gone.once('listening', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const gateway = createGateway({ ...server.settings, gateway: `http://127.0.0.1:${port}/gateway.do` });
    await expect(gateway.call(call)).rejects.toMatchObject({
      code: 'alipay_unreachable',
      retry: 'later',
      subCode: 'ECONNREFUSED',
    });
  });
});

it('cannot be built with an unusable key', () => {
  expect(() => createGateway({ ...server.settings, privateKey: 'x' })).toThrow('RSA');
  expect(() => createGateway({ ...server.settings, alipayPublicKey: undefined })).toThrow('RSA');
});

/** Alipay's serial number of a certificate: MD5 of the issuer (last part first) and the decimal serial number. */
function serialNumberOf(certificate: string): string {
  const { issuer, serialNumber } = new X509Certificate(certificate);
  const text = `${issuer.split('\n').reverse().join(',')}${BigInt(`0x${serialNumber}`)}`;
  return createHash('md5').update(text).digest('hex');
}
