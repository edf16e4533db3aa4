import { z } from 'zod';
import { approveAct, listActs, proposeAct, withdrawAct } from '../../db/clerks/administrative-acts';
import type { Act, ActContent } from '../../db/clerks/administrative-acts';
import { accountsOf } from '../../db/clerks/clerks';
import { listProviderAccounts } from '../../db/clerks/provider-accounts';
import type { Db } from '../../db/store/store';
import { clerkStates, secondFactors } from '../../domain/clerks';
import { defineRoute } from '../define-route';
import type { RequestContext, ResponseOf, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { newApproversHalf, proposersHalf } from './one-time-passwords';
import { clerkSchema } from './sessions';

export const providerAccountSchema = z
  .strictObject({ issuer: z.string(), subject: z.string() })
  .meta({ id: 'ProviderAccount', description: 'An account at the identity provider, as its tokens name it' });

const act = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(['add-clerk', 'reset-password', 'reset-factors', 'let-in-again', 'link-provider']),
    account: clerkSchema.omit({ id: true }).optional().describe('for add-clerk'),
    clerk: z.uuid().optional().describe('whose account it is about, for the other kinds'),
    providerAccount: providerAccountSchema.optional().describe('for link-provider'),
    about: clerkSchema
      .extend({
        state: z.enum(clerkStates),
        secondFactors: z.array(z.enum(secondFactors)),
        providerAccount: providerAccountSchema.optional(),
      })
      .optional()
      .describe('that account as it is now'),
    proposer: z.uuid(),
    proposerLogin: z.string(),
    proposerName: z.string(),
    proposedAt: z.iso.datetime(),
    effectiveAt: z.iso
      .datetime()
      .optional()
      .describe(
        'from then on its proposer may approve it if no other admin is active; absent if only another may',
      ),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'AdministrativeAct' });

/** The result of a proposal. */
const proposedSchema = z
  .strictObject({
    act,
    oneTimePassword: z
      .string()
      .optional()
      .describe(
        'the first half; the second is told to the approver, and the owner types one after the other',
      ),
  })
  .meta({ id: 'ProposedAct' });

export const proposedResponse = { description: 'It waits for another admin', schema: proposedSchema };

/** Has what no admin may do alone wait for another, and tells the proposer their half of the password, if it gives one. */
export async function propose(
  { store, pseudonyms }: ApiDependencies,
  content: ActContent,
  { clerk, audit, now }: Pick<RequestContext<unknown, unknown, unknown>, 'clerk' | 'audit' | 'now'>,
): Promise<ResponseOf<{ 202: typeof proposedResponse }>> {
  const proposed = await proposeAct(store.knex, content, clerk.id, now);
  if (!proposed) throw new ApiError('not_signed_in');
  if (proposed === 'login-waits') throw new ApiError('login_waits');
  audit.subject ??= { kind: 'act', id: proposed.id };
  audit.result = 'proposed';
  const oneTimePassword = givesPassword(content.kind) ? proposersHalf(pseudonyms, proposed.id) : undefined;
  const [shown] = await present(store.knex, [proposed]);
  if (!shown) throw new ApiError('internal');
  return { status: 202, body: { act: shown, oneTimePassword } };
}

const actId = z.strictObject({ act: z.uuid() });
const subject = ({ params: { act: id } }: { params: z.output<typeof actId> }) => ({
  kind: 'act' as const,
  id,
});

/** Acts that no admin may carry out alone: auditors and admins see them, another admin approves them. */
export function administrativeActRoutes({ store, pseudonyms }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/administrative-acts',
      summary: 'What waits for a second admin, or for 24 hours where there is none; the oldest first',
      audience: 'clerk',
      right: 'see-actions',
      action: 'list-administrative-acts',
      responses: { 200: { description: 'The acts', schema: z.strictObject({ acts: z.array(act) }) } },
      handle: async ({ now }) => ({
        status: 200,
        body: { acts: await present(store.knex, await listActs(store.knex, now)) },
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/administrative-acts/:act/approval',
      summary: 'Carry it out: as another admin than its proposer, or as the only one after 24 hours',
      audience: 'clerk',
      right: 'manage-clerks',
      action: 'approve-administrative-act',
      reauthenticated: true,
      params: actId,
      subject,
      body: z.strictObject({}),
      errors: [
        'act_not_pending',
        'needs_another_admin',
        'login_taken',
        'provider_account_taken',
        'act_not_yet',
      ],
      responses: {
        200: {
          description: 'Done',
          schema: z.strictObject({
            oneTimePassword: z
              .string()
              .optional()
              .describe('the second half of the password, if it gives one'),
          }),
        },
      },
      async handle({ params: { act: id }, clerk, now }) {
        const half = newApproversHalf();
        const password = `${proposersHalf(pseudonyms, id)}${half}`;
        const approval = await approveAct(store.knex, { id, approver: clerk.id, password }, now);
        switch (approval?.outcome) {
          case undefined:
            throw new ApiError('not_found');
          case 'not-pending':
            throw new ApiError('act_not_pending');
          case 'needs-another':
            throw new ApiError('needs_another_admin');
          case 'login-taken':
            throw new ApiError('login_taken');
          case 'provider-account-taken':
            throw new ApiError('provider_account_taken');
          case 'not-yet': {
            const retryAfter = Math.ceil((approval.effectiveAt.getTime() - now.getTime()) / 1000);
            throw new ApiError('act_not_yet', { retryAfter });
          }
          case 'done':
            return {
              status: 200,
              body: { oneTimePassword: givesPassword(approval.kind) ? half : undefined },
            };
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/administrative-acts/:act/withdrawal',
      summary: 'Stop it, as an admin or an auditor',
      audience: 'clerk',
      right: 'see-actions',
      action: 'withdraw-administrative-act',
      params: actId,
      subject,
      body: z.strictObject({}),
      errors: ['act_not_pending'],
      responses: { 204: { description: 'It comes to nothing' } },
      async handle({ params: { act: id }, clerk, now }) {
        const stopped = await withdrawAct(store.knex, { id, clerk: clerk.id }, now);
        if (stopped === undefined) throw new ApiError('not_found');
        if (!stopped) throw new ApiError('act_not_pending');
        return { status: 204 };
      },
    }),
  ];
}

function givesPassword(kind: ActContent['kind']): boolean {
  return kind === 'add-clerk' || kind === 'reset-password';
}

async function present(db: Db, acts: readonly Act[]): Promise<z.input<typeof act>[]> {
  const ids = acts.flatMap((one) => [one.proposer, ...(one.kind === 'add-clerk' ? [] : [one.clerk])]);
  const [accounts, linked] = await Promise.all([accountsOf(db, ids), listProviderAccounts(db)]);
  return acts.map(({ proposedAt, effectiveAt, expiresAt, ...shown }) => {
    const { login: proposerLogin = '', name: proposerName = '' } = accounts.get(shown.proposer) ?? {};
    const about = shown.kind === 'add-clerk' ? undefined : accounts.get(shown.clerk);
    return {
      ...{ ...shown, proposerLogin, proposerName },
      ...(about && { about: { ...about, providerAccount: linked.get(about.id) } }),
      proposedAt: proposedAt.toISOString(),
      ...(effectiveAt && { effectiveAt: effectiveAt.toISOString() }),
      expiresAt: expiresAt.toISOString(),
    };
  });
}
