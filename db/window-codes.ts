import { WINDOW_CODE_GOOD_FOR_MS, WINDOW_CODE_TRIES } from '../domain/limits';
import { showsWindowCode, WINDOW_CODE_LENGTH } from '../domain/window-codes';
import type { WindowCodeRefusal } from '../domain/window-codes';
import { isSecret } from '../platform/secrets';
import { findJourney } from './journeys';
import type { JourneyRow } from './journeys';
import { dropInput, openFrom, openInput, sealFor } from './sealed-values';
import { spokenCode } from './spoken-codes';
import type { Queries, Store } from './store';

interface WindowCodeRow {
  journey_id: string;
  code: Buffer;
  tries: number;
  last_try: string | null;
  expires_at: Date;
}

/** What the api seals when a clerk types a code. */
export interface WindowCodeInput {
  kind: 'window-code';
  code: string;
}

/** The code that a phone shows: the same until it is over, then another. `session` holds the journey. */
export async function windowCodeFor(
  store: Store,
  { journey: id, session }: { journey: string; session: string },
  now: Date,
): Promise<{ code: string; expiresAt: Date } | { refused: 'not_found' | 'not_allowed_now' }> {
  return await store.knex.transaction(async (on) => {
    const journey = await findJourney(on, id, 'locked');
    if (journey?.session_id !== session) return { refused: 'not_found' as const };
    const owner = ownerOf(journey);
    const key = await store.dataKeys.find(on, owner);
    const { stuck_cause: cause, to_do_id: toDo } = journey;
    if (!key || !showsWindowCode({ cause, toDo })) return { refused: 'not_allowed_now' as const };
    const known = await findCode(on, id);
    if (known && known.expires_at > now && known.tries < WINDOW_CODE_TRIES)
      return {
        code: openFrom<string>(store, key, owner, 'window-code', known.code),
        expiresAt: known.expires_at,
      };
    const code = spokenCode(WINDOW_CODE_LENGTH);
    const expiresAt = new Date(now.getTime() + WINDOW_CODE_GOOD_FOR_MS);
    const sealed = sealFor(store, key, owner, 'window-code', code);
    const row: WindowCodeRow = {
      journey_id: id,
      code: sealed,
      tries: 0,
      last_try: null,
      expires_at: expiresAt,
    };
    await on('window_codes').insert(row).onConflict().merge();
    return { code, expiresAt };
  });
}

/**
 * Whether a clerk typed the code that the phone of a journey shows. The right one is used up by that; a wrong one counts, once for each
 * command. To be called under the lock of the journey.
 * @param typed `input` is the sealed code, `command` the one that brought it
 * @returns undefined if it is right
 */
export async function refusalOfWindowCode(
  store: Store,
  on: Queries,
  { journey, command, input }: { journey: JourneyRow; command: string; input?: string },
  now: Date,
): Promise<WindowCodeRefusal | 'input_expired' | undefined> {
  const shown = await findCode(on, journey.id);
  const owner = ownerOf(journey);
  const key = await store.dataKeys.find(on, owner);
  if (!shown || !key || shown.expires_at <= now) return 'window_code_expired';
  const refusalAfter = (tries: number) =>
    tries < WINDOW_CODE_TRIES ? 'window_code_wrong' : 'window_code_used_up';
  if (shown.last_try === command || shown.tries >= WINDOW_CODE_TRIES) return refusalAfter(shown.tries);
  if (input === undefined) return 'input_expired';
  const typed = await openInput<WindowCodeInput | { kind: string }>(store, on, input, now);
  if (!typed || !isWindowCode(typed)) return 'input_expired';
  await dropInput(store, on, input);
  if (isSecret(typed.code, openFrom<string>(store, key, owner, 'window-code', shown.code))) {
    await on('window_codes').where({ journey_id: journey.id }).delete();
    return undefined;
  }
  const tries = shown.tries + 1;
  await on('window_codes').where({ journey_id: journey.id }).update({ tries, last_try: command });
  return refusalAfter(tries);
}

async function findCode(on: Queries, journey: string): Promise<WindowCodeRow | undefined> {
  return await on<WindowCodeRow>('window_codes').where({ journey_id: journey }).first();
}

function isWindowCode(input: WindowCodeInput | { kind: string }): input is WindowCodeInput {
  return input.kind === 'window-code';
}

function ownerOf({ id }: JourneyRow): string {
  return `journey:${id}`;
}
