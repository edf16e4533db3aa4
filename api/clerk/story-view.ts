import { z } from 'zod';
import { listToDos } from '../../db/confirmations/views';
import { recordsOf } from '../../db/journeys/story';
import { attemptStates, checkPurposes } from '../../domain/attempts';
import { consentKinds } from '../../domain/consents';
import { acceptanceKinds, decisionNames, decisionStates } from '../../domain/decisions';
import { confirmationStates } from '../../domain/matter-states';
import { confirmationRejections } from '../../domain/refusals';
import { commandNames } from '../../domain/steps';
import { storyOf } from '../../domain/story';
import { stuckCauses } from '../../domain/stuck';
import type { ApiDependencies } from '../dependencies';
import type { JourneyRow } from '../../db/tables';

const tookMs = z.number().int().describe('milliseconds: how long it took, or how long it had waited');
const event = { at: z.iso.datetime(), toDoId: z.string().optional() };
const decided = {
  ...event,
  decisionId: z.string().describe('in `decisions`, with the reason'),
  decision: z.enum(decisionNames),
  clerk: z.string().optional(),
  operator: z.string().optional(),
  acceptance: z.enum(acceptanceKinds).optional(),
  attempts: z.number().int().optional().describe('how many were granted'),
  tookMs: tookMs.optional(),
};
const consents = { ...event, consents: z.array(z.enum(consentKinds)) };

const storyEvent = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('entered'), ...event }),
    z.strictObject({ kind: z.literal('consented'), ...consents }),
    z.strictObject({ kind: z.literal('consent-withdrawn'), ...consents }),
    z.strictObject({
      ...{ kind: z.literal('check'), ...event },
      check: z.enum(checkPurposes),
      number: z
        .number()
        .int()
        .describe('counts the checks of this kind, for this matter, on this day in China'),
      state: z.enum(attemptStates),
      codes: z.array(z.string()).describe('why it was not passed'),
      isAttack: z.literal(true).optional().describe('the vendor reports an attack'),
      use: z.enum(['signed', 'void']).optional().describe('what became of what it proved'),
      tookMs: tookMs.optional(),
    }),
    z.strictObject({ kind: z.literal('stuck'), ...event, cause: z.enum(stuckCauses) }),
    z.strictObject({
      ...{ kind: z.literal('unstuck'), ...event, cause: z.enum(stuckCauses), tookMs },
      by: z.enum([...commandNames, 'time']).describe('the command that ended it, or `time`'),
    }),
    z.strictObject({ kind: z.literal('decided'), ...decided }),
    z.strictObject({ kind: z.literal('proposed'), ...decided }),
    z.strictObject({
      ...{ kind: z.literal('reviewed'), ...event, tookMs },
      decisionId: z.string(),
      verdict: z.enum(decisionStates).exclude(['taken', 'proposed']),
      reviewer: z.string().optional(),
    }),
    z.strictObject({
      ...{ kind: z.literal('settled'), ...event },
      state: z.enum(confirmationStates),
      reason: z.enum(confirmationRejections).optional(),
      evidenceNumber: z.string().optional(),
    }),
    z.strictObject({
      ...{ kind: z.literal('sealed'), ...event, tookMs },
      evidenceNumber: z.string().optional(),
    }),
    z.strictObject({ kind: z.literal('portrait-archived'), ...event }),
  ])
  .meta({ id: 'StoryEvent' });

/** What happened in a journey, and the matters that it speaks of. */
export const storyView = {
  story: z.array(storyEvent).describe('the oldest first'),
  matters: z
    .array(z.strictObject({ toDoId: z.string(), entity: z.string(), kind: z.string() }))
    .describe('of the story'),
};

/** The story of a journey as the page draws it. */
export async function presentStory({ store }: ApiDependencies, journey: JourneyRow, now: Date) {
  const events = storyOf(await recordsOf(store.knex, journey));
  const toDoIds = [...new Set(events.flatMap(({ toDoId }) => toDoId ?? []))];
  const toDos =
    toDoIds.length === 0 ? [] : await listToDos(store, journey.person_key, { toDoId: toDoIds }, now);
  return {
    story: events.map((one) => ({ ...one, at: one.at.toISOString() })),
    matters: toDos.map(({ toDoId, entity, kind }) => ({ toDoId, entity, kind })),
  };
}
