import type { Knex } from 'knex';
import type { Store } from './store';

/** How many rows of each kind were deleted, or emptied. */
export interface Swept {
  sealedInputs: number;
  sessions: number;
  portraits: number;
  windowCodes: number;
  nonces: number;
  rateLimits: number;
}

// So many at a time, so that nobody waits for the locks of a large deletion.
const AT_ONCE = 500;

/**
 * Deletes what must not be kept any longer, and first the keys that made it readable. Of a portrait its hash stays, which
 * is what evidence names.
 */
export async function sweep(store: Store, now: Date): Promise<Swept> {
  const { knex } = store;
  return {
    sealedInputs: await sweepSealed(store, 'input', knex('sealed_inputs').where('expires_at', '<=', now)),
    sessions:
      (await sweepSealed(store, 'session', knex('sessions').where('ends_at', '<=', now))) +
      (await knex('clerk_sessions').where('ends_at', '<=', now).delete()),
    portraits: await sweepPortraits(store, now),
    windowCodes: await knex('window_codes').where('expires_at', '<=', now).delete(),
    nonces: await knex('nonces').where('expires_at', '<=', now).delete(),
    rateLimits: await knex('rate_limits').where('expire', '<=', now.getTime()).delete(),
  };
}

/** @param query the rows, by `id`; their keys belong to `<kind>:<id>` */
async function sweepSealed(store: Store, kind: string, query: Knex.QueryBuilder): Promise<number> {
  let swept = 0;
  for (;;) {
    const rows: { id: string }[] = await query.clone().limit(AT_ONCE).select('id');
    const ids = rows.map(({ id }) => id);
    await store.knex.transaction(async (on) => {
      await store.dataKeys.drop(
        on,
        ids.map((id) => `${kind}:${id}`),
      );
      await query.clone().transacting(on).whereIn('id', ids).delete();
    });
    swept += ids.length;
    if (ids.length < AT_ONCE) return swept;
  }
}

async function sweepPortraits(store: Store, now: Date): Promise<number> {
  let swept = 0;
  for (;;) {
    const rows: { attempt_id: string }[] = await store
      .knex('portraits')
      .where('expires_at', '<=', now)
      .where('image', '<>', '')
      .limit(AT_ONCE)
      .select('attempt_id');
    const ids = rows.map(({ attempt_id }) => attempt_id);
    await store.knex.transaction(async (on) => {
      await store.dataKeys.drop(
        on,
        ids.map((id) => `portrait:${id}`),
      );
      await on('portraits').whereIn('attempt_id', ids).update({ image: '' });
    });
    swept += ids.length;
    if (ids.length < AT_ONCE) return swept;
  }
}
