import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @import { Report } from './report.mjs' */

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, '../../dist');

/** @typedef {{ keyId: string, privateKey: string }} Key */
/** @typedef {Record<string, string>} Headers */
/** @typedef {{ id: string, headers: Headers, body: string }} Request `id`: of the delivery */
/** @typedef {{ status: number | undefined, acknowledged: unknown }} Answer status undefined without any answer */

/**
 * What is sent, and how it differs from a right callback.
 * @typedef Sending
 * @property {object} [body] fields beside those of a right callback, or in place of them
 * @property {Key} [key]
 * @property {string} [signedUrl]
 * @property {number} [skewSeconds]
 * @property {(headers: Headers) => Headers} [change] after signing
 * @property {boolean} [coversBody] whether the signature covers Content-Digest and Content-Type
 * @property {string} [sent] in place of the signed body
 */

const LONGEST_ANSWER_MS = 10_000;

// Others, such as 404 and 413, say that the request reached nobody who verifies it, and 410 ends the callbacks of its matter.
const REFUSALS = [400, 401, 403, 409, 422];

const TOO_MANY = 429;
const SLOWER =
  '请为本次检查放宽请求数限制，然后重新检查 · allow more requests for this check, and run it again';

const FIRST = '请先确认每一个正确的回调 · acknowledge every right callback first';
const REFUSE = '请以 401 拒绝 · refuse it with 401';
const AFTERWARDS =
  '已拒绝，但其后正确的回调未获确认 · it was refused, and so was the right callback after it';

/**
 * Plays the identity check: sends right and wrong callbacks to a receiver, and says what it does with them.
 * @param {object} options
 * @param {string} options.url of the receiver
 * @param {Key} options.key by which callbacks are signed
 * @param {Key} options.stranger another key, which the receiver does not know
 * @param {string} options.externalId of a matter that the receiver may know
 * @param {Report} options.report
 */
