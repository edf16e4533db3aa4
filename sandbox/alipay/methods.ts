import { randomBytes } from 'node:crypto';
import type { Bills } from './bills';
import { drawPortrait } from './portrait';
import type { Holder } from './settings';

/** A business answer; `code` 10000 unless given. */
export type Content = Partial<Record<string, string>>;

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

const CODE_LIFETIME_MS = 5 * 60_000;

/** What the platform can do, by the method's name. Holds codes and tokens in memory: a restart signs everybody out. */
export function createMethods(holders: Holder[], bills: Bills) {
  const codes = new Map<string, { holder: Holder; until: number }>();
  const tokens = new Map<string, Holder>();
  const consultations = new Map<string, { name: string; number: string }>();
  const cardChecks = new Map<string, { match: string; times: number }>();

  const methods: Record<string, (parameters: Parameters, biz: Record<string, unknown>) => Content> = {
    'alipay.system.oauth.token'({ grant_type, code }) {
      if (grant_type !== 'authorization_code') return failed('isv.grant-type-invalid');
      const grant = codes.get(code ?? '');
      codes.delete(code ?? '');
      if (!grant || grant.until < Date.now()) return failed('isv.code-invalid');
      const access_token = `composeB${randomBytes(16).toString('hex')}`;
      tokens.set(access_token, grant.holder);
      return { access_token, open_id: grant.holder.openId, expires_in: '1296000', re_expires_in: '2592000' };
    },

    'alipay.user.info.share'({ auth_token }) {
      const holder = tokens.get(auth_token ?? '');
      if (!holder) return badToken();
      const { name, document, openId } = holder;
      return {
        ...ok,
        open_id: openId,
        user_name: name,
        cert_type: '0',
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
      const holder = tokens.get(auth_token ?? '');
      if (!holder) return badToken();
      const [verifyId = ''] = texts(biz, 'verify_id');
      const asked = consultations.get(verifyId);
      if (!asked) return failed('IDENTITY_VERIFY_CACHE_EXPIRED');
      const isHolder = asked.name === holder.name && asked.number === holder.document.number;
      return {
        ...ok,
        passed: isHolder ? 'T' : 'F',
        ...(!isHolder && { fail_reason: 'IDENTITY_INCONSISTENT' }),
      };
    },

    'alipay.user.certify.open.initialize'(_, biz) {
      const identity = structure(biz.identity_param);
      const merchant = structure(biz.merchant_config);
      const [outerOrderNo, bizCode] = texts(biz, 'outer_order_no', 'biz_code');
      const [type, certType, name, number, openId] = texts(
        identity,
        ...['identity_type', 'cert_type', 'cert_name', 'cert_no', 'open_id'],
      );
      if (!outerOrderNo || !bizCode || !type || !certType || !name || !number) return missing();
      if (!/^[A-Za-z0-9]{1,32}$/.test(outerOrderNo)) return failed('ILLEGAL_ARGUMENT_FORMAT');
      const returnUrl = typeof merchant.return_url === 'string' ? merchant.return_url : '';
      const wantsPortrait = merchant.out_put_facial_picture === true;
      const { certifyId } = bills.open({
        outerOrderNo,
        openId: openId ?? '',
        returnUrl,
        wantsPortrait,
        name,
        number,
      });
      return { ...ok, certify_id: certifyId };
    },

    'alipay.user.certify.open.query'(_, biz) {
      const [certifyId = ''] = texts(biz, 'certify_id');
      const bill = bills.find(certifyId);
      if (!bill) return failed('OPEN_CERTIFY_BILL_NOT_EXIST');
      if (bill.state === 'passed') {
        const picture = drawPortrait(bill.person).toString('base64');
        const material = { facial_picture_front: { FEATURE_FACE: picture } };
        return { ...ok, passed: 'T', ...(bill.wantsPortrait && { material_info: JSON.stringify(material) }) };
      }
      if (bill.state === 'failed') return { ...ok, passed: 'F', fail_reason: bill.failReason ?? '' };
      if (bill.expiresAt <= Date.now()) return failed('unknown-sub-code', 'CERTIFY_ID_EXPIRED');
      return failed('OPEN_CERTIFY_BILL_STATUS_ERROR');
    },

    'datadigital.fincloud.generalsaas.bankcard.check'(_, biz) {
      const [order, product, name, card, number, phone] = texts(
        biz,
        ...['outer_biz_no', 'product_type', 'cert_name', 'bankcard_no', 'cert_no', 'phone'],
      );
      if (!order || !product || !name || !card || !number) return missing();
      const holder = holders.find((one) => one.name === name && one.document.number === number);
      const owns = holder?.bankCards.some((one) => one.number === card) === true;
      const isMatch = owns && (phone === undefined || phone === holder.phone);
      const known = cardChecks.get(order) ?? { match: isMatch ? 'T' : 'F', times: 0 };
      known.times += 1;
      cardChecks.set(order, known);
      return {
        ...ok,
        certify_id: order,
        match: known.match,
        ...(known.match === 'F' && { detail: 'MISMATCH' }),
      };
    },
  };

  return {
    methods,
    grantCode(holder: Holder): string {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { holder, until: Date.now() + CODE_LIFETIME_MS });
      return code;
    },
    /** How often each bank card order was sent. */
    cardOrders: () => [...cardChecks].map(([order, { match, times }]) => ({ order, match, times })),
  };
}

const ok = { code: '10000', msg: 'Success' } as const;

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

/** Objects come as they are or as JSON in a string. */
function structure(value: unknown): Record<string, unknown> {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Object(parsed) as Record<string, unknown>;
}
