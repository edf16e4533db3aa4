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