export async function checkReceiver({ url, key, stranger, externalId, report }) {
  const { signedHeaders } = /** @type {typeof import('../../sandbox/registry/signing.ts')} */ (
    require(join(dist, 'sandbox/registry/signing.js'))
  );
  const target = new URL(url).href;

  /** @param {Sending} [sending] */
  function signed({
    body,
    key: signing = key,
    signedUrl = target,
    skewSeconds = 0,
    coversBody = true,
    change,
    sent,
  } = {}) {
    const callback = { ...callbackOf('matter.confirmed', externalId), ...body };
    const text = JSON.stringify(callback);
    const message = { method: 'POST', url: signedUrl };
    const whole = signedHeaders({ ...message, body: text }, signing, { skewSeconds });
    // A right signature, over less than what is sent.
    const headers = coversBody ? whole : { ...whole, ...signedHeaders(message, signing, { skewSeconds }) };
    return { id: callback.deliveryId, headers: change?.(headers) ?? headers, body: sent ?? text };
  }

  /** @param {Request} request @returns {Promise<Answer>} */
  async function post({ headers, body }) {
    try {
      const signal = AbortSignal.timeout(LONGEST_ANSWER_MS);
      const response = await fetch(target, { method: 'POST', headers, body, redirect: 'manual', signal });
      const text = await response.text();
      return { status: response.status, acknowledged: acknowledgedId(text) };
    } catch {
      return { status: undefined, acknowledged: undefined };
    }
  }

  /**
   * @param {string} what
   * @param {string} advice
   * @param {Sending | Request} [sending] what is sent, or the request itself
   */
  async function mustAcknowledge(what, advice, sending) {
    const request = sending && 'id' in sending ? sending : signed(sending);
    const answer = await post(request);
    const isRight = isAcknowledged(request, answer);
    if (answer.status === TOO_MANY) report(undefined, what, `${inWords(answer)}; ${SLOWER}`);
    else report(isRight, what, `${inWords(answer)}; ${isRight ? '' : advice}`);
    return isRight;
  }

  /**
   * A refusal counts if a right callback is acknowledged directly after it: a receiver that refuses everything verifies nothing.
   * @param {string} what
   * @param {string} advice
   * @param {Request} request
   */
  async function mustRefuse(what, advice, request) {
    const answer = await post(request);
    if (answer.status === TOO_MANY) return report(undefined, what, `${inWords(answer)}; ${SLOWER}`);
    if (answer.status === undefined || !REFUSALS.includes(answer.status))
      return report(false, what, `${inWords(answer)}; ${REFUSE}; ${advice}`);
    const right = signed();
    const after = await post(right);
    if (after.status === TOO_MANY) return report(undefined, what, `${inWords(after)}; ${SLOWER}`);
    return report(isAcknowledged(right, after), what, `${AFTERWARDS}: ${inWords(after)}`);
  }

  const knows = await mustAcknowledge(
    '正确的回调得到确认 · a right callback is acknowledged',
    `请以状态 200 和 {"acknowledged":"<deliveryId>"} 应答，并确认已登记公钥 ${key.keyId}，且签名的地址为 ${target} · answer with status 200 and {"acknowledged":"<deliveryId>"}; register the public key of ${key.keyId}; the signed address is ${target}`,
  );
  if (!knows) {
    report(
      false,
      '其余各项未检查 · the rest was not checked',
      '正确的回调未获确认时，拒绝错误的回调说明不了问题 · as long as a right callback is not acknowledged, refusing wrong ones proves nothing',
    );
    return;
  }
  const again = { body: { deliveryId: randomUUID() } };
  if (
    await mustAcknowledge(
      '将重复的回调得到确认 · a callback that will be repeated is acknowledged',
      FIRST,
      again,
    )
  ) {
    await mustAcknowledge(
      '重复的回调再次得到确认 · a repeated callback is acknowledged again',
      '同一 deliveryId 只处理一次，但每次都要确认，否则会一直重发 · handle a deliveryId once, but acknowledge it every time, or it comes again and again',
      again,
    );
  }
  await mustAcknowledge(
    '较早发生的回调晚到，仍得到确认 · a callback of an earlier time that comes late is acknowledged',
    '请以 occurredAt 判断先后，不要拒绝 · compare occurredAt, and do not refuse',
    { body: { ...callbackOf('confirmation.confirmed', externalId), occurredAt: '2026-01-01T00:00:00.000Z' } },
  );
  for (const event of eventsOfDescription()) {
    await mustAcknowledge(
      `${event} 得到确认 · ${event} is acknowledged`,
      '每种事件都要确认，无需处理的也要确认 · acknowledge every event, also one that you do nothing about',
      { body: callbackOf(event, externalId) },
    );
  }
  await mustAcknowledge(
    '尚不认识的事件和字段得到确认 · an event and a field of a later version are acknowledged',
    '接口增加事件和字段时版本号的主版本不变，请忽略不认识的内容 · later versions add events and fields: ignore what you do not know',
    { body: { event: 'check.of-a-later-version', more: { than: 'now' } } },
  );
  const refusals = wrongCallbacks({ key, stranger });
  for (const [what, advice, sending] of refusals) await mustRefuse(what, advice, signed(sending));
  const twice = signed();
  if (
    await mustAcknowledge(
      '拒绝之后，正确的回调得到确认 · after the refusals, a right callback is acknowledged',
      FIRST,
      twice,
    )
  ) {
    await mustRefuse(
      '同一请求原样再发一次被拒绝 · the same bytes sent twice are refused',
      '请保存 nonce 至签名过期，再次出现即拒绝 · keep each nonce until its signature has expired, and refuse it when it comes again',
      twice,
    );
  }
}

/** @param {Request} request @param {Answer} answer */
function isAcknowledged({ id }, { status, acknowledged }) {
  return status === 200 && acknowledged === id;
}

