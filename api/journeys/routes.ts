import { z } from 'zod';
import { findCurrentJourney } from '../../db/views';
import { portraitOf } from '../../db/portraits';
import { isBankCardNumber } from '../../domain/bank-cards';
import type { Command } from '../../domain/steps';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import type { Issue } from '../errors';
import { consentSchema, giveConsents, readConsents } from './consents';
import { entryRoute } from './entry';
import { ownJourney, tell } from './tell';
import { journeyView, viewOf } from './view';

export const journeyId = z.strictObject({ id: z.string().regex(/^journey-[0-9a-f]{32}$/) });

/** On which view the person tapped. */
export const revision = z.number().int().min(0).max(1_000_000_000);

const tapped = z.strictObject({ revision });

export const commandAnswers = {
  200: { description: 'Where the journey stands now', schema: journeyView },
  202: { description: 'Taken, and still being worked on; ask again', schema: journeyView },
};

/** Everything of a journey up to its to-dos. */
export function journeyRoutes(dependencies: ApiDependencies): Route[] {
  const { store, legalTexts, pseudonyms } = dependencies;

  const plain = (
    path: string,
    command: Extract<Command, 'decline' | 'back' | 'close'>,
    summary: string,
  ): Route =>
    defineRoute({
      method: 'post',
      path,
      summary,
      audience: 'mini-app',
      idempotent: true,
      params: journeyId,
      body: tapped,
      answers: commandAnswers,
      async handle({ params, body, session, idempotencyKey }) {
        const journey = await ownJourney(dependencies, session, params.id);
        return await tell(dependencies, {
          session,
          idempotencyKey,
          journey,
          command,
          seen: body.revision,
          data: {},
        });
      },
    });

  return [
    entryRoute(dependencies),
    defineRoute({
      method: 'get',
      path: '/api/journeys/current',
      summary: 'The journey this session was last at',
      audience: 'mini-app',
      answers: { 200: { description: 'Where it stands', schema: journeyView } },
      async handle({ session }) {
        const row = await findCurrentJourney(store.knex, session);
        if (!row) throw new ApiError('not_found');
        return { body: await viewOf(dependencies, row) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id',
      summary: 'Where a journey stands',
      audience: 'mini-app',
      params: journeyId,
      answers: { 200: { description: 'Where it stands', schema: journeyView } },
      async handle({ params, session }) {
        return { body: await viewOf(dependencies, await ownJourney(dependencies, session, params.id)) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/journeys/:id/face-checks',
      summary: '【同意协议并认证】: open a face check, or go on with the one that is open',
      audience: 'mini-app',
      idempotent: true,
      params: journeyId,
      body: z.strictObject({ revision, consent: consentSchema }),
      answers: commandAnswers,
      async handle({ params, body, session, idempotencyKey, now }) {
        const journey = await ownJourney(dependencies, session, params.id);
        const issues: Issue[] = [];
        const consents = readConsents(legalTexts, [body.consent], ['face-check'], issues);
        if (issues.length > 0) throw new ApiError('invalid', { issues });
        const given = pseudonyms.updateId(session.account, idempotencyKey, 'consent', journey.id);
        await giveConsents(store, journey, consents, given, now);
        return await tell(dependencies, {
          session,
          idempotencyKey,
          journey,
          command: 'start-face',
          seen: body.revision,
          data: {},
        });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/journeys/:id/face-checks/:certifyId/result',
      summary: 'The phone came back from the face check: ask the vendor how it came out',
      audience: 'mini-app',
      idempotent: true,
      params: journeyId.extend({ certifyId: z.string().regex(/^[\w-]{1,128}$/) }),
      body: tapped,
      answers: commandAnswers,
      async handle({ params, body, session, idempotencyKey }) {
        const journey = await ownJourney(dependencies, session, params.id);
        const attempt = await store
          .knex<{ id: string; journey_id: string; certify_id: string }>('attempts')
          .where({ certify_id: params.certifyId, journey_id: journey.id })
          .first('id');
        if (!attempt) throw new ApiError('not_found');
        return await tell(dependencies, {
          session,
          idempotencyKey,
          journey,
          command: 'report-face',
          seen: body.revision,
          data: { attempt: attempt.id },
        });
      },
    }),
    plain('/api/journeys/:id/declination', 'decline', '【暂不认证】, and back after a failed face check'),
    defineRoute({
      method: 'post',
      path: '/api/journeys/:id/bank-card-checks',
      summary: "Check the person's own bank card",
      audience: 'mini-app',
      idempotent: true,
      params: journeyId,
      body: z.strictObject({
        revision,
        cardNumber: z.string().refine(isBankCardNumber, 'bank_card_number_invalid'),
        phone: z
          .string()
          .regex(/^1\d{10}$/, 'phone_invalid')
          .optional(),
        consent: consentSchema,
      }),
      answers: commandAnswers,
      async handle({ params, body, session, idempotencyKey, now }) {
        const journey = await ownJourney(dependencies, session, params.id);
        const issues: Issue[] = [];
        const consents = readConsents(legalTexts, [body.consent], ['bank-card-check'], issues);
        if (issues.length > 0) throw new ApiError('invalid', { issues });
        const given = pseudonyms.updateId(session.account, idempotencyKey, 'consent', journey.id);
        await giveConsents(store, journey, consents, given, now);
        const { cardNumber, phone } = body;
        return await tell(dependencies, {
          session,
          idempotencyKey,
          journey,
          command: 'submit-card',
          seen: body.revision,
          data: {},
          sealed: { kind: 'bank-card', cardNumber: cardNumber.replaceAll(' ', ''), phone },
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/journeys/:id/portrait',
      summary: 'The face picture that was captured',
      audience: 'mini-app',
      params: journeyId,
      answers: { 200: { description: 'JPEG or PNG', mediaType: 'image/*' } },
      async handle({ params, session, now }) {
        const { attempt_id } = await ownJourney(dependencies, session, params.id);
        const portrait = attempt_id === null ? undefined : await portraitOf(store, attempt_id, now);
        if (!portrait) throw new ApiError('not_found');
        return { body: portrait.image, headers: { 'Content-Type': portrait.mediaType } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/journeys/:id/portrait-review',
      summary: '【查看待办事项】 or 【重新录入】 below the captured picture',
      audience: 'mini-app',
      idempotent: true,
      params: journeyId,
      body: z.strictObject({ revision, decision: z.enum(['confirm', 're-enter']) }),
      answers: commandAnswers,
      async handle({ params, body, session, idempotencyKey }) {
        const journey = await ownJourney(dependencies, session, params.id);
        return await tell(dependencies, {
          session,
          idempotencyKey,
          journey,
          command: body.decision === 'confirm' ? 'confirm-portrait' : 're-enter',
          seen: body.revision,
          data: {},
        });
      },
    }),
    plain('/api/journeys/:id/back', 'back', 'From a matter that is stuck back to the to-dos'),
    plain('/api/journeys/:id/close', 'close', 'The person is done, or gives up'),
  ];
}
