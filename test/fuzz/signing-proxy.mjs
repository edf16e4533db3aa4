import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The signature of a request that the proxy has to sign. It passes on any other signature unchanged, and the api must reject it. */
export const SIGN = 'please';

// Of one connection each; `fetch` sets its own.
const OF_CONNECTION = ['host', 'connection', 'transfer-encoding', 'content-length', 'content-encoding'];

/**
 * Signs requests as a registration system does, and sends them on.
 * @returns its address, and what ends it
 */
export async function startSigningProxy({ apiUrl, keyId, privateKey }) {
  const { signedHeaders } = require('../../dist/sandbox/registry/signing.js');
  const kept = (headers) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.includes(name)));
  const server = createServer(async (request, response) => {
    const { method } = request;
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const url = `${apiUrl}${request.url}`;
    const headers = kept(request.headers);
    if (headers.signature === SIGN) {
      Object.assign(headers, signedHeaders({ method, url, body }, { keyId, privateKey }));
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
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
