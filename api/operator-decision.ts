import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAction } from '../db/clerks/actions';
import { findJourney } from '../db/journeys/journeys';
import { LOGIN } from '../domain/clerks';
import { singleDecisions } from '../domain/decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from '../domain/limits';
import { isReasonedDecision, reasonCodes } from '../domain/reasons';
import { JOURNEY_ID } from '../platform/pseudonyms';
import type { ApiDependencies } from './dependencies';
import { errorOfDecision, sendCommand } from './journeys/send-command';

/** A decision of an operator when no clerk can be reached: one that a single clerk may take, never one that needs two. */
const operatorDecision = z
  .strictObject({
    journey: z.string().regex(JOURNEY_ID),
    decision: z.enum(singleDecisions),
    attempts: z.number().int().min(1).max(GRANTED_ATTEMPTS_PER_DAY).optional(),
    reason: z.enum(reasonCodes),
    operator: z.string().regex(LOGIN),
  })
  .refine(isReasonedDecision);

export type OperatorDecision = z.infer<typeof operatorDecision>;

/** A decision that can't be read: where it is wrong, never what stands there. */
class OperatorDecisionError extends Error {
  readonly code = 'operator_decision_unusable';

  constructor(fields: readonly string[]) {
    super(
      `Nothing was decided; correct what was given and repeat. Wrong or missing: ${fields.join(', ')}. ` +
        `Expected is JSON: {"journey":"journey-…","decision":"${singleDecisions.join('|')}","reason":"a code of domain/reasons.ts","operator":"a login"}, with "attempts" for grant-attempts.`,
    );
    this.name = 'OperatorDecisionError';
  }
}

/** @throws OperatorDecisionError listing every field that is wrong */
export function readOperatorDecision(json: string): OperatorDecision {
  const { data, error } = operatorDecision.safeParse(parseJson(json));
  if (data) return data;
  throw new OperatorDecisionError([
    ...new Set(error.issues.map(({ path }) => path.join('.') || 'the text as a whole')),
  ]);
}

// Its error would quote the text.
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * Sends the decision to the journey and records it with its operator.
 * @returns `done`, `accepted` where the journey is still at work on it, or the error code that says why nothing was decided
 */
export async function decideAsOperator(
  dependencies: Pick<ApiDependencies, 'store' | 'pseudonyms' | 'journeys' | 'now'>,
  { journey, operator, ...decided }: OperatorDecision,
): Promise<string> {
  const { store, now } = dependencies;
  const requestId = randomUUID();
  const row = await findJourney(store.knex, journey);
  const sender = { account: operator, idempotencyKey: requestId, expectedRevision: row?.revision };
  const draft = { command: 'decide', operator, ...decided } as const;
  const outcome = await sendCommand(dependencies, journey, sender, draft);
  const result = errorOfDecision(outcome) ?? outcome.outcome;
  const subject = { kind: 'journey' as const, id: journey };
  const { reason } = decided;
  await recordAction(store.knex, { operator, action: 'decide', subject, reason, result, requestId }, now());
  return result;
}
