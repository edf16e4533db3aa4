import { decisionRejections } from '../domain/decisions';
import type { Command, Step, Stop } from '../domain/steps';

/**
 * What passes between the api and workflows: names, arguments and results. All of it becomes history that operators read, so it
 * holds references, codes and times, and no personal data.
 */

/** Workflow types. Their ids are pseudonyms, see platform/pseudonyms.ts. */
export const workflowTypes = {
  journey: 'journey',
  matter: 'matter',
  retention: 'retention',
  sweep: 'sweep',
} as const;

/** Custom search attributes, all of type Keyword. The client sets them at the start; a journey sets the cause while it is stuck. */
export const searchAttributes = {
  documentType: 'DocumentType',
  authority: 'Authority',
  stuckCause: 'StuckCause',
} as const;

/** Where a journey stands now: the answer to every command. */
export interface JourneyView {
  journey: string;
  step: Step;
  allowed: readonly Command[];
  revision: number;
  /** What the person should know about this stop, as codes of `texts/`. */
  codes: readonly string[];
}

/** Why a validator rejects a command, as the failure's type. A rejected command has changed nothing. */
export const rejections = [
  /** The command before it is still in progress. */
  'busy',
  'not_allowed_now',
  /** The journey is closing. An entry begins the next one. */
  'ending',
  /** The api did not make it, or made it for another journey, or too long ago. */
  'unproven',
  /** The command was meant for a view that has changed since. */
  'stale',
  /** Another session holds the journey; this one has to enter anew. */
  'session_replaced',
  ...decisionRejections,
] as const;

export type Rejection = (typeof rejections)[number];

/** What a run of a journey takes over from the run before it. */
export interface JourneyCheckpoint {
  /** Whether the person has passed the identity check. Only the workflow relies on it: see db/journeys/verified.ts. */
  verified: boolean;
  session?: string;
  stop: Stop;
  revision: number;
  /** The last command and its answer, because a new run forgets the ids of Updates. */
  last?: { id: string; view: JourneyView };
}

/** How a journey ended. `unentered`: nobody entered, and nothing was written. */
export type JourneyEnd = 'closed' | 'idle' | 'cancelled' | 'unentered';

/** The signal to a matter that its rows have changed. It carries nothing. */
export const reevaluate = 'reevaluate';

/** The signal to a matter to send what waits to its registration system at once. It carries nothing. */
export const replay = 'replay';
