import { z } from 'zod';
import type { JourneyRow } from '../../db/tables';
import { needsConsent } from '../../domain/consents';
import { JOURNEY_ID } from '../../platform/pseudonyms';
import type { UserMessageCode } from '../../texts/user-messages';
import { defineRoute } from '../define-route';
import type { RequestContext, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { commandResponses, journeyBesideErrors, respondTo } from './responses';
import { journeyRejections, sendCommand } from './send-command';
import type { CommandDraft } from './send-command';
import { consentsNeeded, presentJourney } from './view';
import { hasNoSuchCheck } from './window-only';

export const journeyId = z.strictObject({ id: z.string().regex(JOURNEY_ID) });

/** What every command carries: the view on which the person gave it. */
export const commandBody = z.strictObject({ revision: z.number().int().min(0).max(1_000_000_000) });

type CommandRequest<P, B> = Pick<
  RequestContext<P, unknown, B>,
  'params' | 'body' | 'session' | 'idempotencyKey' | 'now'
> & {
  journey: JourneyRow;
};

/** A route of the mini-program that sends one command to the person's own journey. */
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
    responses: commandResponses,
    async handle({ params, body, session, journey, idempotencyKey, now }) {
      const draft = await command({ params, body, session, idempotencyKey, now, journey });
      if (needsConsent(draft.command) && consentsNeeded(journey, dependencies.legalTexts).length > 0) {
        throw new ApiError('consent_outdated', {
          body: { journey: await presentJourney(dependencies, journey) },
        });
      }
      if (await hasNoSuchCheck(dependencies, journey, draft.command)) {
        throw new ApiError('not_allowed_now', {
          body: { journey: await presentJourney(dependencies, journey) },
        });
      }
      const sender = {
        account: session.account,
        idempotencyKey,
        session: session.id,
        expectedRevision: body.revision,
      };
      const outcome = await sendCommand(dependencies, journey.id, sender, draft);
      const { command: sent } = draft;
      return await respondTo(dependencies, outcome, { session, journey: journey.id, command: sent, notices });
    },
  });
}
