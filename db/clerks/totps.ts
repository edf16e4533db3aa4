import type { DataKey } from '../../platform/encryption';
import { hashOfToken } from '../../platform/secrets';
import { newTotpSecret, periodOfTotp } from '../../platform/totp';
import { openFrom, sealFor } from '../store/sealed-values';
import type { Db, Store } from '../store/store';
import type { Rows } from '../tables';
import { lockFactors } from './known-factors';
import type { OpenedSession } from './sessions';

const ownerOf = (clerk: string) => `clerk:${clerk}`;

/** Makes a secret for an app that the clerk enrols in this session next. The one that is enrolled stays until then. */
export async function offerTotp(store: Store, clerk: string, { token }: OpenedSession): Promise<string> {
  const secret = newTotpSecret();
  await store.knex.transaction(async (within) => {
    await lockFactors(within, clerk);
    const key = await keyOf(store, within, clerk);
    const totp_offered = sealFor(store, key, ownerOf(clerk), 'totp-offered', secret);
    await within('clerk_sessions')
      .where({ token_hash: hashOfToken(token) })
      .update({ totp_offered });
  });
  return secret;
}

/** Enrols the app that shows this code, in place of an earlier one. @returns false if the code is not of the secret that was offered */
export async function addTotp(
  store: Store,
  within: Db,
  { clerk_id, token_hash, totp_offered }: Rows['clerk_sessions'],
  code: string,
  now: Date,
): Promise<boolean> {
  if (!totp_offered) return false;
  const key = await keyOf(store, within, clerk_id);
  const owner = ownerOf(clerk_id);
  const offered = openFrom<string>(store, key, owner, 'totp-offered', totp_offered);
  const last_counter = periodOfTotp(offered, code, now);
  if (last_counter === undefined) return false;
  const secret = sealFor(store, key, owner, 'totp', offered);
  await within('clerk_totps')
    .insert({ clerk_id, secret, last_counter, added_at: now })
    .onConflict('clerk_id')
    .merge();
  await within('clerk_sessions').where({ token_hash }).update({ totp_offered: null });
  return true;
}

/** Uses up a code of the clerk's app. @returns false if it is wrong, or if it or a later one was used before */
export async function takeTotp(
  store: Store,
  within: Db,
  clerk: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const row = await within('clerk_totps').where({ clerk_id: clerk }).first();
  if (!row) return false;
  const key = await keyOf(store, within, clerk);
  const period = periodOfTotp(openFrom(store, key, ownerOf(clerk), 'totp', row.secret), code, now);
  if (period === undefined || period <= row.last_counter) return false;
  await within('clerk_totps').where({ clerk_id: clerk }).update({ last_counter: period });
  return true;
}

/** The key of a clerk's secrets; the account must be locked. */
async function keyOf(store: Store, within: Db, clerk: string): Promise<DataKey> {
  const { dataKeys } = store;
  return (await dataKeys.find(within, ownerOf(clerk))) ?? (await dataKeys.create(within, ownerOf(clerk)));
}
