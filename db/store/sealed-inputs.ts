import { SEALED_INPUT_RETENTION_MS } from '../../domain/limits';
import type { SealedInput, SealedInputKind, SealedInputOf } from '../../domain/sealed-inputs';
import type { Db, Store } from './store';

/**
 * Seals an input under a key of its own, until the journey takes it. The id is that of the command: the same command again keeps the
 * first.
 */
export async function sealInput(store: Store, id: string, input: SealedInput, now: Date): Promise<void> {
  if (await store.knex('sealed_inputs').where({ id }).first('id')) return;
  try {
    await store.knex.transaction(async (db) => {
      const owner = `input:${id}`;
      const key = await store.dataKeys.create(db, owner);
      await db('sealed_inputs').insert({
        id,
        content: store.encryption.seal(key, owner, input),
        expires_at: new Date(now.getTime() + SEALED_INPUT_RETENTION_MS),
      });
    });
  } catch (error) {
    // The same command, at the same time: it was quicker by another way.
    if ((error as { code?: string }).code !== 'ER_DUP_ENTRY') throw error;
  }
}

/** Opens an input. @returns undefined if it was taken, is too old to be taken, or is of another kind */
export async function openInput<K extends SealedInputKind>(
  store: Store,
  db: Db,
  { id, kind }: { id: string; kind: K },
  now: Date,
): Promise<SealedInputOf<K> | undefined> {
  const row = await db('sealed_inputs').where({ id }).first();
  if (!row || row.expires_at <= now) return undefined;
  const owner = `input:${id}`;
  const key = await store.dataKeys.find(db, owner);
  const input = key && store.encryption.open<SealedInput>(key, owner, row.content);
  return input && isOfKind(input, kind) ? input : undefined;
}

function isOfKind<K extends SealedInputKind>(input: SealedInput, kind: K): input is SealedInputOf<K> {
  return input.kind === kind;
}

/** Removes an input, and its key. */
export async function dropInput(store: Store, db: Db, id: string): Promise<void> {
  await db('sealed_inputs').where({ id }).delete();
  await store.dataKeys.drop(db, [`input:${id}`]);
}
