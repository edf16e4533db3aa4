import { boundOf, durationBounds } from '../../../../domain/figures';
import type { Schemas } from '../../client';

export type Check = Schemas['CheckFigure'];
export type VendorCall = Schemas['VendorFigure'];

export const states = ['passed', 'failed', 'refunded', 'started'] as const;
export const funnelSteps = ['certificate', 'identity-face', 'bank-card', 'matter-face'] as const;

/** Counts by a key, in the order in which the keys first come. */
export function sumsBy<T extends { count: number }, K>(
  counts: readonly T[],
  keyOf: (one: T) => K,
): Map<K, number> {
  const sums = new Map<K, number>();
  for (const one of counts) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + one.count);
  return sums;
}

/** Counts by two keys. */
export function groupsBy<T extends { count: number }, K, V>(
  counts: readonly T[],
  keyOf: (one: T) => K,
  partOf: (one: T) => V,
): Map<K, Map<V, number>> {
  const groups = new Map<K, T[]>();
  for (const one of counts) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return new Map([...groups].map(([key, ones]) => [key, sumsBy(ones, partOf)]));
}

/** The share of two results that were passed; not counted is what the vendor or the person did not finish. */
export function passRate(byState: ReadonlyMap<string, number>): number | undefined {
  const [passed = 0, failed = 0] = [byState.get('passed'), byState.get('failed')];
  return passed + failed > 0 ? passed / (passed + failed) : undefined;
}

/** A share in per cent, with one digit. */
export function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(share * 100).toFixed(1)}%`;
}

/** The calls of one interface. */
export function vendorRow(calls: readonly VendorCall[]) {
  const took = sumsBy(calls, (one) => one.took);
  const outcomes = sumsBy(calls, ({ outcome }) => outcome);
  const total = calls.reduce((sum, { count }) => sum + count, 0);
  return {
    total,
    failed: total - (outcomes.get('done') ?? 0),
    outcomes,
    half: boundOf(took, 0.5, durationBounds),
    most: boundOf(took, 0.95, durationBounds),
  };
}
