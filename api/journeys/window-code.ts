import { z } from 'zod';
import { windowCodeFor } from '../../db/decisions/window-codes';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { journeyId } from './command-route';

const windowCode = z
  .strictObject({
    code: z.string().describe('6 characters, to be shown and read aloud to the clerk at the window'),
    expiresAt: z.iso.datetime(),
    secondsLeft: z
      .number()
      .int()
      .describe('after which another one is to be had, whatever the phone’s clock says'),
  })
  .meta({ id: 'WindowCode' });

/** The code by which clerks know the phone that stands before them. */
export function windowCodeRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'post',
    path: '/api/journeys/:id/window-code',
    summary: 'The one-time code to show at the window: the one that is good, or a new one where that is over',
    audience: 'journey-holder',
    params: journeyId,
    body: z.strictObject({}),
    errors: ['not_allowed_now'],
    responses: { 200: { description: 'The code', schema: windowCode } },
    async handle({ journey, session, now }) {
      const issued = await windowCodeFor(store, { journey: journey.id, session: session.id }, now);
      if ('rejected' in issued) throw new ApiError(issued.rejected);
      const { code, expiresAt } = issued;
      const secondsLeft = Math.ceil((expiresAt.getTime() - now.getTime()) / 1000);
      return { status: 200, body: { code, expiresAt: expiresAt.toISOString(), secondsLeft } };
    },
  });
}
