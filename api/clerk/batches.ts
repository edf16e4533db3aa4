import { z } from 'zod';
import type { Clerk } from '../../db/clerks/clerks';
import { createBatch, findBatch, itemsOf, listBatches } from '../../db/decisions/batches';
import { isClaimed } from '../../db/decisions/claims';
import { listWorklist } from '../../db/decisions/worklist';
import { WINDOW_SESSION } from '../../db/journeys/journeys';
import type { PlaceInWorklist } from '../../db/decisions/worklist';
import type { BatchRow, WorklistRow } from '../../db/tables';
import { MOST_IN_BATCH } from '../../domain/batches';
import { decisionsFor, singleDecisions } from '../../domain/decisions';
import { effectsOf } from '../../domain/effects';
import { GRANTED_ATTEMPTS_PER_DAY } from '../../domain/limits';
import { isReasonedDecision, reasonCodes } from '../../domain/reasons';
import { stepNames } from '../../domain/steps';
import { stuckCauses } from '../../domain/stuck';
import { JOURNEY_ID } from '../../platform/pseudonyms';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError, errorCodes } from '../errors';
import { runBatch } from './batch-run';
import { effects } from './journey-view';
import { unsuitableReason } from './reason-fields';
import { presentEntry, worklistEntry } from './worklist-entry';
import { readWorklistFilter, worklistFilter } from './worklist';

const time = z.iso.datetime();
const batchId = z.strictObject({ batch: z.string().regex(/^[0-9a-f]{64}$/) });
const revision = z.number().int().min(0).max(1_000_000_000);

/** Why an entry of the worklist is left out. */
const leftOut = z.enum(['claimed_by_other', 'proposal_pending', 'not_for_this_cause']);

const decided = {
  decision: z.enum(singleDecisions).describe('never one that needs two clerks'),
  reason: z.enum(reasonCodes),
  attempts: z.number().int().min(1).max(GRANTED_ATTEMPTS_PER_DAY).optional(),
};

const itemResult = z.union([z.literal('done'), z.enum(errorCodes)]);

const batchSummary = z.strictObject({
  id: z.string(),
  ...decided,
  madeAt: time,
  items: z.number().int(),
  waiting: z.number().int().describe('of these'),
});

const batchView = batchSummary
  .extend({
    items: z.array(
      z.strictObject({
        journey: z.string(),
        caseNumber: z.string().optional(),
        result: itemResult.optional().describe('or why it was refused; without, it waits'),
        settledAt: time.optional(),
        step: z.enum(stepNames).optional().describe('where the journey stands now'),
        cause: z.enum(stuckCauses).optional().describe('why it waits now'),
      }),
    ),
  })
  .meta({ id: 'DecisionBatch' });

const subject = ({ params }: { params: z.output<typeof batchId> }) => ({
  kind: 'batch' as const,
  id: params.batch,
});

