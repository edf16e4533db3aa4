/** Milliseconds of a clock that nobody can set. Where there is none, those of the phone's clock. */
export function monotonicNow(): number {
  return typeof performance === 'object' ? performance.now() : Date.now();
}

/** Minutes and seconds, such as 09:58. */
export function formatSeconds(seconds: number): string {
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${twoDigits(Math.floor(seconds / 60))}:${twoDigits(seconds % 60)}`;
}

const ANNOUNCED_MINUTES = [1, 2, 5];

/**
 * What screen readers announce of a countdown: the last mark that it has passed since it was first shown.
 * @param from the seconds that were left then
 */
export function announcedMinutes(from: number, left: number): number | undefined {
  return ANNOUNCED_MINUTES.find((minutes) => left <= minutes * 60 && minutes * 60 < from);
}
