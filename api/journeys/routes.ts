import { z } from 'zod';
import { findAttemptOf } from '../../db/attempts/attempts';
import { giveConsents } from '../../db/journeys/given-consents';
import { isSignedIn } from '../../db/journeys/sessions';
import type { Session } from '../../db/journeys/sessions';
import { findCurrentJourney, findOwnJourney } from '../../db/confirmations/views';
import { askForAttempts } from '../../db/decisions/stuck';
import { portraitOf } from '../../db/attempts/portraits';
import { isBankCardNumber } from '../../domain/bank-cards';
import type { ConsentKind } from '../../domain/consents';
import type { Command } from '../../domain/steps';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { consentRoutes, consentSchema, readConsent } from './consents';
import { entryRoute } from './entry';
import { handoverRoutes } from './handovers';
import { journeyId, commandBody, commandRoute } from './command-route';
import { consentsGiven, journeyView, presentJourney } from './view';
import { windowCodeRoute } from './window-code';
import type { JourneyRow } from '../../db/tables';

/** Below the time after which phones and proxies give up. */
const LONGEST_WAIT_MS = 15_000;

/** Everything of a journey up to its to-dos. */
export function journeyRoutes(dependencies: ApiDependencies): Route[] {
  const { store, legalTexts, pseudonyms } = dependencies;

  const plain = (
    path: string,
    command: Extract<Command, 'decline' | 'ask-in-person' | 'back' | 'go-online' | 'close'>,
    summary: string,
  ): Route =>
    commandRoute(dependencies, {
      path,
      summary,
      params: journeyId,
      body: commandBody,
      command: () => ({ command }),
    });

  /**
   * Notes the consent that stands beside a button, once for a command. Without one, an earlier consent must hold for the check. A command from an
   * older view is stale, or repeats one that was carried out: the workflow knows which.
   */
  const agree = async (
    kind: ConsentKind,
    consent: z.infer<typeof consentSchema> | undefined,
    request: {
      session: Session;
      idempotencyKey: string;
      journey: JourneyRow;
      body: { revision: number };
      now: Date;
    },
  ): Promise<void> => {
    const { session, idempotencyKey, journey, body, now } = request;
    if (!consent) {
      if (body.revision < journey.revision) return;
      const held = await consentsGiven(dependencies, journey);
      if (held.some((one) => one.kind === kind)) return;
      const code = `consent_missing_${kind.replaceAll('-', '_')}`;
      throw new ApiError('invalid', { issues: [{ path: 'consent', code }] });
    }
    const given = pseudonyms.updateId(session.account, idempotencyKey, 'consent', journey.id);
    await giveConsents(
      store.knex,
      {
        journey: journey.id,
        personKey: journey.person_key,
        command: given,
        toDo: journey.to_do_id,
      },
      [readConsent(legalTexts, consent, kind)],
      now,
    );
  };

  return [
    entryRoute(dependencies),
    defineRoute({
      method: 'get',
      path: '/api/journeys/current',
      summary: 'The journey this session was last at',
      audience: 'mini-app',
      errors: ['not_found'],
      responses: { 200: { description: 'Where it stands', schema: journeyView } },
      async handle({ session }) {
        const row = await findCurrentJourney(store.knex, session);
        if (!row) throw new ApiError('not_found');
        return { status: 200, body: await presentJourney(dependencies, row) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id',
      summary: 'Where a journey stands, now or as soon as it moves',
      audience: 'journey-holder',
      params: journeyId,
      query: z.strictObject({
        after: z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number)
          .optional()
          .describe('the revision on the page: the answer waits for a later one, 15 seconds at most'),
      }),
      responses: { 200: { description: 'Where it stands', schema: journeyView } },
      async handle({ journey, session, query: { after } }) {
        if (after === undefined || journey.revision > after)
          return { status: 200, body: await presentJourney(dependencies, journey) };
        await dependencies.journeyWatch.waitForChange(journey.id, after, LONGEST_WAIT_MS);
        // Meanwhile another phone may have taken the session over, or another session the journey.
        if (!(await isSignedIn(store.knex, session))) throw new ApiError('not_signed_in');
        const row = await findOwnJourney(store, session, journey.id);
        if (!row) throw new ApiError('not_found');
        return { status: 200, body: await presentJourney(dependencies, row) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/journeys/:id/attempt-requests',
      summary: 'Locked out: ask clerks for more attempts today; once is enough',
      audience: 'journey-holder',
      params: journeyId,
      body: z.strictObject({}),
      errors: ['not_allowed_now'],
      responses: { 200: { description: 'Where it stands', schema: journeyView } },
      async handle({ journey, now }) {
        if (!(await askForAttempts(store.knex, journey.id, now))) throw new ApiError('not_allowed_now');
        return { status: 200, body: await presentJourney(dependencies, journey) };
      },
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/face-checks',
      summary: '【同意协议并认证】: open a face check, or go on with the one that is open',
      params: journeyId,
      body: commandBody.extend({
        consent: consentSchema.optional(),
        archiving: consentSchema
          .optional()
          .describe(
            'of a matter’s check, and left out where the person does not agree: to the archiving of the portrait',
          ),
      }),
      async command(request) {
        const { consent, archiving, revision } = request.body;
        await agree('face-check', consent, request);
        // A command from an older view was meant for another matter, or its consent was noted already.
        if (archiving && revision >= request.journey.revision) {
          if (request.journey.to_do_id === null)
            throw new ApiError('invalid', { issues: [{ path: 'archiving', code: 'only_for_a_matter' }] });
          await agree('portrait-archiving', archiving, request);
        }
        return { command: 'start-face' };
      },
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/face-checks/:certifyId/result',
      summary: 'The phone came back from the face check: ask the vendor how it came out',
      params: journeyId.extend({ certifyId: z.string().regex(/^[\w-]{1,128}$/) }),
      body: commandBody,
      async command({ params: { certifyId }, journey }) {
        const attempt = await findAttemptOf(store.knex, journey.id, certifyId);
        if (!attempt) throw new ApiError('not_found');
        return { command: 'report-face', attempt: attempt.id };
      },
    }),
    plain('/api/journeys/:id/declination', 'decline', '【暂不认证】, and back after a failed face check'),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/bank-card-checks',
      summary: "Check the person's own bank card",
      params: journeyId,
      body: commandBody.extend({
        cardNumber: z.string().refine(isBankCardNumber, 'bank_card_number_invalid'),
        phone: z
          .string()
          .regex(/^1\d{10}$/, 'phone_invalid')
          .optional(),
        consent: consentSchema.optional(),
      }),
      async command(request) {
        const { cardNumber, phone, consent } = request.body;
        await agree('bank-card-check', consent, request);
        const sealed = { kind: 'bank-card' as const, cardNumber: cardNumber.replaceAll(' ', ''), phone };
        return { command: 'submit-card', sealed };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/portrait',
      summary: 'The face picture that was captured',
      audience: 'journey-holder',
      params: journeyId,
      responses: { 200: { description: 'JPEG or PNG', mediaType: 'image/*' } },
      async handle({ journey: { attempt_id }, now }) {
        const portrait = attempt_id === null ? undefined : await portraitOf(store, attempt_id, now);
        if (!portrait) throw new ApiError('not_found');
        return { status: 200, body: portrait.image, headers: { 'Content-Type': portrait.mediaType } };
      },
    }),
    commandRoute(dependencies, {
      path: '/api/journeys/:id/portrait-review',
      summary: '【查看待办事项】 or 【重新录入】 below the captured picture',
      params: journeyId,
      body: commandBody.extend({ decision: z.enum(['confirm', 're-enter']) }),
      command: ({ body }) => ({ command: body.decision === 'confirm' ? 'confirm-portrait' : 're-enter' }),
    }),
    ...consentRoutes(dependencies),
    plain(
      '/api/journeys/:id/in-person',
      'ask-in-person',
      '「不刷脸，到窗口办理」: waits for a clerk at the window',
    ),
    windowCodeRoute(dependencies),
    ...handoverRoutes(dependencies),
    plain(
      '/api/journeys/:id/back',
      'back',
      'From a matter that is stuck or waits at the window, to the to-dos',
    ),
    plain('/api/journeys/:id/online', 'go-online', 'From the window back to the check online'),
    plain('/api/journeys/:id/close', 'close', 'The person is done, or gives up'),
  ];
}
