/**
 * States of an event on its way to the registration system. `stopped`: the registration system wants no more callbacks about the
 * matter. `feed-only`: it is never called back.
 */
export const deliveryStates = ['waiting', 'acknowledged', 'stopped', 'feed-only'] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** Why the callbacks of a matter do not arrive: for a week nobody acknowledged one, or the registration system answered 410 Gone. */
export const undeliveredCauses = ['not-acknowledged', 'receiver-gone'] as const;

export type UndeliveredCause = (typeof undeliveredCauses)[number];

/** What a try to deliver a callback led to: it was acknowledged, or why not. */
export const deliveryOutcomes = [
  'acknowledged',
  'callback_unreachable',
  'callback_timeout',
  'callback_rejected',
  'callback_gone',
  'callback_unacknowledged',
] as const;

export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/** So many tries of each delivery are kept, the last ones. */
export const TRIES_KEPT = 20;

/** How callbacks are repeated: after a second, then after twice as long each time, up to five minutes. */
export const CALLBACK_RETRY = { firstMs: 1000, coefficient: 2, longestMs: 5 * 60_000 } as const;

/** When the next try follows, if the one that ended now failed. @param attempt its number, from 1 */
export function nextTryAt(attempt: number, now: Date): Date {
  const { firstMs, coefficient, longestMs } = CALLBACK_RETRY;
  return new Date(now.getTime() + Math.min(longestMs, firstMs * coefficient ** (attempt - 1)));
}
