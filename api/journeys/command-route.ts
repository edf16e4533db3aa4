import canonicalize from 'canonicalize';
import { z } from 'zod';
import { sealInput } from '../../db/store/sealed-inputs';
import type { Session } from '../../db/journeys/sessions';
import type { CommandPayload } from '../../domain/proven-command';
import type { Command, Commands } from '../../domain/steps';
import { needsConsent } from '../../domain/consents';
import { JOURNEY_ID } from '../../platform/pseudonyms';
import type { UserMessageCode } from '../../texts/user-messages';
import { defineRoute } from '../define-route';
import type { RequestContext, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { respondTo, journeyBesideErrors, journeyRejections } from './responses';
import { consentsNeeded, journeyView, presentJourney } from './view';
import type { JourneyRow } from '../../db/tables';

export const journeyId = z.strictObject({ id: z.string().regex(JOURNEY_ID) });

/** What every command carries: the view on which the person gave it. */
export const commandBody = z.strictObject({ revision: z.number().int().min(0).max(1_000_000_000) });

/** What a command says to the journey: references, said openly, and in `sealed` what must be sealed before. */
export type CommandDraft = {
  [C in Command]: { command: C } & (Commands[C] extends { input: string }
    ? Omit<Commands[C], 'input'> & { sealed: object }
    : Commands[C] & { sealed?: undefined });
}[Command];

type CommandRequest<P, B> = Pick<
  RequestContext<P, unknown, B>,
  'params' | 'body' | 'session' | 'idempotencyKey' | 'now'
> & {
  journey: JourneyRow;
};

/** A route of the mini-program that says one command to the person's own journey. */
export function commandRoute<P extends typeof journeyId, B extends typeof commandBody>(
  dependencies: ApiDependencies,
  {
    command,
    notices,
    errors = [],
    ...route
  }: Pick<Route, 'path' | 'summary' | 'limit' | 'errors'> & {
    params: P;
    body: B;
    /** What the person is told beside what the journey says. */
    notices?: readonly UserMessageCode[];
    /** @throws ApiError where the body can't be sent as a command */
    command: (request: CommandRequest<z.output<P>, z.output<B>>) => CommandDraft | Promise<CommandDraft>;
  },
): Route {
  return defineRoute({
    ...route,
    method: 'post',
    audience: 'journey-holder',
    idempotent: true,
    errors: [...journeyRejections, ...errors, 'consent_outdated'],
    errorExtras: journeyBesideErrors,
    responses: {
      200: { description: 'Where the journey stands now', schema: journeyView },
      202: { description: 'Taken, and still being worked on; ask again', schema: journeyView },
    },
    async handle({ params, body, session, journey, idempotencyKey, now }) {
      const draft = await command({ params, body, session, idempotencyKey, now, journey });
      if (needsConsent(draft.command) && consentsNeeded(journey, dependencies.legalTexts).length > 0) {
        throw new ApiError('consent_outdated', {
          body: { journey: await presentJourney(dependencies, journey) },
        });
      }
      const expectedRevision = body.revision;
      return await tell(dependencies, { session, idempotencyKey, journey, expectedRevision, draft, notices });
    },
  });
}

/** Seals what is personal, says the command to the journey, and answers with where it stands then. */
async function tell(
  dependencies: ApiDependencies,
  request: {
    session: Session;
    idempotencyKey: string;
    journey: JourneyRow;
    expectedRevision: number;
    draft: CommandDraft;
    notices?: readonly UserMessageCode[];
  },
) {
  const { store, journeys, pseudonyms, now } = dependencies;
  const { session, journey, expectedRevision, idempotencyKey } = request;
  const { command, sealed, ...data } = request.draft;
  const body = canonicalize({ journey: journey.id, data, sealed: sealed ?? null }) ?? '';
  const updateId = pseudonyms.updateId(session.account, idempotencyKey, command, body);
  if (sealed) await sealInput(store, updateId, sealed, now());
  const payload = {
    ...data,
    ...(sealed && { input: updateId }),
    session: session.id,
    expectedRevision,
  } as unknown as CommandPayload<Command>;
  const outcome = await journeys.send({ journey: journey.id, command, payload, updateId });
  return await respondTo(dependencies, outcome, {
    session,
    journey: journey.id,
    command,
    notices: request.notices,
  });
}
