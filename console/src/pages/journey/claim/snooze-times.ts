const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// China has one time all year, eight hours ahead.
const AHEAD = 8 * HOUR;

export const snoozeChoices = ['hour', 'afternoon', 'tomorrow', 'days'] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

/** Until when to put off; undefined for this afternoon if it has come. */
export function snoozeTime(choice: SnoozeChoice, now: number): Date | undefined {
  const midnight = Math.floor((now + AHEAD) / DAY) * DAY - AHEAD;
  const times: Record<SnoozeChoice, number> = {
    hour: now + HOUR,
    afternoon: midnight + 14 * HOUR,
    tomorrow: midnight + DAY + 9 * HOUR,
    days: midnight + 3 * DAY + 9 * HOUR,
  };
  return times[choice] > now ? new Date(times[choice]) : undefined;
}

/** @param typed as the field for date and time gives it: the time in China @returns undefined if it is none */
export function typedTime(typed: string): Date | undefined {
  const time = new Date(`${typed}+08:00`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
