import canonicalize from 'canonicalize';
import { sealInput } from '../../db/sealed-inputs';
import { findOwnJourney } from '../../db/views';
import type { JourneyRow } from '../../db/journeys';
import type { Session } from '../../db/sessions';
import { machineStepOf } from '../../domain/steps';
import type { Command, Commands } from '../../domain/steps';
import type { Said } from '../../workflows/contract';
import type { Answer } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Outcome } from './commands';
import { viewOf } from './view';

/** The journey of this session by its id. @throws ApiError not_found, for any other */
export async function ownJourney(
  { store }: ApiDependencies,
  session: Session,
  id: string,
): Promise<JourneyRow> {
  const row = await findOwnJourney(store.knex, session, id);
  if (!row) throw new ApiError('not_found');
  return row;
}

interface Tap<C extends Command> {
  session: Session;
  idempotencyKey: string;
  journey: JourneyRow;
  command: C;
  /** The revision of the view on which the person tapped. */
  seen: number;
  /** What is said openly; references only. */
  data: Commands[C] extends { input: string } ? Omit<Commands[C], 'input'> : Commands[C];
  /** What must be sealed before it is said. */
  sealed?: object;
}

/** One tap: seals what is personal, says the command to the journey, and answers with where it stands then. */
export async function tell<C extends Command>(dependencies: ApiDependencies, tap: Tap<C>): Promise<Answer> {
  const { store, journeys, pseudonyms, now } = dependencies;
  const { session, journey, command, data, sealed, seen, idempotencyKey } = tap;
  const body = canonicalize({ journey: journey.id, data, sealed: sealed ?? null }) ?? '';
  const updateId = pseudonyms.updateId(session.account, idempotencyKey, command, body);
  if (sealed) await sealInput(store, updateId, sealed, now());
  const said = {
    ...data,
    ...(sealed && { input: updateId }),
    session: session.id,
    seen,
  } as unknown as Said<C>;
  const outcome = await journeys.say({ journey: journey.id, command, said, updateId });
  return await answerTo(dependencies, outcome, { session, journey: journey.id, command });
}

/** Reads what the person is shown from the database, which the journey has written before it answered. */
export async function answerTo(
  dependencies: ApiDependencies,
  outcome: Outcome,
  { session, journey, command }: { session: Session; journey: string; command: Command },
): Promise<Answer> {
  if (outcome.outcome === 'unknown') throw new ApiError('temporarily_unavailable', { retryAfter: 2 });
  const row = await findOwnJourney(dependencies.store.knex, session, journey);
  if (!row) {
    // An entry that is taken and not yet worked on has nothing to show.
    if (outcome.outcome === 'accepted') throw new ApiError('temporarily_unavailable', { retryAfter: 2 });
    throw new ApiError('not_found');
  }
  const view = await viewOf(dependencies, row);
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
