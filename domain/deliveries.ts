/**
 * States of an event on its way to the registration system. `stopped`: the registration system wants no more callbacks about the
 * matter. `feed-only`: it is never called back.
 */
export type DeliveryState = 'waiting' | 'acknowledged' | 'stopped' | 'feed-only';

/** Why the callbacks of a matter do not arrive: for a week nobody acknowledged one, or the registration system answered 410 Gone. */
export const undeliveredCauses = ['not-acknowledged', 'receiver-gone'] as const;

export type UndeliveredCause = (typeof undeliveredCauses)[number];
