import { z } from 'zod';
import type { AlipayAccount } from './auth-code';
import { AlipayError, asVendorCode } from './errors';
import type { Gateway } from './gateway';
import { portraitIn } from './portrait';

/** How a face check stands. `reason` is Alipay's code (`Z1147`), whose meanings are configuration. */
type FaceResult =
  | {
      outcome: 'passed';
      portrait?: Buffer;
      attackFlag?: boolean;
      /** How alike the faces are, 0–100. */
      score?: number;
    }
  | { outcome: 'failed'; reason?: string }
  | { outcome: 'unfinished' }
  | { outcome: 'expired' }
  | { outcome: 'unknown-bill' };

export interface FaceChecks {
  /**
   * Opens a face check of this person, to be passed on a phone where this account is logged in.
   * @param p `outerOrderNo` is ours, unique, 32 letters and digits; `certType` is Alipay's name of the document's type;
   *   `returnUrl` is where the page leads afterwards, whatever the result.
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
  /** The signed page of a face check, for `my.startAPVerify` or a browser. Names nobody. */
  faceCheckUrl(certifyId: string): string;
  /**
   * How a face check came out. The only source that counts: what the phone reports can be forged. Alipay reports "not
   * passed" in the same words before and after the person tried, so it is to be asked after the phone has come back.
   * @throws AlipayError
   */
  queryFaceCheck(certifyId: string): Promise<FaceResult>;
}

const initialization = z.object({ certify_id: z.string().regex(/^[\w-]{1,128}$/) });

const state = z.object({
  passed: z.enum(['T', 'F']).optional(),
  fail_reason: z.string().optional(),
  material_info: z.unknown().optional(),
  attack_flag: z.unknown().optional(),
  score: z.unknown().optional(),
});

// What Alipay says of a bill that has no result, or of none at all.
const refusals = new Map<string, FaceResult>([
  ['CERTIFY_ID_EXPIRED', { outcome: 'expired' }],
  ['OPEN_CERTIFY_BILL_NOT_EXIST', { outcome: 'unknown-bill' }],
  ['OPEN_CERTIFY_BILL_STATUS_ERROR', { outcome: 'unfinished' }],
]);

/** @param bizCode the kind of check that the contract covers. */
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
            // Alipay would keep the face for later checks; nobody has agreed to that.
            face_reserve_strategy: 'never',
            out_put_facial_picture: true,
          },
        },
        repeatable: false,
        answer: initialization,
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
            answer: state,
          }),
        );
      } catch (error) {
        // Only of an answer that Alipay signed: others have another code.
        const refused = error instanceof AlipayError && error.code === 'alipay_refused';
        const result = refused ? refusals.get(error.subCode ?? '') : undefined;
        if (!result) throw error;
        return result;
      }
    },
  };
}

function resultOf(answer: z.infer<typeof state>): FaceResult {
  const { passed, fail_reason, material_info, attack_flag, score } = answer;
  if (passed === undefined) return { outcome: 'unfinished' };
  if (passed === 'F') return { outcome: 'failed', reason: asVendorCode(fail_reason) };
  return {
    outcome: 'passed',
    portrait: portraitIn(material_info),
    attackFlag: raised(attack_flag),
    score: scoreIn(score),
  };
}

// Route A documents no such flag, other face products do. A value that cannot be read counts as raised.
function raised(flag: unknown): boolean | undefined {
  return flag === undefined || flag === null ? undefined : !['F', 'false', false].some((no) => no === flag);
}

// Likewise only of other products, as text or as a number. What is no score is none: it never fails a check that was passed.
function scoreIn(value: unknown): number | undefined {
  const score = typeof value === 'string' && /^\d{1,3}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 100 ? score : undefined;
}
