import { openFrom } from '../store/sealed-values';
import type { Store } from '../store/store';

/** The tokens and ids that Alipay gave when the person signed in. */
export interface AlipayTokens {
  openId?: string;
  userId?: string;
  accessToken: string;
  /** ISO 8601. */
  accessTokenExpiresAt: string;
}

/** Undefined once the session is gone. */
export async function alipayTokensOf(store: Store, session: string): Promise<AlipayTokens | undefined> {
  const row = await store.knex('sessions').where({ id: session }).first('alipay_tokens');
  const owner = `session:${session}`;
  const key = row && (await store.dataKeys.find(store.knex, owner));
  return row && key
    ? openFrom<AlipayTokens>(store, key, owner, 'alipay-tokens', row.alipay_tokens)
    : undefined;
}
