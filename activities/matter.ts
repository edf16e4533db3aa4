import { ApplicationFailure } from '@temporalio/common';
import { acknowledge, nextDelivery } from '../db/deliveries';
import { reviewMatter } from '../db/matters';
import { dropMessage } from '../db/messages';
import type { MatterStanding } from '../db/matters';
import { CallbackError } from '../registry/callback';
import type { Dependencies } from './dependencies';

export type { MatterStanding } from '../db/matters';

/** What a matter reads and writes in the database. Every one may be repeated. */
export interface MatterRecords {
  /** Draws the consequences of what has happened. Undefined if there is no such matter. */
  review(p: { matter: string }): Promise<MatterStanding | undefined>;
  /** A message that could not be sent for as long as it is tried is not tried again. */
  giveUpMessage(p: { matter: string; message: string }): Promise<void>;
}

export interface CallbackActivities {
  /** Tells the registration system the oldest thing it does not know yet. To be repeated until acknowledged. */
  deliver(p: { matter: string }): Promise<void>;
}

export function createMatterRecords({
  store,
  logger,
  now,
}: Pick<Dependencies, 'store' | 'logger' | 'now'>): MatterRecords {
  return {
    async review({ matter }) {
      const standing = await reviewMatter(store, matter, now());
      if (standing?.doubt) logger.error('evidence_doubtful', { matter, ...standing.doubt });
      return standing;
    },
    async giveUpMessage({ matter, message }) {
      await dropMessage(store.knex, matter, message);
      logger.warn('message_given_up', { matter });
    },
  };
}

export function createCallbackActivities({
  store,
  registries,
  callbacks,
  now,
}: Pick<Dependencies, 'store' | 'registries' | 'callbacks' | 'now'>): CallbackActivities {
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

function failure(code: string): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: code });
}
