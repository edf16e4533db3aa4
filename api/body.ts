import type { IncomingMessage } from 'node:http';
import rawBody from 'raw-body';
import type { Context } from './define-route';
import { ApiError } from './errors';

/** Whether a body comes with the request. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const MAX_BODY_BYTES = 64 * 1024;

/**
 * The bytes of a body as they came. Nothing is unpacked: a signature covers what was sent.
 * @param mediaTypes that the route takes; without them it takes JSON
 * @param limit most bytes, 64 KB unless given
 * @throws ApiError
 */
export async function readBody(
  ctx: Context,
  { mediaTypes, limit = MAX_BODY_BYTES }: { mediaTypes?: readonly string[]; limit?: number },
): Promise<Buffer> {
  if (!ctx.is([...(mediaTypes ?? ['application/json'])]))
    throw new ApiError(mediaTypes ? 'content_type_unsupported' : 'content_type_not_json');
  if (ctx.req.headers['content-encoding'] !== undefined) throw new ApiError('content_encoding_unsupported');
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
