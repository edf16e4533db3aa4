import { randomUUID } from 'node:crypto';
import type { EvidenceKind } from '../../domain/decisions';
import type { FlagKind } from '../../domain/flags';
import type { MatterEvent } from '../../domain/matter-states';
import type { ConfirmationRejection } from '../../domain/refusals';
import type { Db } from '../store/store';

/** Body of a callback: the registration system's own references and codes, nothing of a person. */
export interface Delivery {
  deliveryId: string;
  event: MatterEvent;
  occurredAt: string;
  matter: { externalId: string; version: number };
  /**
   * Whose confirmation, for events about one; who asks, for a re-issue; who has not confirmed yet, for a reminder; whose confirmation was flagged, for
   * a matter that is confirmed: a reviewer has then cleared what was severe.
   */
  persons?: { reference: string; roles: string[]; flags?: FlagKind[] }[];
  /** What was flagged in a confirmation (domain/flags.ts). */
  flags?: FlagKind[];
  reason?: ConfirmationRejection;
  /** The number of the evidence, which the person was shown too. */
  evidence?: string;
  /** By face, or by what two clerks accepted in its place. */
  evidenceKind?: EvidenceKind;
}

/** Notes what must be told, in the transaction that makes it true. */
export async function addDelivery(
  db: Db,
  matter: { id: string; external_id: string; version: number },
  about: Pick<Delivery, 'event' | 'persons' | 'flags' | 'reason' | 'evidence' | 'evidenceKind'>,
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
    matter_id: matter.id,
    event: body.event,
    body: JSON.stringify(body),
    state: 'waiting',
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

export async function acknowledge(db: Db, deliveryId: string, now: Date): Promise<void> {
  await db('deliveries')
    .where({ id: deliveryId, state: 'waiting' })
    .update({ state: 'acknowledged', acknowledged_at: now });
}
