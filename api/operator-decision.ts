import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAction } from '../db/clerk-actions';
import { findJourney } from '../db/journeys';
import { LOGIN } from '../domain/clerks';
import { singleDecisions } from '../domain/decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from '../domain/limits';
import { JOURNEY_ID } from '../platform/pseudonyms';
import type { ApiDependencies } from './dependencies';

/** What an operator decides where no clerk can be reached: of what one clerk decides, never of what needs two. */
export const operatorDecision = z
  .strictObject({
    journey: z.string().regex(JOURNEY_ID),
    decision: z.enum(singleDecisions),
    attempts: z.number().int().min(1).max(GRANTED_ATTEMPTS_PER_DAY).optional(),
    operator: z.string().regex(LOGIN),
  })
  .refine(({ decision, attempts }) => (decision === 'grant-attempts') === (attempts !== undefined));

/**
 * Says it to the journey, and records who did.
 * @returns `done`, or why nothing was decided
 */
export async function decideAsOperator(
  { store, pseudonyms, journeys, now }: Pick<ApiDependencies, 'store' | 'pseudonyms' | 'journeys' | 'now'>,
  { journey, operator, ...decided }: z.infer<typeof operatorDecision>,
): Promise<string> {
  const requestId = randomUUID();
  const row = await findJourney(store.knex, journey);
  const updateId = pseudonyms.updateId(operator, requestId, 'decide', journey);
  const said = { ...decided, operator, seen: row?.revision };
  const outcome = await journeys.say({ journey, command: 'decide', said, updateId });
  const result = outcome.outcome === 'rejected' ? outcome.rejection : outcome.outcome;
  const subject = { kind: 'journey' as const, id: journey };
  await recordAction(store.knex, { operator, action: 'decide', subject, result, requestId }, now());
  return result;
}
