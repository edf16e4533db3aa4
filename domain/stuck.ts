/** Why a journey waits for a clerk. A later cause is added here, with its meaning in docs/operations.md. */
export const stuckCauses = [
  /** A vendor did not answer, or not usably, for as long as we ask again by ourselves. */
  'vendor-unavailable',
  /** A vendor refused for a reason that is neither the person's nor passing: contract, configuration, an unknown code. */
  'vendor-refused',
  /** Our own work failed, again and again, in a way that nobody foresaw. */
  'system-fault',
] as const;

export type StuckCause = (typeof stuckCauses)[number];

/**
 * What it means for a journey when a call to a vendor has failed for good. What a vendor answers is not here: a check that it
 * decided is a result.
 */
export const vendorFailures = {
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

const MINUTE = 60_000;

// Where only time is needed the work is tried again by itself, less and less often.
const HEALING_MS = [1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE);

/** When to try again what is stuck, without anybody's decision; undefined where that would not help. */
export function healsAfterMs(cause: StuckCause, triesBefore: number): number | undefined {
  return cause === 'vendor-unavailable' ? (HEALING_MS[triesBefore] ?? HEALING_MS.at(-1)) : undefined;
}
