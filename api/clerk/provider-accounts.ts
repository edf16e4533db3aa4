import { z } from 'zod';
import { findAccount } from '../../db/clerks/clerks';
import { unlinkProviderAccount } from '../../db/clerks/provider-accounts';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { propose, proposedResponse } from './administrative-acts';

const clerkId = z.strictObject({ clerkId: z.uuid() });
// OpenID Connect Core, 2: at most 255 characters of ASCII.
const subjectOf = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'wrong_form');

/** The accounts at the identity provider by which clerks sign in. An admin sets them: a token makes no account and links none. */
export function providerAccountRoutes(dependencies: ApiDependencies): Route[] {
  const { store, identityProvider } = dependencies;
  const changing = {
    method: 'post',
    audience: 'clerk',
    right: 'manage-clerks',
    params: clerkId,
    subject: ({ params: { clerkId: id } }: { params: z.output<typeof clerkId> }) => ({
      kind: 'clerk' as const,
      id,
    }),
  } as const;

  /** @throws ApiError if it is the caller's own, or there is none */
  async function rejectUnlessOther(id: string, caller: { id: string }): Promise<void> {
    if (id === caller.id) throw new ApiError('not_on_oneself');
    if (!(await findAccount(store.knex, id))) throw new ApiError('not_found');
  }

  return [
    defineRoute({
      ...changing,
      path: '/api/clerk/clerks/:clerkId/provider-account',
      summary:
        "Have another clerk's account sign in at the identity provider too; takes two admins for every role, and ends its sessions",
      action: 'link-provider-account',
      body: z.strictObject({
        subject: subjectOf.describe('the account there, as its tokens name it: `sub`'),
      }),
      errors: ['not_on_oneself'],
      responses: { 202: proposedResponse },
      async handle(call) {
        const { params, body, clerk } = call;
        await rejectUnlessOther(params.clerkId, clerk);
        if (!identityProvider) throw new ApiError('not_found');
        const providerAccount = { issuer: identityProvider.issuer, subject: body.subject };
        return await propose(
          dependencies,
          { kind: 'link-provider', clerk: params.clerkId, providerAccount },
          call,
        );
      },
    }),
    defineRoute({
      ...changing,
      path: '/api/clerk/clerks/:clerkId/provider-account/removal',
      summary: "Take the sign-in at the identity provider from another clerk's account, and end its sessions",
      action: 'unlink-provider-account',
      body: z.strictObject({}),
      errors: ['not_on_oneself'],
      responses: { 204: { description: 'Done' } },
      async handle({ params, clerk }) {
        await rejectUnlessOther(params.clerkId, clerk);
        await unlinkProviderAccount(store.knex, params.clerkId);
        return { status: 204 };
      },
    }),
  ];
}
