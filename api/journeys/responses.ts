import { findOwnJourney } from '../../db/confirmations/views';
import type { Session } from '../../db/journeys/sessions';
import { machineStepOf } from '../../domain/steps';
import type { Command } from '../../domain/steps';
import { userMessagesOf } from '../../texts/user-messages';
import type { UserMessageCode } from '../../texts/user-messages';
import type { ResponseOf } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import type { Outcome } from './commands';
import { commandError, errorOfOutcome, RETRY_AFTER_S } from './send-command';
import { journeyView, presentJourney } from './view';

/** What a command of a person responds with. */
export const commandResponses = {
  200: { description: 'Where the journey stands now', schema: journeyView },
  202: { description: 'Taken, and still being worked on; ask again', schema: journeyView },
} as const;

/** The journey as it is, beside an error that says that it is elsewhere than the person thought. */
export const journeyBesideErrors = { 409: { journey: journeyView } };

/** Reads what the person is shown from the database, into which the journey wrote it before its result came. */
export async function respondTo(
  dependencies: ApiDependencies,
  outcome: Outcome,
  request: { session: Session; journey: string; command: Command; notices?: readonly UserMessageCode[] },
): Promise<ResponseOf<typeof commandResponses>> {
  const { session, journey, command, notices = [] } = request;
  const error = errorOfOutcome(outcome);
  if (error === 'temporarily_unavailable') throw commandError(error);
  const row = await findOwnJourney(dependencies.store, session, journey);
  // An entry that is taken and not yet worked on has nothing to show.
  if (!row) throw commandError(outcome.outcome === 'accepted' ? 'temporarily_unavailable' : 'not_found');
  const view = await presentJourney(dependencies, row);
  view.notices.push(...userMessagesOf(notices));
  if (error) throw commandError(error, error === 'not_found' ? undefined : { journey: view });
  if (outcome.outcome === 'done') return { status: 200, body: view };
  return {
    status: 202,
    headers: { 'Retry-After': String(RETRY_AFTER_S) },
    body: { ...view, step: machineStepOf(command), allowed: [] },
  };
}
