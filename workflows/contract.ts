import { decisionRejections } from '../domain/decisions';
import type { Command, Step, Stop } from '../domain/steps';

/**
 * What passes between api, clerks and workflows: names, arguments and results. All of it is history that operators read, so
 * there are references, codes and times here, and nothing of a person.
 */

/** Workflow types. Their ids are pseudonyms, see platform/pseudonyms.ts. */
export const workflowTypes = {
  journey: 'journey',
  matter: 'matter',
  retention: 'retention',
  sweep: 'sweep',
} as const;

/** Custom search attributes, all Keyword: at start by the client, the cause by the journey while it is stuck. */
export const searchAttributes = {
  documentType: 'DocumentType',
  authority: 'Authority',
  stuckCause: 'StuckCause',
} as const;

/** Answers every command of a journey: where it stands now. */
export interface JourneyView {
  journey: string;
  step: Step;
  allowed: readonly Command[];
  revision: number;
  /** What the person should know about this stop, as codes of `texts/`. */
  codes: readonly string[];
}

/** Why a validator rejects a command; the failure's type. Nothing has happened then. */
export const rejections = [
  /** The command before it is still being worked on. */
  'busy',
  'not_allowed_now',
  /** The journey is closing: an entry begins the next one. */
  'ending',
  /** The api did not make it, or made it for another journey, or long ago. */
  'unproven',
  /** The command was meant for a view that has changed since. */
  'stale',
  /** Another session holds the journey; this one has to enter anew. */
  'session_replaced',
  ...decisionRejections,
] as const;

export type Rejection = (typeof rejections)[number];

/** What a journey began with, and what a longer one takes over from its earlier run. */
export interface JourneyCheckpoint {
  /** Whether the person is. Believed by nobody but the workflow: the database knows by itself (db/journeys/verified.ts). */
  verified: boolean;
  session?: string;
  stop: Stop;
  revision: number;
  /** The last command and its answer, because a new run forgets the ids of Updates. */
  last?: { id: string; view: JourneyView };
}

/** `unentered`: nobody entered, and nothing was written. */
export type JourneyEnd = 'closed' | 'idle' | 'cancelled' | 'unentered';

/** Says that something about a matter changed in the database; carries nothing. */
export const reevaluate = 'reevaluate';
