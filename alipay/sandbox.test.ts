import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAlipaySandbox } from '../sandbox/alipay/server';
import { createAlipay } from './alipay';
import type { AlipaySettings } from './alipay';

// Adapter and sandbox have separate code for signatures. These tests check each against the other.

const holder = {
  account: 'tester',
  openId: 'open-id-1',
  name: '测试甲',
  document: { type: 'resident-id', number: '110101190001010014' },
  phone: '19900000001',
  bankCards: [{ number: '6200000000000013', bank: '样例银行' }],
};
const person = { name: holder.name, number: holder.document.number };
const stranger = { name: '测试乙', number: '110101190001010030' };

const keyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const application = keyPair();
const gateway = keyPair();
const another = keyPair();

const folder = mkdtempSync(join(tmpdir(), 'alipay-sandbox-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

let sandbox: Awaited<ReturnType<typeof startAlipaySandbox>>;
const alipay = (settings: Partial<AlipaySettings> = {}) =>
  createAlipay({
    gateway: `${sandbox.url}/gateway.do`,
    appId: '2021000000000001',
    privateKey: application.privateKey,
    alipayPublicKey: gateway.publicKey,
    timeoutMs: 5_000,
    ...settings,
  });

beforeAll(async () => {
  sandbox = await startAlipaySandbox({
    host: '127.0.0.1',
    port: 0,
    appId: '2021000000000001',
    appPublicKeyFile: file('app.pem', application.publicKey),
    gatewayPrivateKeyFile: file('gateway.pem', gateway.privateKey),
    personsFile: file('persons.json', JSON.stringify([holder])),
  });
});
beforeEach(() => admin('reset'));
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function admin(path: string, body: object = {}) {
  const response = await fetch(`${sandbox.url}/admin/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

const read = async (path: string) => JSON.parse(await (await fetch(`${sandbox.url}/admin/${path}`)).text());

const orderNo = () => randomBytes(16).toString('hex');

const freshCode = async (): Promise<string> => (await admin('auth-codes', { account: 'tester' })).authCode;

const signIn = async () => alipay().exchangeAuthCode(await freshCode());

describe('an auth code', () => {
  it('can be exchanged for the account once', async () => {
    const code = await freshCode();
    const { account, accessToken, expiresInSeconds } = await alipay().exchangeAuthCode(code);
    expect(account).toEqual({ openId: 'open-id-1', userId: undefined });
    expect(accessToken).not.toBe('');
    expect(expiresInSeconds).toBe(1296000);
    await expect(alipay().exchangeAuthCode(code)).rejects.toMatchObject({
      code: 'auth_code_invalid',
      subCode: 'isv.code-invalid',
      retry: 'never',
    });
  });

  it('that was never issued is rejected', async () => {
    await expect(alipay().exchangeAuthCode('made-up')).rejects.toMatchObject({ code: 'auth_code_invalid' });
  });
});

describe('the identity of an account', () => {
  const share = async (scope?: string) => {
    const { authCode } = await admin('auth-codes', { account: 'tester', scope });
    return await alipay().shareIdentity((await alipay().exchangeAuthCode(authCode)).accessToken);
  };

  it('is shared for a code with the scope auth_user', async () => {
    await expect(share('auth_user')).resolves.toEqual(person);
  });

  it.each(['auth_base', undefined])('is not shared for a code with the scope %s', async (scope) => {
    await expect(share(scope)).rejects.toMatchObject({
      code: 'alipay_refused',
      subCode: 'isv.insufficient-isv-permissions',
      retry: 'never',
    });
  });

  it('is not shared without a token of the account', async () => {
    await expect(alipay().shareIdentity('made-up')).rejects.toMatchObject({ code: 'access_token_invalid' });
  });

  it('can also be permitted on the page, which keeps the scope', async () => {
    const back = 'http://127.0.0.1:9/back';
    const authorize = async (query: object) => {
      const parameters = new URLSearchParams({ redirect_uri: back, ...query });
      return await fetch(`${sandbox.url}/authorize?${parameters.toString()}`, { redirect: 'manual' });
    };
    expect(await (await authorize({ scope: 'auth_user' })).text()).toContain('scope=auth_user');
    const { headers } = await authorize({ scope: 'auth_user', account: 'tester' });
    const code = new URL(headers.get('location') ?? '').searchParams.get('auth_code') ?? '';
    const { accessToken } = await alipay().exchangeAuthCode(code);
    await expect(alipay().shareIdentity(accessToken)).resolves.toEqual(person);
    expect((await authorize({ scope: 'auth_all' })).status).toBe(400);
  });
});

describe('the account holder', () => {
  it('is distinguished from others', async () => {
    const { accessToken } = await signIn();
    await expect(alipay().compareAccountHolder({ ...person, accessToken })).resolves.toEqual({
      matches: true,
    });
    await expect(alipay().compareAccountHolder({ ...stranger, accessToken })).resolves.toEqual({
      matches: false,
      reason: 'IDENTITY_INCONSISTENT',
    });
  });

  it('is not compared without a token of the account', async () => {
    await expect(alipay().compareAccountHolder({ ...person, accessToken: 'made-up' })).rejects.toMatchObject({
      code: 'access_token_invalid',
      retry: 'never',
    });
  });
});

describe('a face check', () => {
  const open = (outerOrderNo = orderNo()) =>
    alipay().initializeFaceCheck({
      ...person,
      outerOrderNo,
      certType: 'IDENTITY_CARD',
      account: { openId: 'open-id-1' },
      returnUrl: 'https://example.org/back',
    });

  /** Does what a person does: opens the page and presses one of its buttons. */
  async function face(certifyId: string, outcome: string): Promise<void> {
    const page = await fetch(alipay().faceCheckUrl(certifyId));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(`value="${outcome}"`);
    const done = await fetch(page.url, {
      method: 'POST',
      body: new URLSearchParams({ outcome }),
      redirect: 'manual',
    });
    expect([done.status, done.headers.get('location')]).toEqual([303, 'https://example.org/back']);
  }

  it('that was passed has a portrait', async () => {
    const { certifyId } = await open();
    await face(certifyId, 'pass');
    const result = await alipay().queryFaceCheck(certifyId);
    expect(result).toMatchObject({ outcome: 'passed' });
    expect((result as { portrait?: Buffer }).portrait?.length).toBeGreaterThan(100);
  });

  it.each([
    ['not-same-person', 'Z1147'],
    ['poor-picture', 'Z1146'],
  ])('that failed (%s) keeps its reason', async (outcome, reason) => {
    const { certifyId } = await open();
    await face(certifyId, outcome);
    await expect(alipay().queryFaceCheck(certifyId)).resolves.toEqual({ outcome: 'failed', reason });
  });

  it('that nobody has started is reported like one that failed without a reason', async () => {
    const { certifyId } = await open();
    await expect(alipay().queryFaceCheck(certifyId)).resolves.toEqual({ outcome: 'failed' });
  });

  it.each(['leave', 'network-loss'])('that the person left (%s) is unfinished', async (outcome) => {
    const { certifyId } = await open();
    await face(certifyId, outcome);
    await expect(alipay().queryFaceCheck(certifyId)).resolves.toEqual({ outcome: 'unfinished' });
  });

  it('expires, and an invented id is unknown', async () => {
    const { certifyId } = await open();
    await admin(`bills/${certifyId}/expire`);
    await expect(alipay().queryFaceCheck(certifyId)).resolves.toEqual({ outcome: 'expired' });
    await expect(alipay().queryFaceCheck('made-up')).resolves.toEqual({ outcome: 'unknown-bill' });
  });

  it('that is over has no page any more: a browser that goes back is led on', async () => {
    const [passed, expired] = [await open(), await open()];
    await face(passed.certifyId, 'pass');
    await admin(`bills/${expired.certifyId}/expire`);
    for (const { certifyId } of [passed, expired]) {
      const { status, headers } = await fetch(`${sandbox.url}/face/${certifyId}`, { redirect: 'manual' });
      expect([status, headers.get('location')]).toEqual([303, 'https://example.org/back']);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('is the same check under the same order number', async () => {
    const order = orderNo();
    const first = await open(order);
    await expect(open(order)).resolves.toEqual(first);
    expect((await open()).certifyId).not.toBe(first.certifyId);
  });

  it('is found again by its order number after a lost response', async () => {
    const order = orderNo();
    await admin('mode', { mode: 'lost-reply', times: 1 });
    await expect(open(order)).rejects.toMatchObject({ code: 'alipay_reply_lost', retry: 'ask-first' });
    const { certifyId } = await open(order);
    expect(await read('bills')).toEqual([
      expect.objectContaining({ certifyId, outerOrderNo: order, times: 2 }),
    ]);
  });

  it('has a page only for URLs signed with the application’s key', async () => {
    const { certifyId } = await open();
    const forged = await fetch(alipay({ privateKey: another.privateKey }).faceCheckUrl(certifyId));
    expect(forged.status).toBe(400);
    const changed = await fetch(alipay().faceCheckUrl(certifyId).replace(certifyId, orderNo()));
    expect(changed.status).toBe(400);
  });
});

const card = { ...person, cardNumber: '6200000000000013' };

describe('a bank card', () => {
  it.each([
    ['its holder', card, true],
    ['its holder and their phone', { ...card, phone: '19900000001' }, true],
    ['another phone', { ...card, phone: '19900000002' }, false],
    ['another person', { ...card, ...stranger }, false],
    ['another card', { ...card, cardNumber: '6200000000000021' }, false],
  ])('is compared with %s', async (_, elements, matches) => {
    await expect(alipay().checkBankCard({ ...elements, outerOrderNo: orderNo() })).resolves.toMatchObject({
      matches,
    });
  });

  it('has the same result under the same order number after a lost response', async () => {
    const order = orderNo();
    await admin('mode', { mode: 'lost-reply', times: 1 });
    await expect(alipay().checkBankCard({ ...card, outerOrderNo: order })).rejects.toMatchObject({
      code: 'alipay_reply_lost',
      retry: 'ask-first',
    });
    await expect(alipay().checkBankCard({ ...card, outerOrderNo: order })).resolves.toEqual({
      matches: true,
    });
    expect((await read('calls')).cardOrders).toContainEqual({ order, match: 'T', times: 2 });
  });
});

describe('a message', () => {
  const message = {
    to: { openId: holder.openId },
    template: '5a0db0c5a0db0c5a0db0c5a0db0c0001',
    page: 'pages/home/index',
    keywords: ['20261124-ABCDEFGHJK', '2026-11-24 10:00'],
  };

  it('reaches its person with the keywords in order', async () => {
    await expect(alipay().sendMessage(message)).resolves.toEqual({ sent: true });
    expect(await read('messages')).toEqual([
      {
        account: holder.account,
        template: message.template,
        page: message.page,
        data: { keyword1: { value: message.keywords[0] }, keyword2: { value: message.keywords[1] } },
        at: expect.any(String),
      },
    ]);
  });

  it.each([
    ['the person has not agreed to it', {}, 'MSG_UNSUBSCRIBED'],
    ['the account is not one of this application', { to: { openId: 'open-id-2' } }, 'USER_ID_INVALID'],
    [
      'its address is an id that new applications do not get',
      { to: { userId: '2088' } },
      'isv.missing-parameter',
    ],
    ['the template id is malformed', { template: 'confirmed' }, 'USER_TEMPLATE_ILLEGAL'],
    ['a keyword is empty', { keywords: [''] }, 'DATA_CONTENT_FORMAT_ERROR'],
  ])('is not sent if %s, and the code is a result', async (_, changes, code) => {
    await admin('scenarios', {
      account: holder.account,
      scenario: code === 'MSG_UNSUBSCRIBED' ? 'unsubscribed' : 'all-well',
    });
    await expect(alipay().sendMessage({ ...message, ...changes })).resolves.toEqual({ sent: false, code });
    expect(await read('messages')).toEqual([]);
  });

  it.each([
    ['down', 'alipay_reply_lost'],
    ['unavailable', 'alipay_unavailable'],
    ['unsigned', 'alipay_answer_unverified'],
  ])('can be sent again when the gateway is %s', async (mode, code) => {
    await admin('mode', { mode, times: 1 });
    await expect(alipay().sendMessage(message)).rejects.toMatchObject({ code, retry: 'later' });
    await expect(alipay().sendMessage(message)).resolves.toEqual({ sent: true });
  });
});

describe('the gateway', () => {
  it('rejects another key of the application with a signed response', async () => {
    const code = await freshCode();
    await expect(alipay({ privateKey: another.privateKey }).exchangeAuthCode(code)).rejects.toMatchObject({
      code: 'alipay_refused',
      subCode: 'isv.invalid-signature',
      retry: 'never',
    });
    await expect(alipay().exchangeAuthCode(code)).resolves.toMatchObject({
      account: { openId: 'open-id-1' },
    });
  });

  it('rejects another application with an unsigned response, which proves nothing', async () => {
    await expect(alipay({ appId: '2021000000000002' }).queryFaceCheck('c')).rejects.toMatchObject({
      code: 'alipay_answer_unverified',
      subCode: 'isv.invalid-app-id',
    });
  });

  it('is not trusted when it signs with another key', async () => {
    await expect(
      alipay({ alipayPublicKey: another.publicKey }).checkBankCard({ ...card, outerOrderNo: orderNo() }),
    ).rejects.toMatchObject({ code: 'alipay_answer_unverified', retry: 'ask-first' });
  });

  it.each([
    ['unsigned', 'alipay_answer_unverified', undefined],
    ['wrong-signature', 'alipay_answer_unverified', undefined],
    ['garbage', 'alipay_answer_unreadable', undefined],
    ['500', 'alipay_unavailable', 'http-500'],
    ['unavailable', 'alipay_unavailable', 'aop.unknow-error'],
    ['down', 'alipay_reply_lost', 'UND_ERR_SOCKET'],
    ['lost-reply', 'alipay_reply_lost', 'UND_ERR_SOCKET'],
    ['slow', 'alipay_timeout', undefined],
  ])('being %s is reported as %s', async (mode, code, subCode) => {
    await admin('mode', { mode, delayMs: 400 });
    const client = alipay({ timeoutMs: mode === 'slow' ? 100 : 5_000 });
    await expect(client.checkBankCard({ ...card, outerOrderNo: orderNo() })).rejects.toMatchObject({
      code,
      subCode,
      retry: 'ask-first',
    });
    await expect(client.queryFaceCheck('c')).rejects.toMatchObject({ code, retry: 'later' });
  });

  it('serves again after a fault', async () => {
    await admin('mode', { mode: '500', times: 1 });
    const order = { ...card, outerOrderNo: orderNo() };
    await expect(alipay().checkBankCard(order)).rejects.toMatchObject({ code: 'alipay_unavailable' });
    await expect(alipay().checkBankCard(order)).resolves.toEqual({ matches: true });
  });
});
