import { findOwnJourney } from '../../db/views';
import type { Session } from '../../db/sessions';
import { machineStepOf } from '../../domain/steps';
import type { Command } from '../../domain/steps';
import { sentencesOf } from '../../texts/messages';
import type { MessageCode } from '../../texts/messages';
import { rejections } from '../../workflows/contract';
import type { Answer } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Outcome } from './commands';
import { journeyView, viewOf } from './view';

/** Why a journey refuses a command, as it is told. That another session holds it is not. */
export const refusedByJourney = [
  'journey_closed',
  ...rejections.filter(
    (rejection) => rejection !== 'session_replaced' && rejection !== 'ending' && rejection !== 'unproven',
  ),
  'not_found',
] as const;

/** Where the journey stands, with a refusal that came because it stands elsewhere. */
export const besideRefusals = { 409: { journey: journeyView } };

/** Reads what the person is shown from the database, which the journey has written before it answered. */
export async function answerTo(
  dependencies: ApiDependencies,
  outcome: Outcome,
  tap: { session: Session; journey: string; command: Command; notices?: readonly MessageCode[] },
): Promise<Answer> {
  const { session, journey, command, notices = [] } = tap;
  if (outcome.outcome === 'unknown') throw new ApiError('temporarily_unavailable', { retryAfter: 2 });
  const row = await findOwnJourney(dependencies.store, session, journey);
  if (!row) {
    // An entry that is taken and not yet worked on has nothing to show.
    if (outcome.outcome === 'accepted') throw new ApiError('temporarily_unavailable', { retryAfter: 2 });
    throw new ApiError('not_found');
  }
  const view = await viewOf(dependencies, row);
  view.notices.push(...sentencesOf(notices));
  switch (outcome.outcome) {
    case 'done':
      return { body: view };
    case 'accepted':
      return {
        status: 202,
        headers: { 'Retry-After': '2' },
        body: { ...view, step: machineStepOf(command), allowed: [] },
      };
    case 'closed':
      throw new ApiError('journey_closed', { body: { journey: view } });
    case 'rejected':
      if (outcome.rejection === 'session_replaced') throw new ApiError('not_found');
      throw new ApiError(outcome.rejection, {
        body: { journey: view },
        ...(outcome.rejection === 'busy' && { retryAfter: 2 }),
      });
  }
}