/** What one clerk decides about many journeys at once. Each is decided about by a command of its own, under the rules of a single decision. */
export function batchRoutes(dependencies: ApiDependencies): Route[] {
  const { store, pseudonyms } = dependencies;

  const found = async (id: string, clerk: Clerk): Promise<BatchRow> => {
    const batch = await findBatch(store.knex, id, clerk.id);
    if (!batch) throw new ApiError('not_found');
    return batch;
  };

  const present = async (batch: BatchRow, { scope }: Clerk): Promise<z.input<typeof batchView>> => {
    const items = await itemsOf(store.knex, batch.id, scope);
    return {
      ...presentBatch(batch),
      waiting: items.filter(({ result }) => result === null).length,
      items: items.map(({ journey, ...item }) => ({
        journey: item.journey_id,
        ...(journey?.case_number && { caseNumber: journey.case_number }),
        ...(item.result !== null && { result: itemResult.parse(item.result) }),
        ...(item.settled_at && { settledAt: item.settled_at.toISOString() }),
        ...(journey && { step: journey.step }),
        ...(journey?.stuck_cause && { cause: journey.stuck_cause }),
      })),
    };
  };

  return [
    defineRoute({
      method: 'post',
      path: '/api/clerk/batch-previews',
      summary: `What a decision would do to each journey of a part of the worklist, the first ${MOST_IN_BATCH} of it; changes nothing`,
      audience: 'clerk',
      right: 'decide',
      action: 'preview-batch',
      body: z.strictObject({ filter: worklistFilter, decision: decided.decision }),
      responses: {
        200: {
          description: 'In the order of the worklist',
          schema: z.strictObject({
            entries: z.array(
              z.strictObject({
                entry: worklistEntry,
                revision: revision.describe('to be sent along with the batch'),
                effects: effects.optional().describe('what will be done, unless it is left out'),
                leftOut: leftOut.optional().describe('why it will not be done; without, it will'),
              }),
            ),
            more: z.boolean().describe('whether the list goes on'),
          }),
        },
      },
      async handle({ body: { filter, decision }, clerk, now }) {
        const asked = readWorklistFilter(filter, clerk, now);
        const rows = await allOf(asked, now);
        const listed = rows.slice(0, MOST_IN_BATCH);
        const ids = listed.map(({ journey_id: id }) => id);
        const journeys = await store
          .knex('journeys')
          .whereIn('id', ids)
          .select('id', 'revision', 'session_id');
        return {
          status: 200,
          body: {
            entries: listed.flatMap((row) => {
              const journey = journeys.find(({ id }) => id === row.journey_id);
              const why = whyLeftOut(row, { decision, clerk: clerk.id, now });
              const entry = presentEntry(row, clerk.id, now);
              if (!journey) return [];
              const hasPhone = journey.session_id !== WINDOW_SESSION;
              const at = { cause: row.cause, atToDo: row.to_do_id !== null, hasPhone };
              const then = why ? { leftOut: why } : { effects: effectsOf({ decision }, at) };
              return [{ entry, revision: journey.revision, ...then }];
            }),
            more: rows.length > MOST_IN_BATCH,
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/batches',
      summary: `Make a batch of ${MOST_IN_BATCH} journeys at most; nothing is decided before it is run`,
      audience: 'clerk',
      right: 'decide',
      action: 'make-batch',
      idempotent: true,
      body: z.strictObject({
        ...decided,
        items: z
          .array(z.strictObject({ journey: z.string().regex(JOURNEY_ID), revision }))
          .min(1)
          .max(MOST_IN_BATCH)
          .refine(
            (items) => new Set(items.map(({ journey }) => journey)).size === items.length,
            'journey_repeated',
          ),
      }),
      responses: { 201: { description: 'Made', schema: batchView } },
      async handle({ body: { items, ...said }, clerk, idempotencyKey, audit, now }) {
        if (!isReasonedDecision(said)) throw unsuitableReason();
        const content = JSON.stringify([said, items]);
        const id = pseudonyms.updateId(clerk.id, idempotencyKey, 'batch', content);
        await createBatch(store.knex, { id, clerk: clerk.id, ...said, items }, now);
        audit.subject = { kind: 'batch', id };
        return { status: 201, body: await present(await found(id, clerk), clerk) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/batches',
      summary: 'The own batches, the newest first',
      audience: 'clerk',
      right: 'decide',
      action: 'list-batches',
      responses: {
        200: {
          description: 'Of the last 30 days',
          schema: z.strictObject({ batches: z.array(batchSummary) }),
        },
      },
      async handle({ clerk }) {
        const batches = await listBatches(store.knex, clerk.id, 20);
        return {
          status: 200,
          body: {
            batches: batches.map((batch) => ({
              ...presentBatch(batch),
              ...{ items: batch.items, waiting: batch.waiting },
            })),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/clerk/batches/:batch',
      summary: 'An own batch, and what became of each item',
      audience: 'clerk',
      right: 'decide',
      action: 'show-batch',
      subject,
      params: batchId,
      responses: { 200: { description: 'The batch', schema: batchView } },
      async handle({ params, clerk }) {
        return { status: 200, body: await present(await found(params.batch, clerk), clerk) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/clerk/batches/:batch/run',
      summary: 'Carry out the next ten items of an own batch; to be repeated until none waits',
      audience: 'clerk',
      right: 'decide',
      action: 'run-batch',
      // The page asks by itself, once for every ten; each item is recorded as what the clerk decided.
      background: true,
      subject,
      params: batchId,
      body: z.strictObject({}),
      responses: { 200: { description: 'The batch after that', schema: batchView } },
      async handle({ params, clerk, requestId }) {
        const batch = await found(params.batch, clerk);
        await runBatch(dependencies, batch, { clerk, requestId });
        return { status: 200, body: await present(batch, clerk) };
      },
    }),
  ];

  /** The part of the worklist from its beginning, and one more than a batch holds. */
  async function allOf(asked: ReturnType<typeof readWorklistFilter>, now: Date): Promise<WorklistRow[]> {
    const rows: WorklistRow[] = [];
    let after: PlaceInWorklist | undefined;
    for (;;) {
      const page = await listWorklist(store.knex, { ...asked, after }, now);
      rows.push(...page);
      const last = page.at(-1);
      if (!last || rows.length > MOST_IN_BATCH) return rows;
      after = { priority: last.priority, since: last.since, journey: last.journey_id };
    }
  }
}

function presentBatch({ id, decision, reason, attempts, made_at: madeAt }: BatchRow) {
  return { id, decision, reason, ...(attempts !== null && { attempts }), madeAt: madeAt.toISOString() };
}

/** Why an entry would be refused; the same is checked again, under locks, when the batch is run. */
function whyLeftOut(
  row: WorklistRow,
  { decision, clerk, now }: { decision: (typeof singleDecisions)[number]; clerk: string; now: Date },
): z.infer<typeof leftOut> | undefined {
  if (!decisionsFor(row.cause).includes(decision)) return 'not_for_this_cause';
  if (row.reviewer !== null) return 'proposal_pending';
  return isClaimed(row, now) && row.claimed_by !== clerk ? 'claimed_by_other' : undefined;
}
