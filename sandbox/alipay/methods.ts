import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Bill, Bills } from './bills';
import { invalid, structureOf } from './gateway';
import { drawPortrait } from './portrait';
import type { Assignments, CardEnd } from './scenarios';
import type { Holder, Scope } from './settings';

/** A business answer; `code` 10000 unless given. */
export type Content = { code?: string; sub_code?: string } & Partial<Record<string, string | number>>;

type Parameters = Record<string, string>;

const failed = (sub_code: string, sub_msg = sub_code): Content => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code,
  sub_msg,
});

const missing = (): Content => ({
  code: '40001',
  msg: 'Missing Required Arguments',
  sub_code: 'isv.missing-parameter',
  sub_msg: 'a parameter is missing',
});

/** A message as its person would find it in Alipay. */
export interface SentMessage {
  account: string;
  template: string;
  page: string;
  data: z.infer<typeof keywords>;
  at: string;
}

const CODE_LIFETIME_MS = 5 * 60_000;

// What `alipay.user.certify.open.initialize` documents (OpenCertifyIdentityParam and its neighbours in alipay-sdk-java).
const initializations = {
  bizCodes: ['FACE', 'CERT_PHOTO', 'CERT_PHOTO_FACE', 'SMART_FACE'],
  identityTypes: ['CERT_INFO', 'AGENT_CERT_INFO'],
  certTypes: [
    'IDENTITY_CARD',
    'HOME_VISIT_PERMIT_HK_MC',
    'HOME_VISIT_PERMIT_TAIWAN',
    'RESIDENCE_PERMIT_HK_MC',
    'RESIDENCE_PERMIT_TAIWAN',
    'PERMANENT_RESIDENCE_FOREIGNER',
  ],
  reserveStrategies: [undefined, 'reserve', 'never'],
};

// What the contract of this application has for bank cards: Alipay publishes no list.
const bankCardContract = {
  product_type: 'BANKCARD_CHECK',
  biz_code: 'DATA_DIGITAL_BIZ_CODE_BANKCARD_CHECK',
  cert_type: 'IDENTITY_CARD',
};

