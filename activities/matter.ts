import { acknowledge, nextDelivery } from '../db/matters/deliveries';
import { reevaluateMatter } from '../db/matters/matters';
import { deleteNotification } from '../db/matters/notifications';
import type { MatterStatus } from '../db/matters/matters';
import { CallbackError } from '../registry/callback';
import type { Dependencies } from './dependencies';
import { failure } from './failures';

export type { MatterStatus } from '../db/matters/matters';

/** What a matter reads and writes in the database. Every one may be repeated. */
export interface MatterRecords {
  /** Draws the consequences of what has happened. Undefined if there is no such matter. */
  reevaluateMatter(p: { matter: string }): Promise<MatterStatus | undefined>;
  /** A message that could not be sent for as long as it is tried is not tried again. */
  abandonNotification(p: { matter: string; message: string }): Promise<void>;
}

export interface CallbackActivities {
  /** Tells the registration system the oldest thing it does not know yet. To be repeated until acknowledged. */
  deliver(p: { matter: string }): Promise<void>;
}

export function createMatterRecords({ store, logger, now }: Dependencies): MatterRecords {
  return {
    async reevaluateMatter({ matter }) {
      const status = await reevaluateMatter(store, matter, now());
      if (status?.doubt) logger.error('evidence_doubtful', { matter, ...status.doubt });
      return status;
    },
    async abandonNotification({ matter, message }) {
      await deleteNotification(store.knex, matter, message);
      logger.warn('message_given_up', { matter });
    },
  };
}

export function createCallbackActivities({
  store,
  registries,
  callbacks,
  now,
}: Dependencies): CallbackActivities {
  return {
    async deliver({ matter }) {
      const next = await nextDelivery(store.knex, matter);
      if (!next) return;
      const registry = registries.byId(next.registry);
      // It may be put back into the configuration: until then the operators see it waiting.
      if (!registry) throw failure('registry_unknown');
      try {
        await callbacks.deliver(registry.callbackUrl, { ...next.delivery });
      } catch (error) {
        throw error instanceof CallbackError ? failure(error.code) : error;
      }
      await acknowledge(store.knex, next.delivery.deliveryId, now());
    },
  };
}
