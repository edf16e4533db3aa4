import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addLeaves, publishCheckpoint } from '../../db/log/sequencing';
import { addToLog } from '../../db/log/waiting';
import { startApi } from '../setup/api';
import type { TestApi } from '../setup/api';
import { LOG_ORIGIN, logIdentity, logVerifiers } from '../setup/keys';
import { logVerifierPrograms } from '../setup/needs/log-verifiers';

/*
 * The log as strangers see it: over HTTP, by programs that know its key and RFC 6962 and share no code with it.
 */
let api: TestApi;
const folder = mkdtempSync(join(tmpdir(), 'rid-log-'));
const programs = logVerifierPrograms();
const key = logVerifiers[0]!.verifierKey;

const commitment = (at: number) => at.toString(16).padStart(64, '0');
const entry = (at: number) => `evidence ${commitment(at)}`;

async function grow(from: number, to: number): Promise<void> {
  const { store } = api;
  for (let at = from; at < to; at += 1) await addToLog(store.knex, 'evidence', commitment(at), new Date());
  while ((await addLeaves(store, LOG_ORIGIN)) > 0);
  await publishCheckpoint(store, logIdentity, new Date());
}

const read = async (path: string, url = api.url) => await (await fetch(`${url}/log/${path}`)).text();

/** A file of text for a verifier. */
let files = 0;
function fileOf(text: string): string {
  const file = join(folder, `file-${(files += 1)}`);
  writeFileSync(file, text);
  return file;
}

/** What a verifier prints, and whether it is content. */
async function verify(program: 'go' | 'python', args: string[], url = api.url, by = key): Promise<string> {
  const [command = '', ...first] = programs[program];
  return await new Promise((resolve, reject) => {
    execFile(command, [...first, `${url}/log`, by, ...args], (error, stdout) => {
      // Anything but a verdict is a broken verifier.
      if (error && (error.code !== 1 || !stdout.startsWith('refused: ')))
        reject(new Error(`The verifier broke: ${error.message}`));
      else resolve(stdout.trim());
    });
  });
}

let earlier: string;
let unrelated: string;

beforeAll(async () => {
  api = await startApi();
  await grow(0, 1);
  await grow(1, 600);
  earlier = await read('checkpoint');
  await grow(600, 1001);
  const other = await startApi();
  const own = api;
  api = other;
  await grow(5000, 5700);
  unrelated = await read('checkpoint');
  api = own;
  await other.end();
}, 120_000);
afterAll(async () => {
  await api.end();
  rmSync(folder, { recursive: true });
});

/** A server with the answers of the log, changed. */
async function withChanged(
  change: (path: string, body: Buffer) => Buffer | string,
  work: (url: string) => Promise<void>,
) {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    void fetch(`${api.url}${path}`).then(async (answer) => {
      response.writeHead(answer.status).end(change(path, Buffer.from(await answer.arrayBuffer())));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

describe.each(['go', 'python'] as const)('a verifier in %s', (program) => {
  it('verifies the checkpoint, inclusion of any entry, and that the log continues what was kept', async () => {
    expect(await verify(program, ['checkpoint'])).toBe('checkpoint of 1001 leaves');
    for (const at of [0, 255, 256, 599, 1000]) {
      const leaf = `leaf ${at} of 1001`;
      expect(await verify(program, ['inclusion', entry(at), String(at)])).toBe(leaf);
      expect(await verify(program, ['inclusion', entry(at), commitment(at)])).toBe(leaf);
    }
    expect(await verify(program, ['consistency', fileOf(earlier)])).toBe('1001 leaves continue 600');
    const newest = fileOf(await read('checkpoint'));
    expect(await verify(program, ['consistency', newest])).toBe('1001 leaves continue 1001');
    const first = await read('inclusion?index=0&size=1');
    expect(await verify(program, ['proof', entry(0), fileOf(first)])).toBe('leaf 0 of 1');
  });

  it('refuses a flipped bit, wherever it is', async () => {
    const proof = await read('inclusion?index=700');
    const bytes = Buffer.from(proof);
    // In each hash, and in each line of the checkpoint and its signature.
    const places = proof
      .split('\n')
      .slice(1, -1)
      .flatMap((line, at) => {
        const start =
          Buffer.byteLength(
            proof
              .split('\n')
              .slice(0, at + 1)
              .join('\n'),
          ) + 1;
        return line === '' ? [] : [start + Math.floor(Buffer.byteLength(line) / 2)];
      });
    expect(places.length).toBeGreaterThan(12);
    for (const place of places) {
      const changed = Buffer.from(bytes);
      changed[place] = changed[place]! ^ 1;
      expect([
        place,
        await verify(program, ['proof', entry(700), fileOf(changed.toString('latin1'))]),
      ]).toEqual([place, expect.stringMatching(/^refused: /)]);
    }
  });

  it('refuses another entry, another index, and a proof of another tree', async () => {
    const proof = await read('inclusion?index=5');
    const refused = expect.stringMatching(/^refused: /);
    expect(await verify(program, ['proof', entry(6), fileOf(proof)])).toEqual(refused);
    const moved = proof.replace('index 5\n', 'index 4\n');
    expect(await verify(program, ['proof', entry(5), fileOf(moved)])).toEqual(refused);
    const mixed = proof.slice(0, proof.indexOf('\n\n') + 2);
    for (const checkpoint of [earlier, unrelated])
      expect(await verify(program, ['proof', entry(5), fileOf(mixed + checkpoint)])).toEqual(refused);
  });

  it('refuses a log that was rewritten, and one that was rolled back', async () => {
    // Signed by the same key, with another root: what a log shows that was written anew.
    expect(await verify(program, ['consistency', fileOf(unrelated)])).toMatch(/^refused: /);
    const newest = fileOf(await read('checkpoint'));
    const rolledBack = (path: string, body: Buffer) => (path === '/log/checkpoint' ? earlier : body);
    await withChanged(rolledBack, async (url) => {
      expect(await verify(program, ['checkpoint'], url)).toBe('checkpoint of 600 leaves');
    });
    // Asked for proof, such a log can only show its earlier checkpoint.
    const proves = (path: string, body: Buffer) =>
      path.startsWith('/log/consistency') ? `old 1001\n\n${earlier}` : body;
    await withChanged(proves, async (url) => {
      expect(await verify(program, ['consistency', newest], url)).toMatch(/^refused: /);
    });
  });

  it('refuses another key, and the key under another name', async () => {
    const [name, hash, bytes] = key.split('+') as [string, string, string];
    for (const other of [`other.example/log+${hash}+${bytes}`, `${name}+00000000+${bytes}`, 'nothing'])
      expect(await verify(program, ['checkpoint'], api.url, other)).toMatch(/^refused: /);
  });
});

it('a verifier in Go reads every entry from the tiles', async () => {
  expect(await verify('go', ['tiles'])).toBe('1001 entries from tiles');
  const flip = (path: string, body: Buffer) => {
    const copy = Buffer.from(body);
    copy[40] = copy[40]! ^ 1;
    return path === '/log/tile/entries/001' ? copy : body;
  };
  await withChanged(flip, async (url) => {
    expect(await verify('go', ['tiles'], url)).toMatch(/^refused: entry 256 has another hash/);
  });
}, 120_000);
