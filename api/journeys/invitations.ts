import { z } from 'zod';
import { findInvited } from '../../db/confirmations/invitations';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { journeyId } from './command-route';
import { mustBeVerified } from './to-dos';

/** Where an invitation leads: to nothing, for anybody but the person whom it invites. */
export function invitedToDoRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'get',
    path: '/api/journeys/:id/invitations/:token',
    summary: 'The to-do that an invitation is for; not found if it is another’s, or its matter has ended',
    audience: 'journey-holder',
    params: journeyId.extend({ token: z.string().regex(/^[0-9a-f]{32}$/) }),
    errors: ['not_allowed_now'],
    responses: { 200: { description: 'The to-do', schema: z.strictObject({ toDoId: z.string() }) } },
    async handle({ params: { token }, journey, now }) {
      mustBeVerified(journey);
      const toDoId = await findInvited(store, journey.person_key, token, now);
      if (toDoId === undefined) throw new ApiError('not_found');
      return { status: 200, body: { toDoId } };
    },
  });
}
