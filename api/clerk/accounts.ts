import { z } from 'zod';
import { addClerk, listClerks, loginOf, setClerkPassword, setClerkState } from '../../db/clerks';
import { newClerkSchema } from '../../db/new-clerk';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { refuseWeak } from './passwords';
import { clerkSchema } from './sessions';

const account = clerkSchema
  .extend({
    state: z.enum(['active', 'disabled']),
    lockedUntil: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ClerkAccount' });

const clerkId = z.strictObject({ clerkId: z.uuid() });

const subject = ({ params: { clerkId: id } }: { params: z.output<typeof clerkId> }) => ({
  kind: 'clerk' as const,
  id,
});

/** Accounts of clerks, for who manages them. */
export function accountRoutes({ store }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/clerks',
      summary: 'All clerks, by login',
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'list-clerks',
      answers: {
        200: { description: 'The accounts', schema: z.strictObject({ clerks: z.array(account) }) },
      },
      async handle() {
        const accounts = await listClerks(store.knex);
        const clerks = accounts.map(({ lockedUntil, createdAt, ...clerk }) => ({
          ...clerk,
          lockedUntil: lockedUntil?.toISOString() ?? null,
          createdAt: createdAt.toISOString(),
        }));
        return { body: { clerks } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks',
      summary: 'Make an account',
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'add-clerk',
      body: newClerkSchema,
      refusals: ['login_taken'],
      answers: { 201: { description: 'Made', schema: z.strictObject({ id: z.uuid() }) } },
      async handle({ body, use, now }) {
        const id = await addClerk(store.knex, body, now);
        if (id === undefined) throw new ApiError('login_taken');
        use.subject = { kind: 'clerk', id };
        return { status: 201, body: { id } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks/:clerkId/state',
      summary: 'Disable an account, or let it in again, also after a lock; ends its sessions',
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'set-clerk-state',
      params: clerkId,
      subject,
      body: z.strictObject({ state: z.enum(['active', 'disabled']) }),
      refusals: ['not_on_oneself'],
      answers: { 204: { description: 'Done' } },
      async handle({ params: { clerkId: id }, body: { state }, clerk }) {
        if (id === clerk.id) throw new ApiError('not_on_oneself');
        if (!(await setClerkState(store.knex, id, state))) throw new ApiError('not_found');
        return {};
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks/:clerkId/password',
      summary: "Give another's account a new password; ends its sessions and a lock",
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'set-clerk-password',
      params: clerkId,
      subject,
      body: z.strictObject({ password: z.string() }),
      refusals: ['not_on_oneself'],
      answers: { 204: { description: 'Done' } },
      async handle({ params: { clerkId: id }, body: { password }, clerk }) {
        if (id === clerk.id) throw new ApiError('not_on_oneself');
        const login = await loginOf(store.knex, id);
        if (login === undefined) throw new ApiError('not_found');
        refuseWeak('password', password, login);
        await setClerkPassword(store.knex, id, password);
        return {};
      },
    }),
  ];
}
