/** Set by configuration; the defaults stand there. */
export interface AttemptLimits {
  faceFailuresPerDay: number;
  faceFailuresPerMatter: number;
  checksStartedPerDay: number;
  bankCardFailuresPerDay: number;
}

/** How long what proves something stays readable, in days. Set by configuration. */
export interface KeptFor {
  /** A matter's content, after its end. */
  matterDays: number;
  /** Evidence, after the confirmation. */
  evidenceDays: number;
  /** A complaint with its answer, after it was made. */
  complaintDays: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A matter's face check proves what is signed within this time, once. */
export const FACE_CHECK_VALIDITY_MS = 10 * MINUTE;

/** How long a matter tries for a time stamp by itself. Later the sweep tries, every quarter of an hour. */
export const TIME_STAMP_WAIT_MS = 10 * MINUTE;

/** Sealing begins with no further confirmation of a matter after so long. It ends in time then, and goes on in the next call. */
export const SEALING_ROUND_MS = 4 * MINUTE;

/** A certificate for one signature is asked for no later than this after the person signed: later nobody could say it was theirs. */
export const SIGNER_CERTIFICATE_WAIT_MS = 60 * MINUTE;

/** A to-do is listed for seven days (owner's manual), can be confirmed for thirty, and its person is reminded on day six. */
export const LISTING_PERIOD_MS = 7 * DAY;
export const REMINDER_AFTER_MS = 6 * DAY;
export const EXPIRES_AFTER_MS = 30 * DAY;

/** Of the time that a vendor or clerks kept people from confirming a matter, so much is given back at most. */
export const MAX_LOST_TIME_MS = 30 * DAY;

/** The time, in ms, after which a person may again ask the registration system to push a matter anew. */
export const REISSUE_COOLDOWN_MS = DAY;

/** The time, in ms, after which clerks may have the same invitation sent again. */
export const INVITATION_COOLDOWN_MS = 60 * MINUTE;

/** A journey in which nothing is said for so long is closed. */
export const JOURNEY_IDLE_MS = 7 * DAY;

/** A person who chose the window can come there as long as a to-do can be confirmed. */
export const IN_PERSON_IDLE_MS = EXPIRES_AFTER_MS;

/** Swept so often; what may no longer be kept is unreadable by its own time limit and gone at the next sweep. */
export const SWEEP_INTERVAL_MS = 5 * MINUTE;

/** Rows and workflows are compared so often. */
export const COMPARISON_INTERVAL_MS = 15 * MINUTE;

/** Sealed input whose journey never took it: with the sweep, gone after fifteen minutes. */
export const SEALED_INPUT_RETENTION_MS = 10 * MINUTE;

/** An uploaded document that no matter names is kept for so long: it may be uploaded before its matter is pushed. */
export const UNNAMED_DOCUMENT_RETENTION_MS = DAY;

/** A scan that no clerk proposed is kept for so long: a clerk may be interrupted. */
export const UNPROPOSED_SCAN_RETENTION_MS = DAY;

/** So many scans can be uploaded for one visit of a person. */
export const MOST_SCANS = 20;
/** A clerk can look at a batch, and continue it, for so long. */
export const BATCH_RETENTION_MS = 30 * DAY;

/** A page of a clerk that was away for longer reads its list again. */
export const WORKLIST_CHANGE_RETENTION_MS = 60 * MINUTE;

/** A face picture is kept for the registration system no longer than this. */
export const PORTRAIT_RETENTION_MS = 72 * 60 * MINUTE;

/** A callback that was not acknowledged for so long is shown to clerks. It is still repeated. */
export const UNDELIVERED_AFTER_MS = 7 * DAY;

/** Another clerk has to approve a proposal within a day. */
export const PROPOSAL_VALIDITY_MS = DAY;

/** So often a clerk may propose something for one journey in a day in China: each proposal occupies a reviewer, also one that is withdrawn. */
export const PROPOSALS_PER_DAY = 10;

/** A window code is good for so long, once, and for so many mistypings. */
export const WINDOW_CODE_VALIDITY_MS = 30 * MINUTE;
export const WINDOW_CODE_TRIES = 5;

/** A phone can take a session over for so long after its QR code was made. */
export const HANDOVER_VALIDITY_MS = 3 * MINUTE;

/** For this long, all proposals about the same person and matter go to the reviewer who was drawn first. */
export const REVIEWER_RETENTION_MS = DAY;

/** So many attempts may be granted to a person in a day in China, by all clerks together. */
export const GRANTED_ATTEMPTS_PER_DAY = 5;

/** A command is taken by its journey within this time after the api made it: as long as the input that was sealed with it. */
export const PROOF_VALIDITY_MS = SEALED_INPUT_RETENTION_MS;

/** A journey into which nobody enters ends by itself. */
export const ENTRY_AWAITED_MS = MINUTE;
