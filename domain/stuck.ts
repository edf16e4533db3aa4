import { endOfShanghaiDay } from './shanghai-time';

/** Why a journey waits for a clerk. A later cause is added here, with its meaning in docs/operations.md. */
export const stuckCauses = [
  /** A vendor did not answer, or not usably, for as long as we ask again by ourselves. */
  'vendor-unavailable',
  /** A vendor refused for a reason that is neither the person's nor passing: contract, configuration, an unknown code. */
  'vendor-refused',
  /** The authority behind the vendor holds nothing to compare with, such as no photo of this person. */
  'source-unusable',
  /** The vendor says itself that it can't tell. */
  'result-undecidable',
  /** Name and number did not agree, and the name is one that systems write in different ways. */
  'name-mismatch-suspected',
  /** All attempts of the day are used up. */
  'locked-out',
  /** The person chose the window: a clerk sees person and document, or a notarised one. */
  'in-person',
  /** What the person gave, or what is to be signed, can't be read: a key of the ring is missing. */
  'data-key-unavailable',
  /** Our own work failed, again and again, in a way that nobody foresaw. */
  'system-fault',
] as const;

export type StuckCause = (typeof stuckCauses)[number];

/**
 * What it means for a journey when a call to a vendor has failed for good, by the failure's code. What a vendor answers to a
 * check is in vendor-results.ts.
 */
const vendorFailures = {
  alipay_unreachable: 'vendor-unavailable',
  alipay_timeout: 'vendor-unavailable',
  alipay_reply_lost: 'vendor-unavailable',
  alipay_unavailable: 'vendor-unavailable',
  alipay_answer_unreadable: 'vendor-unavailable',
  alipay_answer_unverified: 'vendor-unavailable',
  alipay_refused: 'vendor-refused',
  auth_code_invalid: 'vendor-refused',
  access_token_invalid: 'vendor-refused',
} as const satisfies Record<string, StuckCause>;

export type VendorFailure = keyof typeof vendorFailures;

/** The same for everything else that is told by a code: results that a human has to decide, and keys that are missing. */
const otherFailures = {
  source_unusable: 'source-unusable',
  result_undecidable: 'result-undecidable',
  name_mismatch_suspected: 'name-mismatch-suspected',
  wrapping_key_unknown: 'data-key-unavailable',
  sealed_value_unreadable: 'data-key-unavailable',
} as const satisfies Record<string, StuckCause>;

/** The code by which an activity says that a human has to decide. */
export type UndecidedCode = 'source_unusable' | 'result_undecidable' | 'name_mismatch_suspected';

/** An unforeseen failure is our own. */
export function causeOfFailure(code: string | null | undefined): StuckCause {
  const causes: Readonly<Record<string, StuckCause>> = { ...vendorFailures, ...otherFailures };
  return (code && Object.hasOwn(causes, code) ? causes[code] : undefined) ?? 'system-fault';
}

const MINUTE = 60_000;

// Where only time is needed the work is tried again by itself, less and less often.
const HEALING_MS = [1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE);

/**
 * When what is stuck is tried again without anybody's decision; undefined where that would not help.
 * @param now milliseconds since 1970
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
