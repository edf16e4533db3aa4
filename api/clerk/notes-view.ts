import { z } from 'zod';
import { decisionNotesOf } from '../../db/decisions/decision-notes';
import { notesOf } from '../../db/decisions/notes';
import type { JourneyNote } from '../../db/decisions/notes';
import type { Store } from '../../db/store/store';
import type { DecisionRow } from '../../db/tables';
import { hasRight } from '../../domain/clerks';
import type { ClerkRole } from '../../domain/clerks';

/** What clerks wrote to each other about a journey. */
export const notesView = {
  notes: z
    .array(
      z.strictObject({
        id: z.string(),
        clerk: z.string(),
        text: z.string().describe('to be shown as text, never as links or markup'),
        writtenAt: z.iso.datetime(),
      }),
    )
    .describe('newest first'),
  notesHidden: z
    .literal(true)
    .optional()
    .describe('there are notes, in `notes` or on decisions, that only roles that may decide are shown'),
};

interface NotesForClerk {
  notes: JourneyNote[];
  notesHidden?: true;
  /** By decision. */
  ofDecisions: Awaited<ReturnType<typeof decisionNotesOf>>;
}

/** All notes about a journey. They may name a person, so that only those who serve journeys are shown them. */
export async function notesForClerk(
  store: Store,
  { journey, decisions }: { journey: string; decisions: readonly DecisionRow[] },
  role: ClerkRole,
): Promise<NotesForClerk> {
  const [notes, ofDecisions] = await Promise.all([
    notesOf(store, journey),
    decisionNotesOf(store, journey, decisions),
  ]);
  if (hasRight(role, 'decide')) return { notes, ofDecisions };
  const isAny = notes.length + ofDecisions.size > 0;
  return { notes: [], ofDecisions: new Map(), ...(isAny && { notesHidden: true }) };
}