/** What the platform can do, by the method's name. Holds codes and tokens in memory: a restart signs everybody out. */
export function createMethods(holders: Holder[], bills: Bills, assignments: Assignments) {
  const byNumber = new Map(holders.map((holder) => [holder.document.number, holder]));
  const codes = new Map<string, { holder: Holder; scope: Scope; until: number }>();
  const tokens = new Map<string, { holder: Holder; scope: Scope }>();
  const consultations = new Map<string, { name: string; number: string }>();
  const cardChecks = new Map<string, { asked: string; end: CardEnd; times: number }>();
  const messages: SentMessage[] = [];
  const qrCodes = new Map<string, string>();

  const methods: Record<
    string,
    (parameters: Parameters, biz: Record<string, unknown>, origin: string) => Content
  > = {
    'alipay.system.oauth.token'({ grant_type, code }) {
      if (grant_type !== 'authorization_code') return failed('isv.grant-type-invalid');
      const grant = codes.get(code ?? '');
      codes.delete(code ?? '');
      if (!grant || grant.until < Date.now()) return failed('isv.code-invalid');
      const access_token = `composeB${randomBytes(16).toString('hex')}`;
      tokens.set(access_token, grant);
      return { access_token, open_id: grant.holder.openId, expires_in: 1296000, re_expires_in: 2592000 };
    },

    'alipay.user.info.share'({ auth_token }) {
      const token = tokens.get(auth_token ?? '');
      if (!token) return badToken();
      if (token.scope !== 'auth_user') return notPermitted();
      const { name, document, openId } = token.holder;
      const { share } = assignments.of(token.holder);
      if (share === 'not-covered') return notPermitted();
      if (share === 'not-certified') return { ...ok, open_id: openId, is_certified: 'F' };
      return {
        ...ok,
        open_id: openId,
        user_name: name,
        cert_type: certTypes[document.type] ?? OTHER_DOCUMENT,
        cert_no: document.number,
        is_certified: 'T',
      };
    },

    'alipay.user.certdoc.certverify.preconsult'(_, biz) {
      const [name, type, number] = texts(biz, 'user_name', 'cert_type', 'cert_no');
      if (!name || !type || !number) return missing();
      if (type !== 'IDENTITY_CARD') return failed('CERT_TYPE_INVALID');
      const verify_id = randomBytes(16).toString('hex');
      consultations.set(verify_id, { name, number });
      return { ...ok, verify_id };
    },

    'alipay.user.certdoc.certverify.consult'({ auth_token }, biz) {
      const holder = tokens.get(auth_token ?? '')?.holder;
      if (!holder) return badToken();
      const [verifyId = ''] = texts(biz, 'verify_id');
      const asked = consultations.get(verifyId);
      if (!asked) return failed('IDENTITY_VERIFY_CACHE_EXPIRED');
      const isHolder =
        asked.number === holder.document.number &&
        isOnRecord(holder, asked.name) &&
        !assignments.of(holder).disowned;
      return {
        ...ok,
        passed: isHolder ? 'T' : 'F',
        ...(!isHolder && { fail_reason: 'IDENTITY_INCONSISTENT' }),
      };
    },

    'alipay.user.certify.open.initialize'(_, biz) {
      if (biz.identity_param === undefined || biz.merchant_config === undefined) return missing();
      const identity = structureOf(biz.identity_param);
      const merchant = structureOf(biz.merchant_config);
      if (!identity || !merchant) return invalid('isv.invalid-parameter');
      const [outerOrderNo, bizCode] = texts(biz, 'outer_order_no', 'biz_code');
      const { return_url: returnUrl, face_reserve_strategy: reserveStrategy } = merchant;
      const [type, certType, name, number, openId] = texts(
        identity,
        ...['identity_type', 'cert_type', 'cert_name', 'cert_no', 'open_id'],
      );
      if (!outerOrderNo || !bizCode || !type || !certType || !name || !number) return missing();
      // It may be empty, and then nobody is led back.
      if (typeof returnUrl !== 'string') return missing();
      const isDocumented =
        /^[A-Za-z0-9]{1,32}$/.test(outerOrderNo) &&
        initializations.bizCodes.includes(bizCode) &&
        initializations.identityTypes.includes(type) &&
        initializations.certTypes.includes(certType) &&
        initializations.reserveStrategies.some((strategy) => strategy === reserveStrategy);
      if (!isDocumented) return failed('ILLEGAL_ARGUMENT_FORMAT');
      const holder = byNumber.get(number);
      const refusal = holder && assignments.of(holder).refusal;
      if (refusal) return failed(refusal);
      const bill = bills.open({
        outerOrderNo,
        identity: digestOf([outerOrderNo, bizCode, type, certType, name, number]),
        account: holder?.account,
        nameDiffers: holder !== undefined && !isOnRecord(holder, name),
        openId: openId ?? '',
        returnUrl,
        wantsPortrait: merchant.out_put_facial_picture === true,
      });
      if (!bill) return failed('ILLEGAL_ARGUMENT_FORMAT', 'outer_order_no was used for another person');
      return { ...ok, certify_id: bill.certifyId };
    },

    'alipay.user.certify.open.query'(_, biz) {
      const [certifyId = ''] = texts(biz, 'certify_id');
      const bill = bills.find(certifyId);
      if (!bill) return failed('OPEN_CERTIFY_BILL_NOT_EXIST');
      const { state, attackFlag, score, failReason } = bill;
      if (state === 'passed')
        return { ...ok, passed: 'T', attack_flag: attackFlag, score, material_info: materialOf(bill) };
      if (state === 'failed') return { ...ok, passed: 'F', fail_reason: failReason };
      if (bill.expiresAt <= Date.now()) return failed('unknown-sub-code', 'CERTIFY_ID_EXPIRED');
      // Until somebody has begun it is "not passed", in the words for a check that failed without a reason.
      if (!bill.isBegun) return { ...ok, passed: 'F' };
      return failed('OPEN_CERTIFY_BILL_STATUS_ERROR');
    },

    'datadigital.fincloud.generalsaas.bankcard.check'(_, biz) {
      const [order, product, name, card, number, phone] = texts(
        biz,
        ...['outer_biz_no', 'product_type', 'cert_name', 'bankcard_no', 'cert_no', 'phone'],
      );
      if (!order || !product || !name || !card || !number) return missing();
      const isCovered = Object.entries(bankCardContract).every(([key, value]) => biz[key] === value);
      if (!isCovered) return failed('INVALID_PARAMETER');
      const asked = digestOf([order, name, card, number, phone]);
      const known = cardChecks.get(order) ?? { asked, end: cardEnd({ name, card, number, phone }), times: 0 };
      if (known.asked !== asked) return failed('INVALID_PARAMETER', 'outer_biz_no was used for another card');
      known.times += 1;
      cardChecks.set(order, known);
      return { ...ok, certify_id: order, ...known.end };
    },

    'alipay.open.app.mini.templatemessage.send'(_, biz) {
      const [openId, template, page, text] = texts(biz, 'to_open_id', 'user_template_id', 'page', 'data');
      if (!openId || !template || !page || !text) return missing();
      if (!/^[0-9a-f]{32}$/.test(template)) return failed('USER_TEMPLATE_ILLEGAL');
      const { data } = keywords.safeParse(structureOf(text));
      if (!data) return failed('DATA_CONTENT_FORMAT_ERROR');
      const holder = holders.find((one) => one.openId === openId);
      if (!holder) return failed('USER_ID_INVALID');
      if (assignments.of(holder).unsubscribed) return failed('MSG_UNSUBSCRIBED');
      messages.push({ account: holder.account, template, page, data, at: new Date().toISOString() });
      return { ...ok };
    },

    'alipay.open.app.qrcode.create'({ app_id }, biz, origin) {
      const [page, query, describe, size = 'm', color = '0x000000'] = texts(
        biz,
        ...['url_param', 'query_param', 'describe', 'size', 'color'],
      );
      if (!page || !query || !describe) return missing();
      const isDocumented =
        /^[^=&]+=[^=&]*(&[^=&]+=[^=&]*)*$/.test(query) &&
        ['s', 'm', 'l'].includes(size) &&
        /^0x[0-9A-Fa-f]{6}$/.test(color);
      if (!isDocumented) return failed('INVALID_PARAMETER');
      const id = randomBytes(8).toString('hex');
      const target = new URLSearchParams({ appId: app_id ?? '', page, query });
      qrCodes.set(id, `alipays://platformapi/startapp?${target.toString()}`);
      const url = `${origin}/qr-codes/${id}.svg`;
      return { ...ok, qr_code_url: url, qr_code_url_circle_blue: url, qr_code_url_circle_white: url };
    },
  };

  function cardEnd(asked: { name: string; card: string; number: string; phone?: string }): CardEnd {
    const holder = byNumber.get(asked.number);
    const owns =
      holder !== undefined &&
      isOnRecord(holder, asked.name) &&
      holder.bankCards.some(({ number }) => number === asked.card) &&
      (asked.phone === undefined || asked.phone === holder.phone);
    const decided = holder && assignments.takeCard(holder);
    return decided ?? (owns ? { match: 'T' } : { match: 'F', detail: 'MISMATCH' });
  }

  return {
    methods,
    /** All that were sent, the oldest first. */
    messages,
    /** Where a QR code leads. */
    linkOf: (qrCode: string) => qrCodes.get(qrCode),
    grantCode(holder: Holder, scope: Scope): string {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { holder, scope, until: Date.now() + CODE_LIFETIME_MS });
      return code;
    },
    /** How often each bank card order was sent. */
    cardOrders: () => [...cardChecks].map(([order, { end, times }]) => ({ order, match: end.match, times })),
  };
}

