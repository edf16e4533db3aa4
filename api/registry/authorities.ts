import { z } from 'zod';
import { saveAuthority } from '../../db/matters/authorities';
import { servesAuthority } from '../../registry/registries';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { authorityCodeSchema, plainText } from './matter-schema';

export const authorityContactSchema = z
  .strictObject({
    name: plainText(100),
    address: plainText(200).describe('of its window'),
    hours: plainText(200).describe('when the window is open'),
    phone: z
      .string()
      .regex(/^[0-9()（）+ -]{3,64}$/)
      .describe('of the window, for the public'),
  })
  .meta({ id: 'AuthorityContact' });

/** Where people find the authorities for which a registration system pushes. */
export function authorityRoute({ store }: ApiDependencies): Route {
  return defineRoute({
    method: 'put',
    path: '/api/registry/authorities/:code',
    summary:
      'Tell people where an authority is, when it is open, and its phone; replaces what was told before',
    audience: 'registration-system',
    params: z.strictObject({ code: authorityCodeSchema }),
    body: authorityContactSchema,
    errors: ['authority_not_permitted'],
    responses: { 200: { description: 'What people are told from now on', schema: authorityContactSchema } },
    async handle({ params: { code }, body: contact, sender: { registry }, now }) {
      if (!servesAuthority(registry, code)) throw new ApiError('authority_not_permitted');
      await saveAuthority(store.knex, { registry: registry.id, code, ...contact }, now);
      return { status: 200, body: contact };
    },
  });
}
