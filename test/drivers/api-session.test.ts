import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiSession } from './api-session.mjs';

/** Answers each request with the next of these. */
async function serve(answers: ((response: ServerResponse) => void)[]): Promise<Server> {
  const server = createServer((_, response) => answers.shift()?.(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

it('a phone sends the same again after a page of a proxy, and after an answer that breaks off', async () => {
  const server = await serve([
    (response) => response.writeHead(503, { 'retry-after': '0' }).end('<html>no server</html>'),
    (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"kind":');
      setImmediate(() => response.destroy());
    },
    (response) => response.writeHead(200).end('{"kind":"liability"}'),
  ]);
  const seen: unknown[] = [];
  const { port } = server.address() as AddressInfo;
  const session = createApiSession(`http://127.0.0.1:${port}`, (answer) => seen.push(answer));
  const answer = await session.send('GET', '/api/legal-texts/liability');
  server.close();
  server.closeAllConnections();
  expect(answer).toEqual({ kind: 'liability' });
  expect(seen).toEqual([503, 'unreadable', 'lost', 200]);
});