/**
 * @param {{ key: Key, stranger: Key }} keys
 * @returns {[what: string, advice: string, sending: Sending][]}
 */
function wrongCallbacks({ key, stranger }) {
  const digest = 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:';
  return [
    [
      '没有签名的回调被拒绝 · a callback without a signature is refused',
      '验签之前不要处理 · verify before you handle anything',
      { change: ({ 'content-type': type = '' }) => ({ 'content-type': type }) },
    ],
    [
      '其他密钥签名的回调被拒绝 · a callback signed by another key is refused',
      '请用 keyid 对应的公钥验签 · verify with the public key of keyid',
      { key: { ...stranger, keyId: key.keyId } },
    ],
    [
      '未登记的 keyid 被拒绝 · an unknown keyid is refused',
      '只接受已登记的密钥 · accept only keys that are registered',
      { key: stranger },
    ],
    [
      '十分钟前的签名被拒绝 · a signature of ten minutes ago is refused',
      '请检查 created 和 expires，允许的时钟误差为 300 秒 · check created and expires; clocks may differ by 300 s',
      { skewSeconds: -600 },
    ],
    [
      '十分钟后的签名被拒绝 · a signature of ten minutes ahead is refused',
      '请检查 created 和 expires · check created and expires',
      { skewSeconds: 600 },
    ],
    [
      '内容改变的回调被拒绝 · a callback with a changed body is refused',
      '请按收到的原始字节计算 SHA-256，并与 Content-Digest 比较 · compute SHA-256 over the bytes as they came, and compare it with Content-Digest',
      { sent: JSON.stringify(callbackOf('matter.refused', 'CHANGED')) },
    ],
    [
      'Content-Digest 改变的回调被拒绝 · a callback with a changed Content-Digest is refused',
      '签名应涵盖 content-digest · the signature covers content-digest',
      { change: (headers) => ({ ...headers, 'content-digest': digest }), sent: '' },
    ],
    [
      '未涵盖内容的签名被拒绝 · a signature that does not cover the body is refused',
      '请检查签名涵盖 "@method" "@target-uri" "content-digest" "content-type" · check that all four components are covered',
      { coversBody: false },
    ],
    [
      '发往其他地址的回调被拒绝 · a callback for another address is refused',
      '请用登记的回调地址作为 "@target-uri" · take the registered address of the receiver as "@target-uri"',
      { signedUrl: 'https://another.example.org/callbacks' },
    ],
  ];
}

function eventsOfDescription() {
  const { callbacks } = /** @type {typeof import('../../api/registry/callbacks.ts')} */ (
    require(join(dist, 'api/registry/callbacks.js'))
  );
  return Object.keys(callbacks);
}

/**
 * @param {string} event
 * @param {string} externalId
 */
function callbackOf(event, externalId) {
  const persons = [{ reference: 'P-1', roles: ['shareholder'] }];
  /** @type {Record<string, object>} */
  const more = {
    'confirmation.confirmed': { persons, evidence: 'CHECK-0000', evidenceKind: 'face' },
    'confirmation.refused': { persons, reason: 'not-me' },
    'invitation.issued': { persons },
    'invitation.reminder-due': { persons },
    'person.name-differs': { persons },
    'reissue.requested': { persons },
  };
  return {
    deliveryId: randomUUID(),
    event,
    occurredAt: new Date().toISOString(),
    matter: { externalId, version: 1 },
    ...more[event],
  };
}

/** @param {string} text @returns {unknown} */
function acknowledgedId(text) {
  try {
    return JSON.parse(text)?.acknowledged;
  } catch {
    return undefined;
  }
}

/** @param {Answer} answer */
function inWords({ status, acknowledged }) {
  if (status === undefined) return '无应答 · no answer within 10 s';
  return `应答 ${status} · answer ${status}${acknowledged === undefined ? '' : ', acknowledged'}`;
}
