import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { Clerk } from '../../db/clerks/clerks';
import { personOf } from '../../db/journeys/journeys';
import type { WindowCodeInput } from '../../db/decisions/window-codes';
import { sealInput } from '../../db/store/sealed-inputs';
import { findForClerks } from '../../db/decisions/worklist';
import { mayServe } from '../../domain/clerks';
import {
  acceptanceKinds,
  decisionFailures,
  phoneAfter,
  singleDecisions,
  verdicts,
} from '../../domain/decisions';
import type { AcceptanceKind } from '../../domain/decisions';
import { GRANTED_ATTEMPTS_PER_DAY } from '../../domain/limits';
import { isOtherWritingOf, readName } from '../../domain/names';
import type { CommandPayload } from '../../domain/proven-command';
import type { ClerkCommand } from '../../domain/steps';
import { readWindowCode, showsWindowCode, windowCodeRejections } from '../../domain/window-codes';
import { defineRoute } from '../define-route';
import type { ApiResponse, Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';
import { journeyRejections } from '../journeys/responses';
import { journeyId, commandBody } from '../journeys/command-route';
import { clerkJourneyView, presentJourneyForClerk } from './journey-view';
import type { JourneyRow } from '../../db/tables';

// What the journey answers with where a decision was heard and could not be carried out.
const notCarriedOut = [...decisionFailures, 'input_expired', ...windowCodeRejections] as const;

// What a journey refuses is said without the person's view of it.
const errors = [...journeyRejections, ...notCarriedOut] as const;

const responses = {
  200: { description: 'Where the journey stands now', schema: clerkJourneyView },
  202: { description: 'Taken, and still being worked on; look again', schema: clerkJourneyView },
};

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
  const { store, journeys, pseudonyms, now: clock } = dependencies;

  /** A journey outside of the clerk's scope does not exist. */
  const find = async (id: string, { scope }: Clerk) => {
    const found = await findForClerks(store.knex, id);
    if (!found?.authorities.some((authority) => mayServe(scope, authority))) throw new ApiError('not_found');
    return found;
  };

  const view = async (id: string): Promise<ApiResponse> => {
    const found = await findForClerks(store.knex, id);
    if (!found) throw new ApiError('not_found');
    return { body: await presentJourneyForClerk(dependencies, found) };
  };

  /** Says to the journey what a clerk decided. @param sealed what must be sealed before */
  const send = async <C extends ClerkCommand>(
    command: C,
    request: { journey: string; clerk: Clerk; idempotencyKey: string; revision: number },
    { sealed, ...data }: Omit<CommandPayload<C>, 'clerk' | 'input'> & { sealed?: object },
  ): Promise<ApiResponse> => {
    const { journey, clerk, idempotencyKey, revision } = request;
    const body = canonicalize({ journey, data, sealed: sealed ?? null }) ?? '';
    const updateId = pseudonyms.updateId(clerk.id, idempotencyKey, command, body);
    if (sealed) await sealInput(store, updateId, sealed, clock());
    const payload = {
      ...data,
      ...(sealed && { input: updateId }),
      clerk: clerk.id,
      expectedRevision: revision,
    };
    const outcome = await journeys.send({
      journey,
      command,
      payload: payload as unknown as CommandPayload<C>,
      updateId,
    });
    switch (outcome.outcome) {
      case 'done': {
        const { step, codes } = outcome.view;
        const rejected = step === 'stuck' ? notCarriedOut.find((code) => codes.includes(code)) : undefined;
        if (rejected) throw new ApiError(rejected);
        return await view(journey);
      }
      case 'accepted':
        return { ...(await view(journey)), status: 202, headers: { 'Retry-After': '2' } };
      case 'rejected':
        throw new ApiError(outcome.rejection === 'session_replaced' ? 'not_found' : outcome.rejection);
      case 'closed':
        throw new ApiError('journey_closed');
      case 'unknown':
        throw new ApiError('temporarily_unavailable', { retryAfter: 2 });
    }
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
        return { body: await presentJourneyForClerk(dependencies, await find(params.id, clerk)) };
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
        const request = { journey: params.id, clerk, idempotencyKey, revision };
        return await send('decide', request, { decision, ...(attempts !== undefined && { attempts }) });
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
        const request = { journey: journey.id, clerk, idempotencyKey, revision };
        if (proposed.decision === 'accept') {
          const { decision, acceptance, paperHash } = proposed;
          const code = windowCodeOf({ ...proposed, journey });
          return await send('propose', request, {
            ...{ decision, acceptance, paperHash },
            ...(code !== undefined && { sealed: { kind: 'window-code', code } satisfies WindowCodeInput }),
          });
        }
        const person = await personOf(store, store.knex, journey);
        const read = readName(proposed.name);
        if (!read.ok) throw new ApiError('invalid', { issues: [{ path: 'name', code: read.code }] });
        // A correction is of the written form; another name would be another person.
        if (!person || !isOtherWritingOf(person.name, read.name))
          throw new ApiError('invalid', { issues: [{ path: 'name', code: 'name_of_another' }] });
        return await send('propose', request, {
          decision: 'correct-name',
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
      subject,
      idempotent: true,
      params: journeyId.extend({ proposal: sha256 }),
      body: commandBody.extend({ verdict: z.enum(verdicts) }),
      errors,
      responses,
      async handle({ params, body: { revision, verdict }, clerk, idempotencyKey }) {
        await find(params.id, clerk);
        const request = { journey: params.id, clerk, idempotencyKey, revision };
        return await send('review', request, { proposal: params.proposal, verdict });
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
