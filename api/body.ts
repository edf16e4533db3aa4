import type { IncomingMessage } from 'node:http';
import rawBody from 'raw-body';
import type { Context, Route } from './define-route';
import { ApiError } from './errors';

/** Whether a body comes with the request. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const MAX_BODY_BYTES = 64 * 1024;

/** So many bodies of a route that takes more than 64 KB are held in memory at once by one process: files have up to 20 MB. */
export const MOST_LARGE_BODIES = 8;

const largeBodies = new Map<string, number>();

/** Until its response has left. @throws ApiError */
function countLargeBody(ctx: Context, path: string): void {
  const held = largeBodies.get(path) ?? 0;
  if (held >= MOST_LARGE_BODIES) throw new ApiError('temporarily_unavailable', { retryAfter: 2 });
  largeBodies.set(path, held + 1);
  ctx.res.once('close', () => largeBodies.set(path, (largeBodies.get(path) ?? 0) - 1));
}

/**
 * The bytes of a body as they came. Nothing is unpacked: a signature covers what was sent.
 * @param mediaTypes that the route takes; without them it takes JSON
 * @param limit most bytes, 64 KB unless given
 * @throws ApiError, also where the process holds as many large bodies of this route as it may
 */
export async function readBody(
  ctx: Context,
  { path, mediaTypes, limit = MAX_BODY_BYTES }: Pick<Route, 'path' | 'mediaTypes' | 'limit'>,
): Promise<Buffer> {
  if (!ctx.is([...(mediaTypes ?? ['application/json'])]))
    throw new ApiError(mediaTypes ? 'content_type_unsupported' : 'content_type_not_json');
  if (ctx.req.headers['content-encoding'] !== undefined) throw new ApiError('content_encoding_unsupported');
  if (limit > MAX_BODY_BYTES) countLargeBody(ctx, path);
  if (ctx.req.headers.expect !== undefined) ctx.res.writeContinue();
  try {
    return await rawBody(ctx.req, { limit, length: ctx.req.headers['content-length'] });
  } catch (error) {
    throw new ApiError((error as { status?: number }).status === 413 ? 'body_too_large' : 'bad_request');
  }
}

// Far more than anything that we take.
const DEEPEST = 32;

/**
 * Reads JSON (RFC 8259) that two readers can't read differently.
 * @throws ApiError where it is not UTF-8, not JSON, nested without need, or names a key of an object twice
 */
export function readJson(bytes: Buffer): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new ApiError('bad_json');
  }
  rejectRepeatedKeys(text);
  return value;
}

/** @param json known to be JSON */
function rejectRepeatedKeys(json: string): void {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > DEEPEST) throw new ApiError('bad_json');
    } else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const begin = at;
      at = endOfString(json, begin);
      const keys = open.at(-1);
      if (!keys || !isBeforeColon(json, at + 1)) continue;
      const key = JSON.parse(json.slice(begin, at + 1)) as string;
      if (keys.has(key)) throw new ApiError('json_key_repeated');
      keys.add(key);
    }
  }
}

/** Where the string that begins here ends. */
function endOfString(json: string, begin: number): number {
  for (let at = begin + 1; ; at += 1) {
    if (json[at] === '"') return at;
    if (json[at] === '\\') at += 1;
  }
}

function isBeforeColon(json: string, from: number): boolean {
  let at = from;
  while (/[ \t\r\n]/.test(json[at] ?? '')) at += 1;
  return json[at] === ':';
}
