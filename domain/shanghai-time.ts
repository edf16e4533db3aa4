// China has one time zone and, since 1991, no summer time.
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** The calendar day in China, `YYYY-MM-DD`. */
export function shanghaiDay(at: Date): string {
  return shanghaiSecond(at).slice(0, 10);
}

/** The minute in China, `YYYY-MM-DD HH:mm`, as people read it. */
export function shanghaiMinute(at: Date): string {
  return shanghaiSecond(at).slice(0, 16);
}

/** The second in China, `YYYY-MM-DD HH:mm:ss`, as Alipay's gateway reads it. */
export function shanghaiSecond(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** When the day in China ends and everything that is counted by the day begins anew. */
export function endOfShanghaiDay(at: Date): Date {
  const days = Math.floor((at.getTime() + OFFSET_MS) / DAY_MS) + 1;
  return new Date(days * DAY_MS - OFFSET_MS);
}

/** When the day in China began. */
export function startOfShanghaiDay(at: Date): Date {
  return new Date(endOfShanghaiDay(at).getTime() - DAY_MS);
}

/** Full years on a day, both as `YYYY-MM-DD`. A person born on 29 February is a year older on 1 March. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