const ok = { code: '10000', msg: 'Success' } as const;

function isOnRecord({ name, nameOnRecord = name }: Holder, asked: string): boolean {
  return asked === nameOnRecord;
}

function materialOf({ certifyId, wantsPortrait, picture }: Bill): string | undefined {
  if (!wantsPortrait || picture === 'none') return undefined;
  const face = drawPortrait(picture === 'shared' ? picture : certifyId).toString('base64');
  return JSON.stringify({ facial_picture_front: { FEATURE_FACE: face } });
}

// What `alipay.user.info.share` calls documents.
const certTypes: Partial<Record<string, string>> = {
  'resident-id': '0',
  'hk-macau-travel-permit': '11',
  'taiwan-travel-permit': '12',
  'foreign-permanent-resident-id': '16',
};
const OTHER_DOCUMENT = '10';

function notPermitted(): Content {
  return {
    code: '40006',
    msg: 'Insufficient Permissions',
    sub_code: 'isv.insufficient-isv-permissions',
    sub_msg: 'insufficient isv permissions',
  };
}

function badToken(): Content {
  return {
    code: '20001',
    msg: 'Insufficient Token Permissions',
    sub_code: 'aop.invalid-auth-token',
    sub_msg: 'invalid auth token',
  };
}

function texts(from: Record<string, unknown>, ...names: string[]): (string | undefined)[] {
  return names.map((name) => (typeof from[name] === 'string' && from[name] !== '' ? from[name] : undefined));
}

const keywords = z.record(z.string().regex(/^keyword[1-9]$/), z.strictObject({ value: z.string().min(1) }));

/** By which a repeated order is told from another one under the same number; the sandbox's state names nobody. */
function digestOf(parts: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
