import type Koa from 'koa';
import { CSRF_HEADER } from './clerk/session-cookie';
import { ApiError } from './errors';

// Node keeps one of several, or joins them; a proxy before us may take another one.
const ONCE = ['host', 'authorization', 'content-type', 'idempotency-key', CSRF_HEADER.toLowerCase()];

/** Refuses requests that a proxy or a library may read differently from us: before anything of them is used. */
export const rejectAmbiguous: Koa.Middleware = async (
  { req: { url = '', headersDistinct: headers } },
  next,
) => {
  // Origin-form only (RFC 9112, 3.2.1): whose server we are is configured and never read from a request.
  const isOriginForm = /^\/[!-~]*$/.test(url) && !url.includes('#');
  const hasHost = headers.host?.[0] !== undefined && headers.host[0] !== '';
  const isOnce = ONCE.every((name) => (headers[name]?.length ?? 0) <= 1);
  const coding = headers['transfer-encoding']?.join() ?? 'chunked';
  if (!isOriginForm || !hasHost || !isOnce || coding.toLowerCase() !== 'chunked') {
    throw new ApiError('bad_request');
  }
  const expected = headers.expect?.join() ?? '100-continue';
  if (expected.toLowerCase() !== '100-continue') throw new ApiError('expectation_failed');
  await next();
};
