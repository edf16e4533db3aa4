/** How often a request was repeated: because the API was still working on it, and because no response came. */
export interface Repeats {
  working: number;
  lost: number;
}

export const NO_REPEATS: Repeats = { working: 0, lost: 0 };

/** The part of a response that decides whether the request is repeated. */
interface ResponseHead {
  status: number;
  code?: string;
  retryAfterSeconds?: number;
}

// The API answers within 8 seconds, and 15 times that is longer than any work of it takes.
const MAX_WORKING = 15;
const MAX_LOST = 2;

/**
 * Decides whether a request is repeated, with the same key.
 * @param response undefined if none came
 * @returns after how many seconds, and the new count; undefined if the response is final, or there have been enough repeats
 */
export function nextRepeat(
  response: ResponseHead | undefined,
  { working, lost }: Repeats,
): { afterSeconds: number; repeats: Repeats } | undefined {
  if (!response)
    return lost < MAX_LOST ? { afterSeconds: 1, repeats: { working, lost: lost + 1 } } : undefined;
  const { status, code, retryAfterSeconds = 1 } = response;
  const isWorking = status === 202 || status === 503 || code === 'busy';
  if (!isWorking || working === MAX_WORKING) return undefined;
  return { afterSeconds: retryAfterSeconds, repeats: { working: working + 1, lost } };
}
