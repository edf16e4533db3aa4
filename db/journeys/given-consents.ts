import { randomUUID } from 'node:crypto';
import type { GivenConsent } from '../../domain/consents';
import type { Db } from '../store/store';

/**
 * Records consents with the command that brought them. The same command records them once.
 * @param given `toDo` where they are for a check of that matter only
 */
export async function giveConsents(
  db: Db,
  {
    journey,
    personKey,
    command,
    toDo,
  }: { journey: string; personKey: string; command: string; toDo?: string | null },
  consents: readonly GivenConsent[],
  now: Date,
): Promise<void> {
  if (consents.length === 0) return;
  await db('consents')
    .insert(
      consents.map(({ kind, version, textHash }) => ({
        id: randomUUID(),
        journey_id: journey,
        person_key: personKey,
        kind,
        version,
        text_hash: textHash,
        command,
        given_at: now,
        to_do_id: toDo ?? null,
      })),
    )
    .onConflict()
    .ignore();
}
