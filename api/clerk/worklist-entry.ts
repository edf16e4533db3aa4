import { z } from 'zod';
import { isClaimed } from '../../db/decisions/claims';
import type { WorklistRow } from '../../db/tables';
import { documentTypeNames } from '../../domain/documents';
import { stuckCauses } from '../../domain/stuck';
import { assigneeGroups, dueStateOf, dueStates, NOBODY } from '../../domain/worklist';

const time = z.iso.datetime();

/** A row of the worklist; list and detail show the same one. */
export const worklistEntry = z
  .strictObject({
    journey: z.string(),
    change: z
      .number()
      .int()
      .describe('grows with every change of this entry; events of the worklist name it'),
    cause: z.enum(stuckCauses),
    priority: z
      .number()
      .int()
      .describe('1 to 3, the lowest first; 0 if it was put off; 4 while the person has the next step'),
    since: time.describe('since when it is stuck'),
    due: z.enum(dueStates).describe('`paused` while the person has the next step'),
    dueAt: time.optional(),
    authority: z.string().describe('one of those whose clerks may decide, or `national`'),
    documentType: z.enum(documentTypeNames),
    caseNumber: z.string().optional().describe('办理编号, which the person can read out'),
    attemptsAskedAt: time.optional().describe('when the person, who is locked out, asked for more attempts'),
    codeShownAt: time.optional().describe('when the phone first showed the window code'),
    toDoId: z.string().optional().describe('the one that is stuck; without, the journey as a whole'),
    reviewer: z.string().optional().describe('the clerk whom a proposal waits for'),
    assignee: z
      .union([z.enum(assigneeGroups), z.string()])
      .optional()
      .describe('a clerk, or the group that it was passed to; nobody if missing'),
    claim: z
      .strictObject({ clerk: z.string(), until: time.describe('unless it is renewed'), isOwn: z.boolean() })
      .optional()
      .describe('who works on it'),
    snoozedUntil: time.optional(),
  })
  .meta({ id: 'WorklistEntry' });

export type WorklistEntry = z.infer<typeof worklistEntry>;

/** @param clerk who is shown it */
export function presentEntry(row: WorklistRow, clerk: string, now: Date): WorklistEntry {
  const { called_at: calledAt, claimed_by: claimedBy, claimed_until: until } = row;
  const called = row.cause === 'locked-out' ? 'attemptsAskedAt' : 'codeShownAt';
  return {
    journey: row.journey_id,
    change: row.change_id,
    cause: row.cause,
    priority: row.priority,
    since: row.stuck_at.toISOString(),
    due: dueStateOf({ dueAt: row.due_at }, now),
    ...(row.due_at && { dueAt: row.due_at.toISOString() }),
    authority: row.authority,
    documentType: row.document_type,
    ...(row.case_number && { caseNumber: row.case_number }),
    ...(calledAt && { [called]: calledAt.toISOString() }),
    ...(row.to_do_id && { toDoId: row.to_do_id }),
    ...(row.reviewer && { reviewer: row.reviewer }),
    ...(row.assignee !== NOBODY && { assignee: row.assignee }),
    ...(isClaimed(row, now) &&
      claimedBy &&
      until && { claim: { clerk: claimedBy, until: until.toISOString(), isOwn: claimedBy === clerk } }),
    ...(row.snoozed_until && { snoozedUntil: row.snoozed_until.toISOString() }),
  };
}

/** The clerks whom entries name. */
export function clerksIn(rows: readonly WorklistRow[]): string[] {
  return rows.flatMap(({ claimed_by, assignee, reviewer }) =>
    [claimed_by, assignee, reviewer].filter((id): id is string => !!id),
  );
}

/** Names for the ids in a response; groups are not among them. */
export const namedClerks = z
  .array(z.strictObject({ id: z.string(), name: z.string() }))
  .describe('the clerks whose ids stand in this response');
