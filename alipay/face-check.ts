import { z } from 'zod';
import type { AlipayAccount } from './auth-code';
import { AlipayError, asVendorCode } from './errors';
import type { Gateway } from './gateway';
import { portraitIn } from './portrait';

/** The state of a face check. `reason` is Alipay's code (`Z1147`); the configuration says what each code means. */
type FaceQueryResult =
  | {
      outcome: 'passed';
      portrait?: Buffer;
      attackFlag?: boolean;
      /** Similarity of the two faces, 0–100. */
      score?: number;
    }
  | { outcome: 'failed'; reason?: string }
  | { outcome: 'unfinished' }
  | { outcome: 'expired' }
  | { outcome: 'unknown-bill' };

export interface FaceChecks {
  /**
   * Opens a face check for this person. It takes place on a phone where this account is logged in.
   * @param p `outerOrderNo` is our unique number, 32 letters and digits; `certType` is Alipay's name for the document type;
   *   the page leads to `returnUrl` afterwards, whether the check passed or not.
   * @throws AlipayError
   */
  initializeFaceCheck(p: {
    outerOrderNo: string;
    certType: string;
    name: string;
    number: string;
    account: AlipayAccount;
    returnUrl: string;
  }): Promise<{ certifyId: string }>;
  /** URL of the signed page of a face check, for `my.startAPVerify` or a browser. It contains no personal data. */
  faceCheckUrl(certifyId: string): string;
  /**
   * The result of a face check. Only this result counts, because the phone's report can be forged. Alipay reports "not
   * passed" in the same way before and after the person tried, so query only after the person has returned from the page.
   * @throws AlipayError
   */
  queryFaceCheck(certifyId: string): Promise<FaceQueryResult>;
}

const initialization = z.object({ certify_id: z.string().regex(/^[\w-]{1,128}$/) });

const state = z.object({
  passed: z.enum(['T', 'F']).optional(),
  fail_reason: z.string().optional(),
  material_info: z.unknown().optional(),
  attack_flag: z.unknown().optional(),
  score: z.unknown().optional(),
});

// The codes for a bill that has no result, and for a bill that does not exist.
const resultsOfCodes = new Map<string, FaceQueryResult>([
  ['CERTIFY_ID_EXPIRED', { outcome: 'expired' }],
  ['OPEN_CERTIFY_BILL_NOT_EXIST', { outcome: 'unknown-bill' }],
  ['OPEN_CERTIFY_BILL_STATUS_ERROR', { outcome: 'unfinished' }],
]);

/** @param bizCode the kind of face check that the contract covers */
export function createFaceChecks(gateway: Gateway, bizCode: string): FaceChecks {
  return {
    async initializeFaceCheck({ outerOrderNo, certType, name, number, account, returnUrl }) {
      const { certify_id } = await gateway.call({
        method: 'alipay.user.certify.open.initialize',
        bizContent: {
          outer_order_no: outerOrderNo,
          biz_code: bizCode,
          identity_param: {
            identity_type: 'CERT_INFO',
            cert_type: certType,
            cert_name: name,
            cert_no: number,
            open_id: account.openId,
            user_id: account.userId,
          },
          merchant_config: {
            return_url: returnUrl,
            // Otherwise Alipay keeps the face for later checks, and nobody has agreed to that.
            face_reserve_strategy: 'never',
            out_put_facial_picture: true,
          },
        },
        repeatable: false,
        response: initialization,
      });
      return { certifyId: certify_id };
    },

    faceCheckUrl(certifyId) {
      return gateway.pageUrl('alipay.user.certify.open.certify', { certify_id: certifyId });
    },

    async queryFaceCheck(certifyId) {
      try {
        return resultOf(
          await gateway.call({
            method: 'alipay.user.certify.open.query',
            bizContent: { certify_id: certifyId },
            repeatable: true,
            response: state,
          }),
        );
      } catch (error) {
        // This code means that Alipay signed the response. Unsigned responses have another code.
        const isRejected = error instanceof AlipayError && error.code === 'alipay_refused';
        const result = isRejected ? resultsOfCodes.get(error.subCode ?? '') : undefined;
        if (!result) throw error;
        return result;
      }
    },
  };
}

function resultOf(response: z.infer<typeof state>): FaceQueryResult {
  const { passed, fail_reason, material_info, attack_flag, score } = response;
  if (passed === undefined) return { outcome: 'unfinished' };
  if (passed === 'F') return { outcome: 'failed', reason: asVendorCode(fail_reason) };
  return {
    outcome: 'passed',
    portrait: portraitIn(material_info),
    attackFlag: isRaised(attack_flag),
    score: scoreIn(score),
  };
}

// The documents of `alipay.user.certify.open.query` have no such flag; those of other face products do. An unknown value counts
// as raised.
function isRaised(flag: unknown): boolean | undefined {
  return flag === undefined || flag === null ? undefined : !['F', 'false', false].some((no) => no === flag);
}

// Only other face products have a score, as text or as a number. An unreadable score is ignored: the check still counts as passed.
function scoreIn(value: unknown): number | undefined {
  const score = typeof value === 'string' && /^\d{1,3}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 100 ? score : undefined;
}
