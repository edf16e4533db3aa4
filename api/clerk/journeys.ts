import { z } from 'zod';
import type { Clerk } from '../../db/clerks/clerks';
import { personOf } from '../../db/journeys/journeys';
import { rejectionOfClaim } from '../../db/decisions/claims';
import { findDecision } from '../../db/decisions/decisions';
import { findForClerks } from '../../db/decisions/worklist';
import { acceptanceKinds, singleDecisions, verdicts } from '../../domain/decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from '../../domain/limits';
import { isOtherWritingOf, readName } from '../../domain/names';
import { isReasonedDecision, isReasonedVerdict, isReasonFor } from '../../domain/reasons';
import type { ClerkCommand } from '../../domain/steps';
import { defineRoute } from '../define-route';
import type { ResponseOf, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { journeyId, commandBody } from '../journeys/command-route';
import {
  commandError,
  decisionErrors,
  errorOfDecision,
  journeyRejections,
  RETRY_AFTER_S,
  sendCommand,
} from '../journeys/send-command';
import type { CommandDraft } from '../journeys/send-command';
import { acceptanceFields, acceptanceOf } from './acceptance';
import { foundJourney } from './found-journey';
import { clerkJourneyView, presentJourneyForClerk } from './journey-view';
import { reasonFields, unsuitableReason } from './reason-fields';

// Without the journey beside the error: it would be the person's view of it.
const errors = [...journeyRejections, ...decisionErrors] as const;

const responses = {
  200: { description: 'Where the journey stands now', schema: clerkJourneyView },
  202: { description: 'Taken, and still being worked on; look again', schema: clerkJourneyView },
} as const;

type ClerkDraft = CommandDraft<ClerkCommand>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const proposal = z.discriminatedUnion('decision', [
  commandBody.extend({
    ...reasonFields,
    decision: z.literal('accept'),
    acceptance: z.enum(acceptanceKinds),
    paperHash: sha256.describe(
      'SHA-256 of the scanned paper, uploaded before: the document seen; at a matter, what was signed',
    ),
    ...acceptanceFields,
  }),
  commandBody.extend({
    ...reasonFields,
    decision: z.literal('correct-name'),
    name: z.string().max(400),
  }),
]);

const subject = ({ params }: { params: z.output<typeof journeyId> }) => ({
  kind: 'journey' as const,
  id: params.id,
});

/** A journey for clerks: what it waits for, and what they decide. */
export function clerkJourneyRoutes(dependencies: ApiDependencies): Route[] {
  const { store } = dependencies;

  const find = (id: string, clerk: Clerk) => foundJourney(store.knex, id, clerk);

  /**
   * Rejects a decision without the claim before the journey hears of it. Otherwise the decision would make a new view, and the view of the
   * clerk with the claim would be stale. The journey's activities check again, under a lock. A request that was carried out is repeated, whoever has the claim now.
   */
  const checkClaim = async (journey: string, clerk: Clerk, { command }: ClerkDraft, decision: string) => {
    const known = await findDecision(store.knex, decision);
    const isRepeated = known !== undefined && (command !== 'review' || known.state !== 'proposed');
    // What somebody proposed is theirs to take back.
    const rejected =
      isRepeated || command === 'withdraw'
        ? undefined
        : await rejectionOfClaim(store.knex, journey, clerk.id, dependencies.now());
    if (rejected) throw commandError(rejected);
  };

  /** Sends what a clerk decided on a view of the journey. */
  const send = async (
    journey: string,
    { clerk, idempotencyKey, revision }: { clerk: Clerk; idempotencyKey: string; revision: number },
    draft: ClerkDraft,
  ): Promise<ResponseOf<typeof responses>> => {
    const sender = { account: clerk.id, idempotencyKey, expectedRevision: revision };
    const outcome = await sendCommand(dependencies, journey, sender, draft, (command) =>
      checkClaim(journey, clerk, draft, 'proposal' in draft ? draft.proposal : command),
    );
    const error = errorOfDecision(outcome);
    if (error) throw commandError(error);
    const found = await findForClerks(store.knex, journey);
    if (!found) throw new ApiError('not_found');
    const body = await presentJourneyForClerk(dependencies, found, clerk);
    if (outcome.outcome === 'done') return { status: 200, body };
    return { status: 202, headers: { 'Retry-After': String(RETRY_AFTER_S) }, body };
  };

  return [
    defineRoute({
      method: 'get',
      path: '/api/clerk/journeys/:id',
      summary: 'A journey: where it stands, what it waits for, what was decided',
      audience: 'clerk',
      right: 'see',
      action: 'show-journey',
      subject,
      params: journeyId,
      responses: { 200: responses[200] },
      async handle({ params, clerk }) {
        return {
          status: 200,
          body: await presentJourneyForClerk(dependencies, await find(params.id, clerk), clerk),
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/journeys/:id/decisions',
      summary: 'Decide about a stuck journey: try again, grant attempts, reject or close',
      audience: 'clerk',
      right: 'decide',
      action: 'decide',
      subject,
      idempotent: true,
      params: journeyId,
      body: commandBody.extend({
        ...reasonFields,
        decision: z.enum(singleDecisions),
        attempts: z.number().int().min(1).max(GRANTED_ATTEMPTS_PER_DAY).optional(),
      }),
      errors,
      responses,
      async handle({
        params,
        body: { revision, decision, attempts, reason, note },
        clerk,
        idempotencyKey,
        audit,
      }) {
        audit.reason = reason;
        if ((decision === 'grant-attempts') !== (attempts !== undefined)) {
          const code = attempts === undefined ? 'attempts_missing' : 'attempts_not_asked';
          throw new ApiError('invalid', { issues: [{ path: 'attempts', code }] });
        }
        const decided = { decision, reason, ...(attempts !== undefined && { attempts }) };
        if (!isReasonedDecision(decided)) throw unsuitableReason();
        await find(params.id, clerk);
        return await send(
          params.id,
          { clerk, idempotencyKey, revision },
          { command: 'decide', clerk: clerk.id, ...decided, ...(note !== undefined && { note }) },
        );
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/journeys/:id/proposals',
      summary: 'Propose what needs two clerks: to accept what was seen, or to correct how a name is written',
      audience: 'clerk',
      right: 'propose',
      action: 'propose',
      subject,
      idempotent: true,
      params: journeyId,
      body: proposal,
      errors,
      responses,
      async handle({ params, body: { revision, ...proposed }, clerk, idempotencyKey, audit, now }) {
        audit.reason = proposed.reason;
        const { journey } = await find(params.id, clerk);
        const by = { clerk, idempotencyKey, revision };
        const { reason, note } = proposed;
        const noted = note !== undefined && { note };
        const draft = { command: 'propose', clerk: clerk.id, ...noted } as const;
        if (proposed.decision === 'accept') {
          const { decision, acceptance, paperHash } = proposed;
          if (!isReasonFor(decision, reason)) throw unsuitableReason();
          return await send(journey.id, by, {
            ...{ ...draft, decision, reason, acceptance, paperHash },
            sealed: acceptanceOf(journey, proposed, now),
          });
        }
        if (!isReasonFor(proposed.decision, reason)) throw unsuitableReason();
        const person = await personOf(store, store.knex, journey);
        const read = readName(proposed.name);
        if (!read.ok) throw new ApiError('invalid', { issues: [{ path: 'name', code: read.code }] });
        // A correction is of the written form; another name would be another person.
        if (!person || !isOtherWritingOf(person.name, read.name))
          throw new ApiError('invalid', { issues: [{ path: 'name', code: 'name_of_another' }] });
        return await send(journey.id, by, {
          ...{ ...draft, decision: 'correct-name' as const, reason },
          sealed: { kind: 'name', name: read.name },
        });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/journeys/:id/proposals/:proposal/review',
      summary: 'Approve or decline what another clerk proposed; only whom the system picked',
      audience: 'clerk',
      right: 'review',
      action: 'review',
      reauthenticated: true,
      subject,
      idempotent: true,
      params: journeyId.extend({ proposal: sha256 }),
      body: commandBody.extend({ ...reasonFields, verdict: z.enum(verdicts) }),
      errors,
      responses,
      async handle({ params, body: { revision, verdict, reason, note }, clerk, idempotencyKey, audit }) {
        audit.reason = reason;
        const given = { verdict, reason };
        if (!isReasonedVerdict(given)) throw unsuitableReason();
        await find(params.id, clerk);
        const { proposal: reviewed } = params;
        return await send(
          params.id,
          { clerk, idempotencyKey, revision },
          {
            ...{ command: 'review', clerk: clerk.id, proposal: reviewed, ...given },
            ...(note !== undefined && { note }),
          },
        );
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/journeys/:id/proposals/:proposal/withdrawal',
      summary: 'Take back what one proposed oneself, as long as nobody has reviewed it',
      audience: 'clerk',
      right: 'propose',
      action: 'withdraw-proposal',
      subject,
      idempotent: true,
      params: journeyId.extend({ proposal: sha256 }),
      body: commandBody,
      errors,
      responses,
      async handle({ params, body: { revision }, clerk, idempotencyKey }) {
        await find(params.id, clerk);
        return await send(
          params.id,
          { clerk, idempotencyKey, revision },
          { command: 'withdraw', clerk: clerk.id, proposal: params.proposal },
        );
      },
    }),
  ];
}
