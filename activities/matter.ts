import { Context } from '@temporalio/activity';
import { acknowledge, nextDelivery, noteTry, stopCallbacks } from '../db/matters/deliveries';
import { reevaluateMatter } from '../db/matters/matters';
import { deleteNotification } from '../db/matters/notifications';
import type { MatterStatus } from '../db/matters/matters';
import { nextTryAt } from '../domain/deliveries';
import { CallbackError } from '../registry/callback';
import type { Dependencies } from './dependencies';
import { failure } from './failures';

export type { MatterStatus } from '../db/matters/matters';

/** The database work of a matter. Each activity may be repeated. */
export interface MatterRecords {
  /** Draws the consequences of what has happened. @returns undefined if there is no such matter */
  reevaluateMatter(p: { matter: string }): Promise<MatterStatus | undefined>;
  /** Deletes a notification that could not be sent, so that nobody tries it again. */
  abandonNotification(p: { matter: string; message: string }): Promise<void>;
}

export interface CallbackActivities {
  /**
   * Delivers the oldest event that the registration system has not acknowledged. Temporal repeats it until it is acknowledged. If the
   * registration system answers that it wants no more, the callbacks of this matter stop.
   */
  deliver(p: { matter: string }): Promise<void>;
}

export function createMatterRecords({ store, sealing, logger, now }: Dependencies): MatterRecords {
  return {
    async reevaluateMatter({ matter }) {
      const status = await reevaluateMatter(store, matter, now());
      if (status?.doubt) logger.error('evidence_doubtful', { matter, ...status.doubt });
      const isWithoutStamps = status?.evidence === 'unstamped' && !sealing.timeStamper;
      return isWithoutStamps ? { ...status, evidence: undefined } : status;
    },
    async abandonNotification({ matter, message }) {
      await deleteNotification(store.knex, matter, message);
      logger.warn('notification_abandoned', { matter });
    },
  };
}

export function createCallbackActivities({
  store,
  registries,
  callbacks,
  acknowledged,
  logger,
  now,
}: Dependencies): CallbackActivities {
  return {
    async deliver({ matter }) {
      const next = await nextDelivery(store.knex, matter);
      if (!next) return;
      const registry = registries.byId(next.registry);
      // Operators see the delivery waiting until the registration system is in the configuration again.
      if (!registry) throw failure('registry_unknown');
      try {
        await callbacks.deliver(registry.callbackUrl, { ...next.delivery });
      } catch (error) {
        if (!(error instanceof CallbackError)) throw error;
        const { code: outcome, status, retry } = error;
        const nextAt = retry === 'later' ? nextTryAt(Context.current().info.attempt, now()) : undefined;
        await noteTry(store.knex, next.delivery.deliveryId, { outcome, status, nextAt }, now());
        if (retry === 'later') throw failure(outcome);
        await stopCallbacks(store, matter, now());
        logger.warn('callbacks_stopped', { matter, registry: registry.id });
        return;
      }
      await noteTry(store.knex, next.delivery.deliveryId, { outcome: 'acknowledged', status: 200 }, now());
      const { deliveryId, event, occurredAt } = next.delivery;
      const at = now();
      if (await acknowledge(store.knex, deliveryId, at))
        acknowledged(event, (at.getTime() - Date.parse(occurredAt)) / 1000);
    },
  };
}
