import { findOwnJourney } from '../../db/confirmations/views';
import type { Session } from '../../db/journeys/sessions';
import { machineStepOf } from '../../domain/steps';
import type { Command } from '../../domain/steps';
import { userMessagesOf } from '../../texts/user-messages';
import type { UserMessageCode } from '../../texts/user-messages';
import { rejections } from '../../workflows/contract';
import type { ApiResponse } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Outcome } from './commands';
import { journeyView, presentJourney } from './view';

/** Why a journey refuses a command, as it is told. That another session holds it is not. */
export const journeyRejections = [
  'journey_closed',
  ...rejections.filter(
    (rejection) => rejection !== 'session_replaced' && rejection !== 'ending' && rejection !== 'unproven',
  ),
  'not_found',
] as const;

/** Where the journey stands, with a refusal that came because it stands elsewhere. */
export const journeyBesideErrors = { 409: { journey: journeyView } };

/** Reads what the person is shown from the database, which the journey has written before it answered. */
export async function respondTo(
  dependencies: ApiDependencies,
  outcome: Outcome,
  request: { session: Session; journey: string; command: Command; notices?: readonly UserMessageCode[] },
): Promise<ApiResponse> {
  const { session, journey, command, notices = [] } = request;
  if (outcome.outcome === 'unknown') throw new ApiError('temporarily_unavailable', { retryAfter: 2 });
  const row = await findOwnJourney(dependencies.store, session, journey);
  if (!row) {
    // An entry that is taken and not yet worked on has nothing to show.
    if (outcome.outcome === 'accepted') throw new ApiError('temporarily_unavailable', { retryAfter: 2 });
    throw new ApiError('not_found');
  }
  const view = await presentJourney(dependencies, row);
  view.notices.push(...userMessagesOf(notices));
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
