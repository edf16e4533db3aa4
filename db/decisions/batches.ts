import { BATCH_STEP } from '../../domain/batches';
import type { SingleDecision } from '../../domain/decisions';
import type { ReasonCode } from '../../domain/reasons';
import { recordAction } from '../clerks/actions';
import type { Db } from '../store/store';
import type { BatchItemRow, BatchRow, JourneyRow } from '../tables';
import { servedJourneys } from './worklist';

/** What one clerk decides about many journeys. */
export interface NewBatch {
  /** Names the request: the same one again makes no other. */
  id: string;
  clerk: string;
  decision: SingleDecision;
  reason: ReasonCode;
  attempts?: number;
  /** By journey, with its revision in the preview. */
  items: readonly { journey: string; revision: number }[];
}

export async function createBatch(
  db: Db,
  { id, clerk, items, ...decided }: NewBatch,
  now: Date,
): Promise<void> {
  if (await findBatch(db, id, clerk)) return;
  try {
    await db.transaction(async (within) => {
      const { decision, reason, attempts = null } = decided;
      await within('decision_batches').insert({
        id,
        clerk_id: clerk,
        decision,
        reason,
        attempts,
        made_at: now,
      });
      await within('decision_batch_items').insert(
        items.map(({ journey, revision }, position) => ({
          ...{ batch_id: id, position, journey_id: journey, revision },
        })),
      );
    });
  } catch (error) {
    // The same request at the same time has made it: the key waits for that transaction to end.
    if ((error as { code?: string }).code !== 'ER_DUP_ENTRY') throw error;
  }
}

/** A batch of this clerk: to others there is none. */
export async function findBatch(db: Db, id: string, clerk: string): Promise<BatchRow | undefined> {
  return await db('decision_batches').where({ id, clerk_id: clerk }).first();
}

/** An item, and where its journey stands now if the clerk may serve it. */
export interface BatchItem extends Pick<BatchItemRow, 'journey_id' | 'result' | 'settled_at'> {
  journey?: JourneyRow;
}

/** All items. Anybody may put any journey in a batch: one outside of the scope is shown like one that does not exist. */
export async function itemsOf(db: Db, batch: string, scope: readonly string[]): Promise<BatchItem[]> {
  const items = await db('decision_batch_items').where({ batch_id: batch }).orderBy('position');
  const rows = await db('journeys').whereIn(
    'id',
    items.map(({ journey_id: id }) => id),
  );
  const served = new Map((await servedJourneys(db, rows, scope)).map((row) => [row.id, row]));
  return items.map((item) => ({ ...item, journey: served.get(item.journey_id) }));
}

/** The next items that wait: those not tried yet, then those whose last try is the longest ago, so that none holds up the others. */
export async function waitingItems(db: Db, batch: string): Promise<BatchItemRow[]> {
  return await db('decision_batch_items')
    .where({ batch_id: batch })
    .whereNull('result')
    // NULL comes first.
    .orderBy([{ column: 'tried_at' }, { column: 'position' }])
    .limit(BATCH_STEP);
}

/** What a clerk did to an item, to be recorded. */
export interface ItemAction {
  clerk: string;
  reason: ReasonCode;
  /** `done`, the code of the refusal, or the code of a failure that may pass. */
  result: string;
  requestId: string;
}

type Item = Pick<BatchItemRow, 'batch_id' | 'journey_id'>;

/**
 * Notes that the outcome of a try is not known. The first one is recorded as what the clerk did: the journey may have gone on, and nobody
 * may ask for this item again.
 */
export async function noteTry(db: Db, item: Item, action: ItemAction, now: Date): Promise<void> {
  const { batch_id, journey_id } = item;
  await db.transaction(async (within) => {
    const waiting = await within('decision_batch_items')
      .where({ batch_id, journey_id })
      .whereNull('result')
      .forUpdate()
      .first('tried_at');
    if (!waiting) return;
    await within('decision_batch_items').where({ batch_id, journey_id }).update({ tried_at: now });
    if (!waiting.tried_at) await recordItem(within, journey_id, action, now);
  });
}

/** Notes what became of an item, and records it as what the clerk did, once. */
export async function settleItem(db: Db, item: Item, action: ItemAction, now: Date): Promise<void> {
  const { batch_id, journey_id } = item;
  await db.transaction(async (within) => {
    const settled = await within('decision_batch_items')
      .where({ batch_id, journey_id })
      .whereNull('result')
      .update({ result: action.result, settled_at: now });
    if (settled > 0) await recordItem(within, journey_id, action, now);
  });
}

async function recordItem(db: Db, journey: string, action: ItemAction, now: Date): Promise<void> {
  await recordAction(db, { ...action, action: 'decide', subject: { kind: 'journey', id: journey } }, now);
}

/** The newest batches of a clerk, with how many of their items wait. */
export async function listBatches(
  db: Db,
  clerk: string,
  most: number,
): Promise<(BatchRow & { items: number; waiting: number })[]> {
  const count = (name: string, condition: string) =>
    db.raw(
      `(SELECT COUNT(*) FROM decision_batch_items AS i
        WHERE i.batch_id = decision_batches.id AND ${condition}) AS ${name}`,
    );
  return await db('decision_batches')
    .where({ clerk_id: clerk })
    .orderBy('made_at', 'desc')
    .limit(most)
    .select<(BatchRow & { items: number; waiting: number })[]>(
      'decision_batches.*',
      count('items', 'TRUE'),
      count('waiting', 'i.result IS NULL'),
    );
}
