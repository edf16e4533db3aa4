import { randomUUID } from 'node:crypto';
import { TRIES_KEPT } from '../../domain/deliveries';
import type { DeliveryOutcome, DeliveryState } from '../../domain/deliveries';
import type { EvidenceKind } from '../../domain/decisions';
import type { FlagKind } from '../../domain/flags';
import { isOwnDoing } from '../../domain/matter-states';
import type { MatterEvent } from '../../domain/matter-states';
import type { ConfirmationRejection } from '../../domain/refusals';
import type { Role } from '../../domain/roles';
import type { Db, Store } from '../store/store';
import type { MatterRow } from '../tables';
import { lockMatter } from './locks';

/** Body of an event, in a callback and in the feed: the registration system's own references and codes, nothing of a person. */
export interface Delivery {
  deliveryId: string;
  event: MatterEvent;
  occurredAt: string;
  matter: { externalId: string; version: number };
  /**
   * Whose confirmation, for events about one; who asks, for a re-issue; who has not confirmed yet, for invitations and reminders; whose name differs;
   * whose confirmation was flagged, for a matter that is confirmed: a reviewer has then cleared what was severe.
   */
  persons?: { reference: string; roles: Role[]; flags?: FlagKind[] }[];
  /** What was flagged in a confirmation (domain/flags.ts). */
  flags?: FlagKind[];
  reason?: ConfirmationRejection;
  /** The number of the evidence, which the person was shown too. */
  evidence?: string;
  /** By face, or by what two clerks accepted in its place. */
  evidenceKind?: EvidenceKind;
  /** Until when its portrait can be fetched; there only where the person has consented to its archiving. */
  portraitUntil?: string;
}

type MatterOfEvent = Pick<MatterRow, 'id' | 'registry' | 'external_id' | 'version' | 'callbacks_stopped_at'>;

/**
 * Notes what must be told, in the transaction that makes it true.
 * @param matter locked
 */
export async function addDelivery(
  db: Db,
  matter: MatterOfEvent,
  about: Omit<Delivery, 'deliveryId' | 'occurredAt' | 'matter'>,
  now: Date,
): Promise<void> {
  const body: Delivery = {
    deliveryId: randomUUID(),
    occurredAt: now.toISOString(),
    matter: { externalId: matter.external_id, version: matter.version },
    ...about,
  };
  await db('deliveries').insert({
    id: body.deliveryId,
    registry: matter.registry,
    matter_id: matter.id,
    event: body.event,
    body: JSON.stringify(body),
    state: isOwnDoing(body.event) ? 'feed-only' : matter.callbacks_stopped_at ? 'stopped' : 'waiting',
    created_at: now,
  });
}

/** The oldest of a matter that was not acknowledged, and to which registration system it goes. */
export async function nextDelivery(
  db: Db,
  matter: string,
): Promise<{ registry: string; delivery: Delivery } | undefined> {
  const row = await db('deliveries AS d')
    .join('matters AS m', 'm.id', 'd.matter_id')
    .where({ 'd.matter_id': matter, 'd.state': 'waiting' })
    .orderBy('d.sequence')
    .first({ registry: 'm.registry', body: 'd.body' });
  return row && { registry: row.registry, delivery: JSON.parse(row.body) as Delivery };
}

/** @returns false if it was acknowledged before or stopped */
export async function acknowledge(db: Db, deliveryId: string, now: Date): Promise<boolean> {
  const changed = await db('deliveries')
    .where({ id: deliveryId, state: 'waiting' })
    .update({ state: 'acknowledged', acknowledged_at: now });
  return changed > 0;
}

/** What one try to deliver led to. */
interface DeliveryTry {
  outcome: DeliveryOutcome;
  /** HTTP status of the response, if there was one. */
  status?: number;
  /** When it is tried again; undefined if it is not. */
  nextAt?: Date;
}

/** Notes a try, for clerks; only the last ones of a delivery are kept. */
export async function noteTry(
  db: Db,
  deliveryId: string,
  { outcome, status, nextAt }: DeliveryTry,
  now: Date,
): Promise<void> {
  await db('delivery_tries').insert({
    ...{ delivery_id: deliveryId, tried_at: now, outcome, status: status ?? null, next_at: nextAt ?? null },
  });
  const [oldest] = await db('delivery_tries')
    .where({ delivery_id: deliveryId })
    .orderBy('id', 'desc')
    .offset(TRIES_KEPT - 1)
    .limit(1)
    .select('id');
  if (oldest)
    await db('delivery_tries').where({ delivery_id: deliveryId }).where('id', '<', oldest.id).delete();
}

/** An event of a matter, as clerks see it, with its last tries, newest first. */
export interface DeliveryView {
  id: string;
  event: MatterEvent;
  state: DeliveryState;
  createdAt: Date;
  acknowledgedAt: Date | null;
  /** As the registration system knows them: whom the event is about. */
  references: string[];
  tries: (DeliveryTry & { at: Date })[];
}

const MOST_SHOWN = 100;

/** The newest events of a matter. */
export async function listDeliveries(db: Db, matter: string): Promise<DeliveryView[]> {
  const rows = await db('deliveries')
    .where({ matter_id: matter })
    .orderBy('sequence', 'desc')
    .limit(MOST_SHOWN)
    .select('id', 'event', 'state', 'body', 'created_at', 'acknowledged_at');
  const tries = await db('delivery_tries')
    .whereIn(
      'delivery_id',
      rows.map(({ id }) => id),
    )
    .orderBy('id', 'desc');
  return rows.map(({ id, event, state, body, created_at: createdAt, acknowledged_at: acknowledgedAt }) => ({
    ...{ id, event, state, createdAt, acknowledgedAt },
    references: ((JSON.parse(body) as Delivery).persons ?? []).map(({ reference }) => reference),
    tries: tries
      .filter((one) => one.delivery_id === id)
      .map(({ outcome, status, tried_at: at, next_at: nextAt }) => ({
        ...{ at, outcome },
        ...(status !== null && { status }),
        ...(nextAt && { nextAt }),
      })),
  }));
}

/** The registration system wants no more callbacks about a matter: those that wait and those to come are not sent. */
export async function stopCallbacks(store: Store, id: string, now: Date): Promise<void> {
  await store.knex.transaction(async (db) => {
    if (!(await lockMatter(db, id))) return;
    await db('matters').where({ id }).update({ callbacks_stopped_at: now });
    await db('deliveries').where({ matter_id: id, state: 'waiting' }).update({ state: 'stopped' });
  });
}
