import { createHash } from 'node:crypto';
import { orReject } from '../rejection';
import { signedHeaders } from './signing';

/**
 * Fetches a portrait for the registration file, and compares it with the hash in its header.
 * @returns what was filed: the SHA-256 of the picture and its size in bytes; or the status of a refusal
 */
export async function filePortrait(
  url: string,
  key: { keyId: string; privateKey: string },
): Promise<{ status: number; sha256?: string; size?: number }> {
  const response = await fetch(url, { headers: signedHeaders({ method: 'GET', url }, key) });
  if (!response.ok) return { status: response.status };
  const picture = Buffer.from(await response.arrayBuffer());
  const hash = createHash('sha256').update(picture).digest();
  const digest = `sha-256=:${hash.toString('base64')}:`;
  if (response.headers.get('content-digest') !== digest) orReject(undefined, 502, 'content-digest');
  return { status: response.status, sha256: hash.toString('hex'), size: picture.length };
}
