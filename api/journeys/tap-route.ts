import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { JourneyRow } from '../../db/journeys';
import { sealInput } from '../../db/sealed-inputs';
import type { Session } from '../../db/sessions';
import type { Said } from '../../domain/proven-command';
import type { Command, Commands } from '../../domain/steps';
import { needsConsent } from '../../domain/consents';
import type { MessageCode } from '../../texts/messages';
import { defineRoute } from '../define-route';
import type { Call, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { answerTo, besideRefusals, refusedByJourney } from './answers';
import { consentsNeeded, journeyView, viewOf } from './view';

export const journeyId = z.strictObject({ id: z.string().regex(/^journey-[0-9a-f]{32}$/) });

/** What every tap carries: the view on which the person tapped. */
export const tapped = z.strictObject({ revision: z.number().int().min(0).max(1_000_000_000) });

/** What a tap says to the journey: references, said openly, and in `sealed` what must be sealed before. */
export type Saying = {
  [C in Command]: { command: C } & (Commands[C] extends { input: string }
    ? Omit<Commands[C], 'input'> & { sealed: object }
    : Commands[C] & { sealed?: undefined });
}[Command];

type Tap<P, B> = Pick<Call<P, unknown, B>, 'params' | 'body' | 'session' | 'idempotencyKey' | 'now'> & {
  journey: JourneyRow;
};

/** A route of the mini-program that says one command to the person's own journey. */
export function tapRoute<P extends typeof journeyId, B extends typeof tapped>(
  dependencies: ApiDependencies,
  {
    says,
    notices,
    refusals = [],
    ...route
  }: Pick<Route, 'path' | 'summary' | 'limit' | 'refusals'> & {
    params: P;
    body: B;
    /** What the person is told beside what the journey says. */
    notices?: readonly MessageCode[];
    /** @throws ApiError where what was tapped can't be said */
    says: (tap: Tap<z.output<P>, z.output<B>>) => Saying | Promise<Saying>;
  },
): Route {
  return defineRoute({
    ...route,
    method: 'post',
    audience: 'journey-holder',
    idempotent: true,
    refusals: [...refusedByJourney, ...refusals, 'consent_outdated'],
    beside: besideRefusals,
    answers: {
      200: { description: 'Where the journey stands now', schema: journeyView },
      202: { description: 'Taken, and still being worked on; ask again', schema: journeyView },
    },
    async handle({ params, body, session, journey, idempotencyKey, now }) {
      const saying = await says({ params, body, session, idempotencyKey, now, journey });
      if (needsConsent(saying.command) && consentsNeeded(journey, dependencies.legalTexts).length > 0) {
        throw new ApiError('consent_outdated', { body: { journey: await viewOf(dependencies, journey) } });
      }
      const seen = body.revision;
      return await tell(dependencies, { session, idempotencyKey, journey, seen, saying, notices });
    },
  });
}

/** Seals what is personal, says the command to the journey, and answers with where it stands then. */
async function tell(
  dependencies: ApiDependencies,
  tap: {
    session: Session;
    idempotencyKey: string;
    journey: JourneyRow;
    seen: number;
    saying: Saying;
    notices?: readonly MessageCode[];
  },
) {
  const { store, journeys, pseudonyms, now } = dependencies;
  const { session, journey, seen, idempotencyKey } = tap;
  const { command, sealed, ...data } = tap.saying;
  const body = canonicalize({ journey: journey.id, data, sealed: sealed ?? null }) ?? '';
  const updateId = pseudonyms.updateId(session.account, idempotencyKey, command, body);
  if (sealed) await sealInput(store, updateId, sealed, now());
  const said = {
    ...data,
    ...(sealed && { input: updateId }),
    session: session.id,
    seen,
  } as unknown as Said<Command>;
  const outcome = await journeys.say({ journey: journey.id, command, said, updateId });
  return await answerTo(dependencies, outcome, {
    session,
    journey: journey.id,
    command,
    notices: tap.notices,
  });
}
