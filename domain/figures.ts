// How figures are counted in ranges. A range is named by its place: 0 is below the first bound, and the last one is open.

/** Of how long something has waited, in hours: the time limits of the worklist, and three days. */
export const ageBounds = [1, 4, 24, 72] as const;

/** Of how long a call of a vendor took, in milliseconds. */
export const durationBounds = [100, 250, 500, 1_000, 2_000, 5_000, 10_000] as const;

export function rangeOf(value: number, bounds: readonly number[]): number {
  const range = bounds.findIndex((bound) => value < bound);
  return range < 0 ? bounds.length : range;
}

/**
 * The bound below which a part of the values lie.
 * @param counts how many values each range has
 * @param part such as 0.95
 * @returns undefined without values; Infinity if it lies beyond the last bound
 */
export function boundOf(
  counts: ReadonlyMap<number, number>,
  part: number,
  bounds: readonly number[],
): number | undefined {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let range = 0; range <= bounds.length; range += 1) {
    below += counts.get(range) ?? 0;
    if (total > 0 && below >= total * part) return bounds[range] ?? Infinity;
  }
  return undefined;
}

/** So many days back figures can be shown, the present one included. */
export const figureDays = [1, 7, 30] as const;
