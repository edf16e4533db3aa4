/** Signs that a clerk looks at persons without need. They accuse nobody: an auditor asks. */
export const unusualUses = ['many-persons', 'at-night', 'one-person-often'] as const;
export type UnusualUse = (typeof unusualUses)[number];

/** From so much on a use is reported. */
export const unusualFrom: Readonly<Record<UnusualUse, number>> = {
  /** Persons in one day. Who works through the worklist all day sees some sixty. */
  'many-persons': 100,
  /** Looks in one day between 22:00 and 06:00, when no window is open. */
  'at-night': 5,
  /** Looks at one person in the days of the report. */
  'one-person-often': 20,
};

/** The actions by which a clerk looks at a person: at the journey, at personal data in full, or for a person by it. */
export const looksAtPersons = [
  ...(['show-journey', 'show-person', 'show-portraits', 'show-scan', 'find-person'] as const),
];

const [NIGHT_BEGINS, NIGHT_ENDS] = [22, 6];

/** @param hour in China, 0 to 23 */
export function isNight(hour: number): boolean {
  return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
}

/** How often a clerk looked at one person in one hour. */
export interface Looks {
  clerk: string;
  /** A pseudonym. */
  person: string;
  /** In China, `YYYY-MM-DD`. */
  day: string;
  /** In China, 0 to 23. */
  hour: number;
  count: number;
}

export interface UnusualUseFound {
  use: UnusualUse;
  clerk: string;
  /** Of the first two. */
  day?: string;
  /** Of the last. */
  person?: string;
  /** Persons or looks. */
  count: number;
}

/** What is unusual, the most of each kind first. */
export function findUnusualUse(looks: readonly Looks[]): UnusualUseFound[] {
  const persons = new Map<string, { clerk: string; day: string; seen: Set<string> }>();
  const nights = new Map<string, UnusualUseFound>();
  const often = new Map<string, UnusualUseFound>();
  for (const { clerk, person, day, hour, count } of looks) {
    const ofDay = `${clerk} ${day}`;
    const seen = persons.get(ofDay) ?? { clerk, day, seen: new Set() };
    seen.seen.add(person);
    persons.set(ofDay, seen);
    if (isNight(hour)) addTo(nights, ofDay, { use: 'at-night', clerk, day, count });
    addTo(often, `${clerk} ${person}`, { use: 'one-person-often', clerk, person, count });
  }
  const many = [...persons.values()].map(({ clerk, day, seen }) => ({
    ...{ use: 'many-persons' as const, clerk, day, count: seen.size },
  }));
  return [...many, ...nights.values(), ...often.values()]
    .filter(({ use, count }) => count >= unusualFrom[use])
    .sort(
      (one, other) =>
        unusualUses.indexOf(one.use) - unusualUses.indexOf(other.use) || other.count - one.count,
    );
}

function addTo(sums: Map<string, UnusualUseFound>, key: string, found: UnusualUseFound): void {
  sums.set(key, { ...found, count: found.count + (sums.get(key)?.count ?? 0) });
}
