import { claim, rejectionOfClaim, releaseClaim } from '../../db/decisions/claims';
import { noteTry, settleItem, waitingItems } from '../../db/decisions/batches';
import { findDecision } from '../../db/decisions/decisions';
import type { BatchItemRow, BatchRow } from '../../db/tables';
import type { Clerk } from '../../db/clerks/clerks';
import { isReasonedDecision } from '../../domain/reasons';
import type { ReasonedDecision } from '../../domain/reasons';
import type { ApiDependencies } from '../dependencies';
import { asApiError } from '../errors';
import type { ErrorCode } from '../errors';
import { commandIdOf, errorOfDecision, sendCommand } from '../journeys/send-command';
import type { CommandDraft, CommandSender } from '../journeys/send-command';
import { foundJourney } from './found-journey';

/** What became of an item: `done`, or why not. */
type Result = 'done' | ErrorCode;

// What passes by itself: what became of the item is not known yet, or it can still be done. It goes on waiting.
const passing: readonly Result[] = ['busy', 'temporarily_unavailable', 'internal'];

/** Carries out the next items of a batch, all at once, as the clerk would one by one. */
export async function runBatch(
  dependencies: ApiDependencies,
  batch: BatchRow,
  { clerk, requestId }: { clerk: Clerk; requestId: string },
): Promise<void> {
  const { store, now } = dependencies;
  const decided = decidedIn(batch);
  const items = await waitingItems(store.knex, batch.id);
  await Promise.all(
    items.map(async (item) => {
      const result = await resultOf(dependencies, { item, decided, clerk });
      const note = passing.includes(result) ? noteTry : settleItem;
      await note(store.knex, item, { clerk: clerk.id, reason: batch.reason, result, requestId }, now());
    }),
  );
}

/** What was checked when the batch was made. */
function decidedIn({ decision, reason, attempts }: BatchRow): ReasonedDecision {
  const decided = { decision, reason, ...(attempts !== null && { attempts }) };
  if (!isReasonedDecision(decided)) throw new Error('A batch without a decision that can be taken.');
  return decided;
}

/** Whatever refuses a try: if an earlier one was carried out, also in the meantime, the item is done. */
async function resultOf(
  dependencies: ApiDependencies,
  { item, decided, clerk }: { item: BatchItemRow; decided: ReasonedDecision; clerk: Clerk },
): Promise<Result> {
  const { store, pseudonyms } = dependencies;
  const { journey_id: journey, revision, batch_id: batch } = item;
  const sender = { account: clerk.id, idempotencyKey: `batch ${batch}`, expectedRevision: revision };
  const draft = { command: 'decide', clerk: clerk.id, ...decided } as const;
  const isDone = async () =>
    (await findDecision(store.knex, commandIdOf(pseudonyms, journey, sender, draft))) !== undefined;
  try {
    if (await isDone()) return 'done';
    const result = await carryOut(dependencies, { journey, sender, draft, clerk });
    return result === 'done' || (await isDone()) ? 'done' : result;
  } catch (error) {
    const { code } = asApiError(error);
    return (await isDone()) ? 'done' : code;
  }
}

/** The command of an item has the same id whenever it is tried, so that nothing is done twice. */
async function carryOut(
  dependencies: ApiDependencies,
  {
    journey,
    sender,
    draft,
    clerk,
  }: { journey: string; sender: CommandSender; draft: CommandDraft; clerk: Clerk },
): Promise<Result> {
  const { store, now } = dependencies;
  const { knex } = store;
  await foundJourney(knex, journey, clerk);
  // The clerk may have it open in another tab, which keeps its claim.
  const isOwn = (await rejectionOfClaim(knex, journey, clerk.id, now())) === undefined;
  const { rejected } = await claim(knex, journey, clerk.id, now(), ({ reviewer }) => reviewer === null);
  if (rejected) return rejected;
  const outcome = await sendCommand(dependencies, journey, sender, draft);
  const error = errorOfDecision(outcome);
  if (!error) return outcome.outcome === 'done' ? 'done' : 'temporarily_unavailable';
  if (!isOwn) await releaseClaim(knex, journey, clerk.id, now());
  return error;
}
