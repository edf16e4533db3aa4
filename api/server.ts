import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type Koa from 'koa';
import type { Logger } from '../platform/logger';
import { ApiError } from './errors';
import type { ErrorCode } from './errors';

/**
 * The api's server, not listening yet. Bytes that are no request never reach the app; they get an error response of the same form.
 * @param leaving once it is aborted, no connection is kept for another request
 */
export function createApiServer(app: Koa, logger: Logger, leaving: AbortSignal): Server {
  const handle = app.callback();
  // A missing Host is refused by the app, whose answers have a body.
  const server = createServer({ requireHostHeader: false });
  /** The newest answer of each connection. */
  const newest = new WeakMap<Duplex, ServerResponse>();
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    newest.set(request.socket, response);
    if (leaving.aborted) response.setHeader('Connection', 'close');
    void handle(request, response);
  };
  server.on('request', serve);
  // The app says "100 Continue" once it wants the body, and refuses what else may be expected.
  server.on('checkContinue', serve);
  server.on('checkExpectation', serve);
  server.on('connect', (_, socket: Duplex) => refuse(socket, 'bad_request'));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = newest.get(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else if (!response || response.writableFinished) refuse(socket, codeOf(error));
    // The unreadable bytes came after a request that is still being answered.
    else if (response.req.complete) response.once('finish', () => refuse(socket, codeOf(error)));
    else if (response.headersSent) socket.destroy();
    else refuse(socket, codeOf(error));
  });
  return server;

  function refuse(socket: Duplex, code: ErrorCode): void {
    const error = new ApiError(code);
    const requestId = randomUUID();
    logger.info('request', { requestId, status: error.status, code });
    const body = JSON.stringify(error.bodyFor(requestId));
    const head = [
      `HTTP/1.1 ${error.status} ${code}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'Connection: close',
      `X-Request-Id: ${requestId}`,
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
}

const codes: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

function codeOf({ code = '' }: NodeJS.ErrnoException): ErrorCode {
  return codes[code] ?? 'bad_request';
}
