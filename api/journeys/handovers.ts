import { z } from 'zod';
import { offerHandover, withdrawHandover } from '../../db/journeys/handovers';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { journeyId } from './command-route';

const handover = z
  .strictObject({
    code: z.string().describe('for POST /api/sessions on the phone, once'),
    secondsLeft: z.number().int().describe('for which it is good, whatever the clock here says'),
  })
  .meta({ id: 'Handover' });

/** 用手机签字: the code by which a phone takes over the session that stands at the signing page. */
export function handoverRoutes({ store }: ApiDependencies): Route[] {
  const offer = defineRoute({
    method: 'post',
    path: '/api/journeys/:id/handovers',
    summary: '用手机签字: a one-time code with which a phone of the same account goes on in this session',
    audience: 'journey-holder',
    params: journeyId,
    body: z.strictObject({}),
    errors: ['not_allowed_now'],
    responses: { 201: { description: 'The code, shown this once', schema: handover } },
    async handle({ journey, session, now }) {
      if (journey.step !== 'signing') throw new ApiError('not_allowed_now');
      const offered = await offerHandover(store.knex, session, now);
      if (!offered) throw new ApiError('not_signed_in');
      const secondsLeft = Math.floor((offered.endsAt.getTime() - now.getTime()) / 1000);
      return { status: 201, body: { code: offered.code, secondsLeft } };
    },
  });
  const withdraw = defineRoute({
    method: 'post',
    path: '/api/journeys/:id/handovers/withdrawal',
    summary: 'The person signs here after all: the code is no longer good',
    audience: 'journey-holder',
    params: journeyId,
    body: z.strictObject({}),
    responses: {
      200: { description: 'No phone can take the session over any more', schema: z.strictObject({}) },
    },
    async handle({ session }) {
      if (!(await withdrawHandover(store.knex, session))) throw new ApiError('not_signed_in');
      return { status: 200, body: {} };
    },
  });
  return [offer, withdraw];
}
