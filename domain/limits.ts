/** Set by configuration; the defaults stand there. */
export interface AttemptLimits {
  faceFailuresPerDay: number;
  faceFailuresPerMatter: number;
  checksStartedPerDay: number;
  bankCardFailuresPerDay: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A matter's face check proves what is signed within this time, once. */
export const FACE_CHECK_GOOD_FOR_MS = 10 * MINUTE;

/** A to-do is listed for seven days (owner's manual), can be confirmed for thirty, and its person is reminded on day six. */
export const LISTED_FOR_MS = 7 * DAY;
export const REMINDED_AFTER_MS = 6 * DAY;
export const EXPIRES_AFTER_MS = 30 * DAY;

/** Of the time that a vendor or clerks kept people from confirming a matter, so much is given back at most. */
export const LOST_TIME_AT_MOST_MS = 30 * DAY;

/** Who has asked the registration system to push a matter anew may ask again after. */
export const REISSUE_ASKED_AGAIN_AFTER_MS = DAY;

/** A journey in which nothing is said for so long is closed. */
export const JOURNEY_IDLE_MS = 7 * DAY;

/** Who chose the window is expected there as long as a to-do can be confirmed. */
export const IN_PERSON_IDLE_MS = EXPIRES_AFTER_MS;

/** Swept so often; what may no longer be kept is unreadable by its own time limit and gone at the next sweep. */
export const SWEPT_EVERY_MS = 5 * MINUTE;

/** Rows and workflows are compared so often. */
export const COMPARED_EVERY_MS = 15 * MINUTE;

/** Sealed input whose journey never took it: with the sweep, gone after fifteen minutes. */
export const SEALED_INPUT_KEPT_MS = 10 * MINUTE;

/** A face picture is kept for the registration system no longer than this. */
export const PORTRAIT_KEPT_MS = 72 * 60 * MINUTE;

/** What a clerk proposes has to be approved within a day, by another clerk. */
export const PROPOSAL_GOOD_FOR_MS = DAY;

/** So many attempts may be granted to a person in a day in China, by all clerks together. */
export const GRANTED_ATTEMPTS_PER_DAY = 5;
