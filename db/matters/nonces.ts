import { createHash } from 'node:crypto';
import type { Db } from '../store/store';

/** Notes a signed request. @returns false if the same was there before */
export async function recordNonce(
  db: Db,
  { keyId, nonce, expires }: { keyId: string; nonce: string; expires: Date },
  now: Date,
): Promise<boolean> {
  // 10 minutes: as long as a signature could count, with clocks that differ.
  const until = new Date(Math.max(expires.getTime(), now.getTime()) + 600_000);
  const nonceHash = createHash('sha256').update(nonce).digest('hex');
  try {
    await db('nonces').insert({ key_id: keyId, nonce_hash: nonceHash, expires_at: until });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_DUP_ENTRY') return false;
    throw error;
  }
}
