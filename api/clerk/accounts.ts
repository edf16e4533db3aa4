import { z } from 'zod';
import {
  addClerk,
  findAccount,
  isLoginTaken,
  listClerks,
  setClerkPassword,
  setClerkState,
} from '../../db/clerks/clerks';
import type { Clerk } from '../../db/clerks/clerks';
import { listProviderAccounts } from '../../db/clerks/provider-accounts';
import { resetFactors } from '../../db/clerks/second-factors';
import { newAccountSchema } from '../../db/clerks/new-account';
import { clerkStates, isGivenByTwo } from '../../domain/clerks';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { propose, proposedResponse, providerAccountSchema } from './administrative-acts';
import { newOneTimePassword } from './one-time-passwords';
import { clerkSchema } from './sessions';

const account = clerkSchema
  .extend({
    state: z.enum(clerkStates),
    createdAt: z.iso.datetime(),
    providerAccount: providerAccountSchema.optional().describe('by which it signs in too'),
  })
  .meta({ id: 'ClerkAccount' });

const given = z.strictObject({
  oneTimePassword: z.string().describe('its owner has to change it before anything else'),
});

const clerkId = z.strictObject({ clerkId: z.uuid() });

const subject = ({ params: { clerkId: id } }: { params: z.output<typeof clerkId> }) => ({
  kind: 'clerk' as const,
  id,
});

/** Accounts of clerks, for who manages them. */
export function accountRoutes(dependencies: ApiDependencies): Route[] {
  const { store } = dependencies;

  /** @throws ApiError if it is the caller's own, or there is none; a role never changes */
  async function otherAccount(id: string, caller: Clerk) {
    if (id === caller.id) throw new ApiError('not_on_oneself');
    const found = await findAccount(store.knex, id);
    if (!found) throw new ApiError('not_found');
    return { id, ...found };
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/clerks',
      summary: 'All clerks, by login',
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'list-clerks',
      responses: {
        200: { description: 'The accounts', schema: z.strictObject({ clerks: z.array(account) }) },
      },
      async handle() {
        const accounts = await listClerks(store.knex);
        const linked = await listProviderAccounts(store.knex);
        const clerks = accounts.map(({ createdAt, ...clerk }) => ({
          ...clerk,
          createdAt: createdAt.toISOString(),
          providerAccount: linked.get(clerk.id),
        }));
        return { status: 200, body: { clerks } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks',
      summary: 'Make an account; one of a reviewer or an admin takes two admins',
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'add-clerk',
      body: newAccountSchema,
      errors: ['login_taken', 'login_waits'],
      responses: {
        201: { description: 'Made', schema: given.extend({ id: z.uuid() }) },
        202: proposedResponse,
      },
      async handle(call) {
        const { body, audit, now } = call;
        if (isGivenByTwo(body.role)) {
          if (await isLoginTaken(store.knex, body.login)) throw new ApiError('login_taken');
          return await propose(dependencies, { kind: 'add-clerk', account: body }, call);
        }
        const oneTimePassword = newOneTimePassword();
        const id = await addClerk(store.knex, { ...body, password: oneTimePassword }, now);
        if (id === undefined) throw new ApiError('login_taken');
        audit.subject = { kind: 'clerk', id };
        return { status: 201, body: { id, oneTimePassword } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks/:clerkId/state',
      summary:
        'Disable an account, which ends its sessions, or let it in again; a reviewer or an admin comes back by two',
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'set-clerk-state',
      params: clerkId,
      subject,
      body: z.strictObject({ state: z.enum(clerkStates) }),
      errors: ['not_on_oneself'],
      responses: { 202: proposedResponse, 204: { description: 'Done' } },
      async handle(call) {
        const { params, body, clerk } = call;
        const { id, role, state } = await otherAccount(params.clerkId, clerk);
        if (body.state === state) return { status: 204 };
        if (body.state === 'active' && isGivenByTwo(role)) {
          return await propose(dependencies, { kind: 'let-in-again', clerk: id }, call);
        }
        await setClerkState(store.knex, id, body.state);
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks/:clerkId/password',
      summary:
        "Give another's account a one-time password, which ends its sessions; a reviewer's or an admin's takes two",
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'set-clerk-password',
      params: clerkId,
      subject,
      body: z.strictObject({}),
      errors: ['not_on_oneself'],
      responses: { 200: { description: 'Done', schema: given }, 202: proposedResponse },
      async handle(call) {
        const { params, clerk } = call;
        const { id, role } = await otherAccount(params.clerkId, clerk);
        if (isGivenByTwo(role)) {
          return await propose(dependencies, { kind: 'reset-password', clerk: id }, call);
        }
        const oneTimePassword = newOneTimePassword();
        await setClerkPassword(store.knex, id, oneTimePassword, 'one-time');
        return { status: 200, body: { oneTimePassword } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/clerks/:clerkId/factor-reset',
      summary:
        "Take the second factors of another's account, which has lost them, and end its sessions; a reviewer's or an admin's takes two",
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'reset-second-factors',
      params: clerkId,
      subject,
      body: z.strictObject({}),
      errors: ['not_on_oneself'],
      responses: { 202: proposedResponse, 204: { description: 'Done; its next sign-in enrols anew' } },
      async handle(call) {
        const { params, clerk } = call;
        const { id, role } = await otherAccount(params.clerkId, clerk);
        if (isGivenByTwo(role)) {
          return await propose(dependencies, { kind: 'reset-factors', clerk: id }, call);
        }
        await resetFactors(store.knex, id);
        return { status: 204 };
      },
    }),
  ];
}
