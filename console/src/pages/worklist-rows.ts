import type { WorklistEntry } from '../client';

/** The journey to open after this one: what waits next in the list, or else what has waited longest. */
export function nextOf(entries: readonly WorklistEntry[], journey: string): WorklistEntry | undefined {
  const at = entries.findIndex((entry) => entry.journey === journey);
  return entries[at + 1] ?? entries.find((entry) => entry.journey !== journey);
}
