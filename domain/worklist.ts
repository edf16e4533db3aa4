import type { StuckCause } from './stuck';

/**
 * The order of the worklist and the time limits of its causes. Both are computed from when things happened, so nothing has to be updated while
 * time passes.
 */

/** What a limit of working on a stuck journey follows from. */
interface ServiceLevel {
  priority: ServicePriority;
  /** What begins the time: that the journey is stuck, or that the person did what this cause waits for. */
  begins: 'stuck' | 'called';
}

/** 1 is worked on first. */
type ServicePriority = 1 | 2 | 3;

/** The hours, by the clock, within which a clerk should have acted. They belong to the priority, so that an overdue journey stands before one that is not. */
export const hoursOf: Readonly<Record<ServicePriority, number>> = { 1: 1, 2: 4, 3: 24 };

const serviceLevels: Readonly<Record<StuckCause, ServiceLevel>> = {
  // Somebody stands at the counter, from when the phone shows its code. Until then the person is on the way.
  'in-person': { priority: 1, begins: 'called' },
  // Our own fault: neither the person nor time can end it, and it hits many at once.
  'data-key-unavailable': { priority: 1, begins: 'stuck' },
  'system-fault': { priority: 1, begins: 'stuck' },
  // The person can do nothing but wait, and should know on the same day.
  'vendor-refused': { priority: 2, begins: 'stuck' },
  'source-unusable': { priority: 2, begins: 'stuck' },
  'result-undecidable': { priority: 2, begins: 'stuck' },
  'name-mismatch-suspected': { priority: 2, begins: 'stuck' },
  // Attempts come back at midnight. Who asks for more needs them before.
  'locked-out': { priority: 2, begins: 'called' },
  // It is tried again by itself, and clerks are only needed if that does not help.
  'vendor-unavailable': { priority: 3, begins: 'stuck' },
};

/** The priority of a journey that a clerk had put off: it comes first as soon as that time is over, and stands in no list before. */
export const PUT_OFF = 0;
/** The priority while the person has the next step: the time limit does not run. */
export const PERSONS_TURN = 4;
export const priorities = [PUT_OFF, 1, 2, 3, PERSONS_TURN] as const;
export type Priority = (typeof priorities)[number];

/** When what happened to a stuck journey. */
export interface WaitingFacts {
  cause: StuckCause;
  stuckAt: Date;
  /** When the person asked for attempts, or first showed the window code. */
  calledAt: Date | null;
  /** When the proposal that waits for its reviewer was made. */
  proposedAt: Date | null;
  snoozedUntil: Date | null;
}

/** The place in the list, by priority and then `since`, and until when a clerk should have acted. */
export interface WorklistPlace {
  priority: Priority;
  since: Date;
  /** Null while the person has the next step. */
  dueAt: Date | null;
}

const HOUR = 3_600_000;

export function placeOf({ cause, stuckAt, calledAt, proposedAt, snoozedUntil }: WaitingFacts): WorklistPlace {
  const { priority, begins } = serviceLevels[cause];
  const began = proposedAt ?? (begins === 'called' ? calledAt : stuckAt);
  const dueAt = began && new Date(began.getTime() + hoursOf[priority] * HOUR);
  if (snoozedUntil) return { priority: PUT_OFF, since: snoozedUntil, dueAt };
  return began ? { priority, since: began, dueAt } : { priority: PERSONS_TURN, since: stuckAt, dueAt: null };
}

/** Whether the time limit is over, runs, or stands still. */
export const dueStates = ['overdue', 'running', 'paused'] as const;
export type DueState = (typeof dueStates)[number];

export function dueStateOf({ dueAt }: Pick<WorklistPlace, 'dueAt'>, now: Date): DueState {
  if (dueAt === null) return 'paused';
  return dueAt <= now ? 'overdue' : 'running';
}

/** A part of the list that lies together: one priority, from and to a time. */
export interface Span {
  priority: Priority;
  /** Exclusive. */
  after?: Date;
  /** Inclusive. */
  until?: Date;
}

/** What of the list is wanted, beside cause and assignee. */
export interface ListedTime {
  due?: DueState;
  /** Waiting since then or longer. */
  waitingSince?: Date;
  /** Those that are put off, instead of all others. */
  snoozed?: boolean;
}

/** The spans of the list, in its order. Those that were put off may have any time limit: each of their rows is looked at. */
export function spansOf({ due, waitingSince, snoozed }: ListedTime, now: Date): Span[] {
  if (snoozed) return [{ priority: PUT_OFF, after: now }];
  return priorities.flatMap((priority): Span[] => {
    if (priority === PUT_OFF) return [{ priority, until: now }];
    if (priority === PERSONS_TURN)
      return due === undefined || due === 'paused' ? [{ priority, until: waitingSince }] : [];
    if (due === 'paused') return [];
    const began = new Date(now.getTime() - hoursOf[priority] * HOUR);
    if (due === 'running') return [{ priority, after: began, until: waitingSince }];
    return [{ priority, until: due === 'overdue' ? earlier(began, waitingSince) : waitingSince }];
  });
}

function earlier(one: Date, other: Date | undefined): Date {
  return other && other < one ? other : one;
}

/** Whom a journey can be passed to instead of one clerk. */
export const assigneeGroups = ['reviewers', 'upper-authority'] as const;
export type AssigneeGroup = (typeof assigneeGroups)[number];

/** The assignee of a journey that nobody has. */
export const NOBODY = '';

/** Opening a journey claims it for so long; the page renews the claim while it is open. */
export const CLAIM_MS = 2 * 60_000;

/** A journey can be put off for no longer than this. */
export const LONGEST_SNOOZE_MS = 7 * 24 * HOUR;

/** So many journeys at once can be put off by one clerk. */
export const MOST_SNOOZED = 50;

/** So many notes can be written about one journey. */
export const MOST_NOTES = 200;
