/**
 * Signs that somebody else may have confirmed in a person's name (冒名登记). A human looks at a flag; by itself it never refuses
 * anybody by itself.
 */
export const flagKinds = [
  /** One phone served many persons. */
  'device-shared',
  /** One account served many persons. */
  'account-shared',
  /** The very same picture was captured of two persons: no camera does that. */
  'portrait-shared',
  /** The vendor reported an attack (a mask, a screen, a forged stream) on a check of this person or from this account. */
  'attack-reported',
  /** The vendor was much less sure of the one face check than of the other. */
  'scores-apart',
] as const;

export type FlagKind = (typeof flagKinds)[number];

/** By what several persons are seen to belong together. */
export const sharedThings = ['device', 'account', 'portrait'] as const;
export type SharedThing = (typeof sharedThings)[number];

/** A `severe` one holds the matter until a reviewer has looked, a `notice` holds nothing. */
export const flagSeverities = ['notice', 'severe'] as const;
export type FlagSeverity = (typeof flagSeverities)[number];

export interface Flag {
  kind: FlagKind;
  severity: FlagSeverity;
}

/** The verdict of a reviewer: the person did confirm, or it cannot be believed. */
export const flagVerdicts = ['cleared', 'upheld'] as const;
export type FlagVerdict = (typeof flagVerdicts)[number];

/** Set by configuration; the defaults stand there. */
export interface FlagLimits {
  /** So far back is looked. */
  windowDays: number;
  /** So many persons of one device or account are a notice, */
  persons: number;
  /** and so many severe. */
  personsSevere: number;
  /** So many points between the scores of two face checks are a notice. */
  scoreGap: number;
}

/** The same picture of so many persons is severe. */
export const PERSONS_OF_A_PORTRAIT = 2;

/** The counts within the window, the present confirmation included. */
export interface Sightings {
  /** Different persons with a passed check. */
  personsOfDevice: number;
  personsOfAccount: number;
  personsOfPortrait: number;
  attackReported: boolean;
  /** 0 to 100, of the check at the beginning and of that for the matter; missing where the vendor gives none. */
  firstScore?: number;
  secondScore?: number;
}

/** The flags that these sightings raise, one of a kind at most. */
export function flagsFrom(sightings: Sightings, limits: FlagLimits): Flag[] {
  const { firstScore, secondScore } = sightings;
  const isApart =
    firstScore !== undefined &&
    secondScore !== undefined &&
    Math.abs(firstScore - secondScore) >= limits.scoreGap;
  const found: [FlagKind, FlagSeverity | undefined][] = [
    ['device-shared', severityOf(sightings.personsOfDevice, limits)],
    ['account-shared', severityOf(sightings.personsOfAccount, limits)],
    ['portrait-shared', sightings.personsOfPortrait >= PERSONS_OF_A_PORTRAIT ? 'severe' : undefined],
    ['attack-reported', sightings.attackReported ? 'severe' : undefined],
    ['scores-apart', isApart ? 'notice' : undefined],
  ];
  return found.flatMap(([kind, severity]) => (severity ? [{ kind, severity }] : []));
}

function severityOf(persons: number, limits: FlagLimits): FlagSeverity | undefined {
  if (persons >= limits.personsSevere) return 'severe';
  return persons >= limits.persons ? 'notice' : undefined;
}
