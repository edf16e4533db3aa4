import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAction } from '../db/clerks/actions';
import { findJourney } from '../db/journeys/journeys';
import { LOGIN } from '../domain/clerks';
import { decisionFailures, singleDecisions } from '../domain/decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from '../domain/limits';
import { JOURNEY_ID } from '../platform/pseudonyms';
import type { ApiDependencies } from './dependencies';
import type { Outcome } from './journeys/commands';

/** What an operator decides where no clerk can be reached: of what one clerk decides, never of what needs two. */
const operatorDecision = z
  .strictObject({
    journey: z.string().regex(JOURNEY_ID),
    decision: z.enum(singleDecisions),
    attempts: z.number().int().min(1).max(GRANTED_ATTEMPTS_PER_DAY).optional(),
    operator: z.string().regex(LOGIN),
  })
  .refine(({ decision, attempts }) => (decision === 'grant-attempts') === (attempts !== undefined));

export type OperatorDecision = z.infer<typeof operatorDecision>;

/** A decision that can't be read: where it is wrong, never what stands there. */
class OperatorDecisionError extends Error {
  readonly code = 'operator_decision_unusable';

  constructor(fields: readonly string[]) {
    super(
      `Nothing was decided; correct what was given and repeat. Wrong or missing: ${fields.join(', ')}. ` +
        `Expected is JSON: {"journey":"journey-…","decision":"${singleDecisions.join('|')}","operator":"a login"}, with "attempts" for grant-attempts.`,
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
 * Says it to the journey, and records who did.
 * @returns `done`, or why nothing was decided
 */
export async function decideAsOperator(
  { store, pseudonyms, journeys, now }: Pick<ApiDependencies, 'store' | 'pseudonyms' | 'journeys' | 'now'>,
  { journey, operator, ...decided }: OperatorDecision,
): Promise<string> {
  const requestId = randomUUID();
  const row = await findJourney(store.knex, journey);
  const updateId = pseudonyms.updateId(operator, requestId, 'decide', journey);
  const payload = { ...decided, operator, expectedRevision: row?.revision };
  const outcome = await journeys.send({ journey, command: 'decide', payload, updateId });
  const result = resultOf(outcome);
  const subject = { kind: 'journey' as const, id: journey };
  await recordAction(store.knex, { operator, action: 'decide', subject, result, requestId }, now());
  return result;
}

function resultOf(outcome: Outcome): string {
  if (outcome.outcome === 'rejected') return outcome.rejection;
  // Heard, and not carried out.
  const failure =
    outcome.outcome === 'done'
      ? decisionFailures.find((code) => outcome.view.codes.includes(code))
      : undefined;
  return failure ?? outcome.outcome;
}
