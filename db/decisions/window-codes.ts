import { WINDOW_CODE_VALIDITY_MS, WINDOW_CODE_TRIES } from '../../domain/limits';
import { showsWindowCode, WINDOW_CODE_LENGTH } from '../../domain/window-codes';
import type { WindowCodeRejection } from '../../domain/window-codes';
import { isSecret } from '../../platform/secrets';
import { findJourney } from '../journeys/journeys';
import { openFrom, sealFor } from '../store/sealed-values';
import { spokenCode } from './spoken-codes';
import { noteCalled } from './stuck';
import type { Db, Store } from '../store/store';
import type { JourneyRow, WindowCodeRow } from '../tables';

/** The code that a phone shows: the same until it is over, then another. `session` holds the journey. */
export async function windowCodeFor(
  store: Store,
  { journey: id, session }: { journey: string; session: string },
  now: Date,
): Promise<{ code: string; expiresAt: Date } | { rejected: 'not_found' | 'not_allowed_now' }> {
  return await store.knex.transaction(async (db) => {
    const journey = await findJourney(db, id, 'locked');
    if (journey?.session_id !== session) return { rejected: 'not_found' as const };
    const owner = ownerOf(journey);
    const key = await store.dataKeys.find(db, owner);
    const { stuck_cause: cause, to_do_id: toDo } = journey;
    if (!key || !showsWindowCode({ cause, toDo })) return { rejected: 'not_allowed_now' as const };
    const known = await findCode(db, id);
    if (known && known.expires_at > now && known.tries < WINDOW_CODE_TRIES)
      return {
        code: openFrom<string>(store, key, owner, 'window-code', known.code),
        expiresAt: known.expires_at,
      };
    const code = spokenCode(WINDOW_CODE_LENGTH);
    const expiresAt = new Date(now.getTime() + WINDOW_CODE_VALIDITY_MS);
    const sealed = sealFor(store, key, owner, 'window-code', code);
    const row: WindowCodeRow = {
      journey_id: id,
      code: sealed,
      tries: 0,
      last_try: null,
      expires_at: expiresAt,
    };
    await db('window_codes').insert(row).onConflict().merge();
    await noteCalled(db, id, now);
    return { code, expiresAt };
  });
}

/**
 * Whether a clerk typed the code that the phone of a journey shows. The right one is used up by that; a wrong one counts, once for each
 * command. To be called under the lock of the journey.
 * @param typed `code` is undefined where none was sent, or it came too late; `command` is the one that brought it
 * @returns undefined if it is right
 */
export async function rejectionOfWindowCode(
  store: Store,
  db: Db,
  { journey, command, code }: { journey: JourneyRow; command: string; code?: string },
  now: Date,
): Promise<WindowCodeRejection | 'input_expired' | undefined> {
  const issued = await findCode(db, journey.id);
  const owner = ownerOf(journey);
  const key = await store.dataKeys.find(db, owner);
  if (!issued || !key || issued.expires_at <= now) return 'window_code_expired';
  const rejectionAfter = (tries: number) =>
    tries < WINDOW_CODE_TRIES ? 'window_code_wrong' : 'window_code_used_up';
  if (issued.last_try === command || issued.tries >= WINDOW_CODE_TRIES) return rejectionAfter(issued.tries);
  if (code === undefined) return 'input_expired';
  if (isSecret(code, openFrom<string>(store, key, owner, 'window-code', issued.code))) {
    await db('window_codes').where({ journey_id: journey.id }).delete();
    return undefined;
  }
  const tries = issued.tries + 1;
  await db('window_codes').where({ journey_id: journey.id }).update({ tries, last_try: command });
  return rejectionAfter(tries);
}

async function findCode(db: Db, journey: string): Promise<WindowCodeRow | undefined> {
  return await db('window_codes').where({ journey_id: journey }).first();
}

function ownerOf({ id }: JourneyRow): string {
  return `journey:${id}`;
}
