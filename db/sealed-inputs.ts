import { SEALED_INPUT_KEPT_MS } from '../domain/limits';
import type { Store } from './store';

/**
 * Seals what a person gave, under a key of its own, until the journey takes it. The id is that of the command: the same tap
 * again keeps the first.
 */
export async function sealInput(store: Store, id: string, content: object, now: Date): Promise<void> {
  await store.knex.transaction(async (on) => {
    const owner = `input:${id}`;
    if (await on('sealed_inputs').where({ id }).forUpdate().first('id')) return;
    const key = await store.dataKeys.create(on, owner);
    await on('sealed_inputs').insert({
      id,
      content: store.encryption.seal(key, owner, content),
      expires_at: new Date(now.getTime() + SEALED_INPUT_KEPT_MS),
    });
  });
}
