import { endOfShanghaiDay } from './shanghai-time';

/** Why a journey waits for a clerk. A later cause is added here, with its meaning in docs/operations.md. */
export const stuckCauses = [
  /** A vendor gave no usable answer, and all our own retries are used up. */
  'vendor-unavailable',
  /** A vendor refused, and neither the person nor time can change it: contract, configuration, an unknown code. */
  'vendor-refused',
  /** The authority behind the vendor has nothing to compare with, for example no photo of this person. */
  'source-unusable',
  /** The vendor itself says that it cannot decide. */
  'result-undecidable',
  /** Name and number do not agree, and systems write such a name in different ways. */
  'name-mismatch-suspected',
  /** All attempts of the day are used up. */
  'locked-out',
  /** The person chose the window: a clerk sees the person and the document, or a notarised document. */
  'in-person',
  /** Sealed data cannot be read: a key is missing in the key ring. */
  'data-key-unavailable',
  /** Our own work failed repeatedly, in a way that nobody foresaw. */
  'system-fault',
] as const;

export type StuckCause = (typeof stuckCauses)[number];

/**
 * The cause that follows from a failure, by the failure's code. This is the only place where a code becomes a cause. What the
 * vendors' own reasons mean is in vendor-results.ts.
 */
const causes = {
  alipay_unreachable: 'vendor-unavailable',
  alipay_timeout: 'vendor-unavailable',
  alipay_reply_lost: 'vendor-unavailable',
  alipay_unavailable: 'vendor-unavailable',
  alipay_answer_unreadable: 'vendor-unavailable',
  alipay_answer_unverified: 'vendor-unavailable',
  alipay_refused: 'vendor-refused',
  auth_code_invalid: 'vendor-refused',
  access_token_invalid: 'vendor-refused',
  source_unusable: 'source-unusable',
  result_undecidable: 'result-undecidable',
  name_mismatch_suspected: 'name-mismatch-suspected',
  wrapping_key_unknown: 'data-key-unavailable',
  sealed_value_unreadable: 'data-key-unavailable',
} as const satisfies Record<string, StuckCause>;

type CodeFor<C extends StuckCause> = {
  [K in keyof typeof causes]: (typeof causes)[K] extends C ? K : never;
}[keyof typeof causes];

/** The code of a call to a vendor that failed. */
export type VendorFailure = CodeFor<'vendor-unavailable' | 'vendor-refused'>;

/** The code of a result that only a human can decide. */
export type UndecidedCode = CodeFor<'source-unusable' | 'result-undecidable' | 'name-mismatch-suspected'>;

/** A failure with any other code, or with none, is our own. */
export function causeOfFailure(code: string | null | undefined): StuckCause {
  return isKnown(code) ? causes[code] : 'system-fault';
}

function isKnown(code: string | null | undefined): code is keyof typeof causes {
  return typeof code === 'string' && Object.hasOwn(causes, code);
}

const MINUTE = 60_000;

// The waits before the work is tried again, where only time is needed.
const HEALING_MS = [1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE);

/**
 * How long a stuck journey waits before it tries again without a decision.
 * @param now milliseconds since 1970
 * @returns milliseconds; undefined where time alone does not help
 */
export function healsAfterMs(cause: StuckCause, triesBefore: number, now: number): number | undefined {
  switch (cause) {
    case 'vendor-unavailable':
      return HEALING_MS[triesBefore] ?? HEALING_MS.at(-1);
    case 'locked-out':
      // Attempts are counted by the day in China.
      return endOfShanghaiDay(new Date(now)).getTime() - now;
    case 'vendor-refused':
    case 'source-unusable':
    case 'result-undecidable':
    case 'name-mismatch-suspected':
    case 'in-person':
    case 'data-key-unavailable':
    case 'system-fault':
      return undefined;
  }
}
