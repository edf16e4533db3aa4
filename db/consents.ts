import { randomUUID } from 'node:crypto';
import type { Queries, Store } from './store';

/** To which text, at which version, a person has agreed. */
export interface GivenConsent {
  kind: string;
  version: string;
  textHash: string;
}

export interface Consent {
  kind: string;
  version: string;
  given_at: Date;
  withdrawn_at: Date | null;
}

/** Notes consents with the command that brought them. The same tap notes them once. */
export async function giveConsents(
  on: Queries,
  { journey, personKey, command }: { journey: string; personKey: string; command: string },
  consents: readonly GivenConsent[],
  now: Date,
): Promise<void> {
  if (consents.length === 0) return;
  await on('consents')
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
      })),
    )
    .onConflict()
    .ignore();
}

/** What was agreed to in a journey, newest first. */
export async function listConsents(on: Queries, journey: string): Promise<Consent[]> {
  return await on('consents')
    .where({ journey_id: journey })
    .orderBy('given_at', 'desc')
    .orderBy('kind')
    .select<Consent[]>('kind', 'version', 'given_at', 'withdrawn_at');
}

/**
 * Takes back what was agreed to in a journey, from now on (个人信息保护法 art. 15): what was done until then stays lawful, and what
 * was confirmed stays confirmed. Face pictures that were kept under a consent become unreadable at once.
 */
export async function withdrawConsent(
  store: Store,
  { journey, kind }: { journey: string; kind: string },
  now: Date,
): Promise<void> {
  await store.knex.transaction(async (on) => {
    await on('consents')
      .where({ journey_id: journey, kind, withdrawn_at: null })
      .update({ withdrawn_at: now });
    if (kind !== 'face-check') return;
    const kept: { attempt_id: string }[] = await on('portraits')
      .whereIn('attempt_id', on('attempts').where({ journey_id: journey }).select('id'))
      .select('attempt_id');
    const ids = kept.map(({ attempt_id }) => attempt_id);
    await store.dataKeys.drop(
      on,
      ids.map((id) => `portrait:${id}`),
    );
    await on('portraits').whereIn('attempt_id', ids).update({ image: '', expires_at: now });
  });
}
