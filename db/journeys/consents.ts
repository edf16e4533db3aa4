import { checksUnder } from '../../domain/consents';
import type { ConsentKind } from '../../domain/consents';
import { refundChecks } from '../attempts/attempts';
import { dropPortraits } from '../attempts/portraits';
import { giveConsents } from './given-consents';
import type { GivenConsent } from '../../domain/consents';
import { findJourney } from './journeys';
import { dropInput } from '../store/sealed-inputs';
import type { Db, Store } from '../store/store';

export interface Consent {
  kind: ConsentKind;
  version: string;
  given_at: Date;
  withdrawn_at: Date | null;
}

/** The consents of a journey, newest first. */
export async function listConsents(db: Db, journey: string): Promise<Consent[]> {
  return await db('consents')
    .where({ journey_id: journey })
    .orderBy('given_at', 'desc')
    .orderBy('kind')
    .select('kind', 'version', 'given_at', 'withdrawn_at');
}

/**
 * The consent that holds when a check is repeated within a visit: given for this check in this visit, to this version, and not withdrawn.
 * @param check `toDo` where the check is for one matter; `since` is when the visit began
 */
export async function consentForRepeat(
  db: Db,
  check: {
    journey: string;
    kind: ConsentKind;
    version: string;
    toDo: string | null;
    since: Date;
  },
): Promise<Consent | undefined> {
  const { journey, kind, version, toDo, since } = check;
  return await db('consents')
    .where({ journey_id: journey, kind, version, to_do_id: toDo, withdrawn_at: null })
    .where('given_at', '>=', since)
    .orderBy('given_at', 'desc')
    .first('kind', 'version', 'given_at', 'withdrawn_at');
}

/** Notes the consent to the text on personal information under which a journey goes on. The same command notes it once. */
export async function renewConsent(
  store: Store,
  given: { journey: string; personKey: string; command: string },
  consent: GivenConsent,
  now: Date,
): Promise<void> {
  const { kind, version } = consent;
  await store.knex.transaction(async (db) => {
    await findJourney(db, given.journey, 'locked');
    await giveConsents(db, given, [consent], now);
    // A command that is repeated gives nothing back that was withdrawn since.
    const stands = db('consents').where({ command: given.command, kind, withdrawn_at: null });
    await db('journeys')
      .where({ id: given.journey })
      .whereExists(stands)
      .update({ consent_version: version });
  });
}

/**
 * Takes back what was agreed to in a journey, from now on (个人信息保护法 art. 15): what was done until then stays lawful, and what
 * was confirmed stays confirmed. Checks that are open under the consent end, at no cost; what was given for them, and face
 * pictures that were kept, become unreadable at once.
 */
export async function withdrawConsent(
  store: Store,
  { journey, kind }: { journey: string; kind: ConsentKind },
  now: Date,
): Promise<void> {
  await store.knex.transaction(async (db) => {
    await findJourney(db, journey, 'locked');
    await db('consents')
      .where({ journey_id: journey, kind, withdrawn_at: null })
      .update({ withdrawn_at: now });
    if (kind === 'personal-information')
      await db('journeys').where({ id: journey }).update({ consent_version: null });
    for (const command of await refundChecks(db, journey, checksUnder[kind], now))
      await dropInput(store, db, command);
    if (kind !== 'face-check') return;
    const kept: { attempt_id: string }[] = await db('portraits')
      .whereIn('attempt_id', db('attempts').where({ journey_id: journey }).select('id'))
      .select('attempt_id');
    const ids = kept.map(({ attempt_id }) => attempt_id);
    await dropPortraits(store, db, ids);
    await db('portraits').whereIn('attempt_id', ids).update({ expires_at: now });
  });
}
