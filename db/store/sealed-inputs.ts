import { SEALED_INPUT_RETENTION_MS } from '../../domain/limits';
import type { Store } from './store';

/**
 * Seals what a person gave, under a key of its own, until the journey takes it. The id is that of the command: the same command
 * again keeps the first.
 */
export async function sealInput(store: Store, id: string, content: object, now: Date): Promise<void> {
  if (await store.knex('sealed_inputs').where({ id }).first('id')) return;
  try {
    await store.knex.transaction(async (db) => {
      const owner = `input:${id}`;
      const key = await store.dataKeys.create(db, owner);
      await db('sealed_inputs').insert({
        id,
        content: store.encryption.seal(key, owner, content),
        expires_at: new Date(now.getTime() + SEALED_INPUT_RETENTION_MS),
      });
    });
  } catch (error) {
    // The same command, at the same time: it was quicker by another way.
    if ((error as { code?: string }).code !== 'ER_DUP_ENTRY') throw error;
  }
}
