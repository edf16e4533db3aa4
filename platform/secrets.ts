import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether `Authorization: Bearer …` carries this secret; how long that takes tells nothing about it. */
export function bears(authorization: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(authorization), hash(`Bearer ${secret}`));
}
