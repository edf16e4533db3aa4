import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Answers each request with the next of these. */
async function serve(answers: ((response: ServerResponse) => void)[]): Promise<Server> {
  const server = createServer((_, response) => answers.shift()?.(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** What a phone is answered, and what it saw of each try. Jest can't import its module, so that runs in a process of its own. */
async function ask(port: number): Promise<unknown> {
  const script = `
    import { createApiSession } from ${JSON.stringify(join(__dirname, 'api-session.mjs'))};
    const seen = [];
    const session = createApiSession('http://127.0.0.1:${port}', (answer) => seen.push(answer));
    const answer = await session.send('GET', '/api/legal-texts/liability');
    console.log(JSON.stringify({ answer, seen }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout);
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
  const { port } = server.address() as AddressInfo;
  const asked = await ask(port);
  server.close();
  server.closeAllConnections();
  expect(asked).toEqual({ answer: { kind: 'liability' }, seen: [503, 'unreadable', 'lost', 200] });
});
