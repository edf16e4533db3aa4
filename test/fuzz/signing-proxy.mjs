import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** The signature of a request that the proxy has to sign. It passes on any other signature unchanged, and the api must reject it. */
export const SIGN = 'please';

// Of one connection each; `fetch` sets its own.
const OF_CONNECTION = ['host', 'connection', 'transfer-encoding', 'content-length', 'content-encoding'];

/** @import { AddressInfo } from 'node:net' */
/** @typedef {Awaited<ReturnType<typeof startSigningProxy>>} SigningProxy */

/**
 * Signs requests as a registration system does, and sends them on.
 * @param {{ apiUrl: string, keyId: string, privateKey: string }} options
 * @returns its address, and what ends it
 */
export async function startSigningProxy({ apiUrl, keyId, privateKey }) {
  /** @type {typeof import('../../sandbox/registry/signing.ts')} */
  const { signedHeaders } = require(join(import.meta.dirname, '../../dist/sandbox/registry/signing.js'));
  /**
   * @param {object} headers
   * @returns {Record<string, string>}
   */
  const kept = (headers) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.includes(name)));
  const server = createServer(async (request, response) => {
    const { method = 'GET' } = request;
    /** @type {Buffer[]} */
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const url = `${apiUrl}${request.url}`;
    const headers = kept(request.headers);
    if (headers.signature === SIGN) {
      const message = { method, url, body, mediaType: headers['content-type'] };
      Object.assign(headers, signedHeaders(message, { keyId, privateKey }));
    }
    try {
      const answer = await fetch(url, { method, headers, body });
      const bytes = Buffer.from(await answer.arrayBuffer());
      response.writeHead(answer.status, kept(Object.fromEntries(answer.headers))).end(bytes);
    } catch {
      // A method or a body that `fetch` does not send.
      response.writeHead(405, { allow: 'GET, PUT, POST' }).end();
    }
  });
  await /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve());
    })
  );
  const { port } = /** @type {AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
