import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Bill, Bills } from './bills';
import { structureOf } from './gateway';
import { drawPortrait } from './portrait';
import { failed, invalid, invalidToken, missingParameter, notPermitted, ok } from './responses';
import type { Content } from './responses';
import type { Assignments, CardEnd } from './scenarios';
import type { Holder, Scope } from './settings';

type Parameters = Record<string, string>;

/** A message that a person would see in Alipay. */
export interface SentMessage {
  account: string;
  template: string;
  page: string;
  data: z.infer<typeof keywords>;
  at: string;
}

const CODE_LIFETIME_MS = 5 * 60_000;

// The documented values of `alipay.user.certify.open.initialize` (OpenCertifyIdentityParam and related classes in alipay-sdk-java).
const documentedValues = {
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

// The bank card values in this application's contract. Alipay publishes no list of values.
const bankCardContract = {
  product_type: 'BANKCARD_CHECK',
  biz_code: 'DATA_DIGITAL_BIZ_CODE_BANKCARD_CHECK',
  cert_type: 'IDENTITY_CARD',
};

/** The methods of the platform, by name. Codes and tokens are only in memory, so a restart signs everybody out. */
export function createMethods(holders: Holder[], bills: Bills, assignments: Assignments) {
  const holdersByNumber = new Map(holders.map((holder) => [holder.document.number, holder]));
  const codes = new Map<string, { holder: Holder; scope: Scope; until: number }>();
  const tokens = new Map<string, { holder: Holder; scope: Scope }>();
  const consultations = new Map<string, { name: string; number: string }>();
  const cardChecks = new Map<string, { digest: string; end: CardEnd; times: number }>();
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
      if (!token) return invalidToken;
      if (token.scope !== 'auth_user') return notPermitted;
      const { name, document, openId } = token.holder;
      const { share } = assignments.of(token.holder);
      if (share === 'not-covered') return notPermitted;
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
      if (!name || !type || !number) return missingParameter;
      if (type !== 'IDENTITY_CARD') return failed('CERT_TYPE_INVALID');
      const verify_id = randomBytes(16).toString('hex');
      consultations.set(verify_id, { name, number });
      return { ...ok, verify_id };
    },

    'alipay.user.certdoc.certverify.consult'({ auth_token }, biz) {
      const holder = tokens.get(auth_token ?? '')?.holder;
      if (!holder) return invalidToken;
      const [verifyId = ''] = texts(biz, 'verify_id');
      const claimed = consultations.get(verifyId);
      if (!claimed) return failed('IDENTITY_VERIFY_CACHE_EXPIRED');
      const isHolder =
        claimed.number === holder.document.number &&
        isOnRecord(holder, claimed.name) &&
        !assignments.of(holder).isNotHolder;
      return {
        ...ok,
        passed: isHolder ? 'T' : 'F',
        ...(!isHolder && { fail_reason: 'IDENTITY_INCONSISTENT' }),
      };
    },

    'alipay.user.certify.open.initialize'(_, biz) {
      if (biz.identity_param === undefined || biz.merchant_config === undefined) return missingParameter;
      const identity = structureOf(biz.identity_param);
      const merchant = structureOf(biz.merchant_config);
      if (!identity || !merchant) return invalid('isv.invalid-parameter');
      const [outerOrderNo, bizCode] = texts(biz, 'outer_order_no', 'biz_code');
      const { return_url: returnUrl, face_reserve_strategy: reserveStrategy } = merchant;
      const [type, certType, name, number, openId] = texts(
        identity,
        ...['identity_type', 'cert_type', 'cert_name', 'cert_no', 'open_id'],
      );
      if (!outerOrderNo || !bizCode || !type || !certType || !name || !number) return missingParameter;
      // An empty URL is allowed; the page then does not lead back.
      if (typeof returnUrl !== 'string') return missingParameter;
      const isDocumented =
        /^[A-Za-z0-9]{1,32}$/.test(outerOrderNo) &&
        documentedValues.bizCodes.includes(bizCode) &&
        documentedValues.identityTypes.includes(type) &&
        documentedValues.certTypes.includes(certType) &&
        documentedValues.reserveStrategies.some((strategy) => strategy === reserveStrategy);
      if (!isDocumented) return failed('ILLEGAL_ARGUMENT_FORMAT');
      const holder = holdersByNumber.get(number);
      const error = holder && assignments.of(holder).initializeError;
      if (error) return failed(error);
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
      // Before anybody opens the page, Alipay reports a check that failed without a reason.
      if (!bill.isBegun) return { ...ok, passed: 'F' };
      return failed('OPEN_CERTIFY_BILL_STATUS_ERROR');
    },

    'datadigital.fincloud.generalsaas.bankcard.check'(_, biz) {
      const [order, product, name, card, number, phone] = texts(
        biz,
        ...['outer_biz_no', 'product_type', 'cert_name', 'bankcard_no', 'cert_no', 'phone'],
      );
      if (!order || !product || !name || !card || !number) return missingParameter;
      const isCovered = Object.entries(bankCardContract).every(([key, value]) => biz[key] === value);
      if (!isCovered) return failed('INVALID_PARAMETER');
      const digest = digestOf([order, name, card, number, phone]);
      const known = cardChecks.get(order) ?? {
        digest,
        end: cardEnd({ name, card, number, phone }),
        times: 0,
      };
      if (known.digest !== digest)
        return failed('INVALID_PARAMETER', 'outer_biz_no was used for another card');
      known.times += 1;
      cardChecks.set(order, known);
      return { ...ok, certify_id: order, ...known.end };
    },

    'alipay.open.app.mini.templatemessage.send'(_, biz) {
      const [openId, template, page, text] = texts(biz, 'to_open_id', 'user_template_id', 'page', 'data');
      if (!openId || !template || !page || !text) return missingParameter;
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
      if (!page || !query || !describe) return missingParameter;
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

  function cardEnd(claimed: { name: string; card: string; number: string; phone?: string }): CardEnd {
    const holder = holdersByNumber.get(claimed.number);
    const isMatch =
      holder !== undefined &&
      isOnRecord(holder, claimed.name) &&
      holder.bankCards.some(({ number }) => number === claimed.card) &&
      (claimed.phone === undefined || claimed.phone === holder.phone);
    const endOfScenario = holder && assignments.takeCard(holder);
    return endOfScenario ?? (isMatch ? { match: 'T' } : { match: 'F', detail: 'MISMATCH' });
  }

  return {
    methods,
    /** All sent messages, oldest first. */
    messages,
    /** The target of a QR code. */
    linkOf: (qrCode: string) => qrCodes.get(qrCode),
    grantCode(holder: Holder, scope: Scope): string {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { holder, scope, until: Date.now() + CODE_LIFETIME_MS });
      return code;
    },
    /** Each bank card order, with the number of times that it was sent. */
    cardOrders: () => [...cardChecks].map(([order, { end, times }]) => ({ order, match: end.match, times })),
  };
}

