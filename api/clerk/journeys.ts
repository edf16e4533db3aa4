import { z } from 'zod';
import type { Clerk } from '../../db/clerks/clerks';
import { personOf } from '../../db/journeys/journeys';
import type { JourneyRow } from '../../db/tables';
import { rejectionOfClaim } from '../../db/decisions/claims';
import { findDecision } from '../../db/decisions/decisions';
import { findForClerks } from '../../db/decisions/worklist';
import { acceptanceKinds, phoneAfter, singleDecisions, verdicts } from '../../domain/decisions';
import type { AcceptanceKind } from '../../domain/decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from '../../domain/limits';
import { isOtherWritingOf, readName } from '../../domain/names';
import type { ClerkCommand } from '../../domain/steps';
import { readWindowCode, showsWindowCode } from '../../domain/window-codes';
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
import { foundJourney } from './found-journey';
import { clerkJourneyView, presentJourneyForClerk } from './journey-view';

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
    decision: z.literal('accept'),
    acceptance: z.enum(acceptanceKinds),
    paperHash: sha256.describe(
      'SHA-256 of the scanned paper: the document seen; at a matter, what was signed',
    ),
    windowCode: z
      .string()
      .max(40)
      .optional()
      .describe('what the person’s phone shows; needed for `on-site` before the to-dos, and nowhere else'),
  }),
  commandBody.extend({ decision: z.literal('correct-name'), name: z.string().max(400) }),
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
    const rejected = isRepeated
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
      checkClaim(journey, clerk, draft, draft.command === 'review' ? draft.proposal : command),
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
        decision: z.enum(singleDecisions),
        attempts: z.number().int().min(1).max(GRANTED_ATTEMPTS_PER_DAY).optional(),
      }),
      errors,
      responses,
      async handle({ params, body: { revision, decision, attempts }, clerk, idempotencyKey }) {
        if ((decision === 'grant-attempts') !== (attempts !== undefined)) {
          const code = attempts === undefined ? 'attempts_missing' : 'attempts_not_asked';
          throw new ApiError('invalid', { issues: [{ path: 'attempts', code }] });
        }
        await find(params.id, clerk);
        return await send(
          params.id,
          { clerk, idempotencyKey, revision },
          { command: 'decide', clerk: clerk.id, decision, ...(attempts !== undefined && { attempts }) },
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
      async handle({ params, body: { revision, ...proposed }, clerk, idempotencyKey }) {
        const { journey } = await find(params.id, clerk);
        const by = { clerk, idempotencyKey, revision };
        const draft = { command: 'propose', clerk: clerk.id } as const;
        if (proposed.decision === 'accept') {
          const { decision, acceptance, paperHash } = proposed;
          const code = windowCodeOf({ ...proposed, journey });
          return await send(journey.id, by, {
            ...{ ...draft, decision, acceptance, paperHash },
            ...(code !== undefined && { sealed: { kind: 'window-code', code } }),
          });
        }
        const person = await personOf(store, store.knex, journey);
        const read = readName(proposed.name);
        if (!read.ok) throw new ApiError('invalid', { issues: [{ path: 'name', code: read.code }] });
        // A correction is of the written form; another name would be another person.
        if (!person || !isOtherWritingOf(person.name, read.name))
          throw new ApiError('invalid', { issues: [{ path: 'name', code: 'name_of_another' }] });
        return await send(journey.id, by, {
          ...{ ...draft, decision: 'correct-name' as const },
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
      body: commandBody.extend({ verdict: z.enum(verdicts) }),
      errors,
      responses,
      async handle({ params, body: { revision, verdict }, clerk, idempotencyKey }) {
        await find(params.id, clerk);
        return await send(
          params.id,
          { clerk, idempotencyKey, revision },
          { command: 'review', clerk: clerk.id, proposal: params.proposal, verdict },
        );
      },
    }),
  ];
}

/** The code that a clerk has to type; undefined where none is asked for. @throws ApiError where it is missing, malformed or out of place */
function windowCodeOf({
  journey,
  acceptance,
  windowCode: typed,
}: {
  journey: JourneyRow;
  acceptance: AcceptanceKind;
  windowCode?: string;
}): string | undefined {
  const { stuck_cause: cause, to_do_id: toDo } = journey;
  const isNeeded = phoneAfter(acceptance) === 'proven' && showsWindowCode({ cause, toDo });
  if (!isNeeded && typed === undefined) return undefined;
  const code = typed === undefined ? undefined : readWindowCode(typed);
  if (isNeeded && code !== undefined) return code;
  const defect = isNeeded
    ? typed === undefined
      ? 'window_code_missing'
      : 'window_code_malformed'
    : 'window_code_not_asked';
  throw new ApiError('invalid', { issues: [{ path: 'windowCode', code: defect }] });
}