function isOnRecord({ name, nameOnRecord = name }: Holder, claimedName: string): boolean {
  return claimedName === nameOnRecord;
}

function materialOf({ certifyId, account = certifyId, wantsPortrait, picture }: Bill): string | undefined {
  if (!wantsPortrait || picture === 'none') return undefined;
  const seeds = picture === 'shared' ? ([picture, picture] as const) : ([account, certifyId] as const);
  const face = drawPortrait(...seeds).toString('base64');
  return JSON.stringify({ facial_picture_front: { FEATURE_FACE: face } });
}

// The document types of `alipay.user.info.share`.
const certTypes: Partial<Record<string, string>> = {
  'resident-id': '0',
  'hk-macau-travel-permit': '11',
  'taiwan-travel-permit': '12',
  'foreign-permanent-resident-id': '16',
};
const OTHER_DOCUMENT = '10';

function texts(from: Record<string, unknown>, ...names: string[]): (string | undefined)[] {
  return names.map((name) => (typeof from[name] === 'string' && from[name] !== '' ? from[name] : undefined));
}

const keywords = z.record(z.string().regex(/^keyword[1-9]$/), z.strictObject({ value: z.string().min(1) }));

/** Distinguishes a repeated order from another order with the same number. The state contains no names or numbers. */
function digestOf(parts: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
