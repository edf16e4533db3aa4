import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createRegistryClient, memoryDeliveries } from '../../registry-client/src';
import type { Matter, RegistryClient } from '../../registry-client/src';
import { freeLoopbackPort } from '../../platform/worker-metrics';
import { startRegistrySandbox } from '../../sandbox/registry/server';
import { signedHeaders } from '../../sandbox/registry/signing';
import '../setup/needs/services';

// `npm run registry:check` against the sandbox's registration system, which is right, and against wrong ones.

const root = join(__dirname, '../..');
const script = join(root, 'scripts/registry-check.mjs');
const pair = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const checker = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let folder: string;
const inFolder = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rid-check-'));
  inFolder('check-private.pem', checker.privateKey);
  inFolder('check-public.pem', checker.publicKey);
  inFolder('own-private.pem', pair.privateKey);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  process: ChildProcess;
  lines: string[];
  /** Waits until a line contains this text. */
  until(text: string): Promise<string>;
  ended: Promise<number>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  return {
    process: child,
    lines,
    async until(text) {
      for (;;) {
        const found = lines.find((line) => line.includes(text));
        if (found !== undefined) return found;
        await once(output, 'line');
      }
    },
    ended: once(output, 'close').then(async () => {
      if (child.exitCode === null) await once(child, 'exit');
      return child.exitCode ?? -1;
    }),
  };
}

const checkReceiver = (url: string) =>
  run(url, '--key', join(folder, 'check-private.pem'), '--key-id', 'check-1');
const marked = (lines: string[], mark: string) => lines.filter((line) => line.startsWith(mark));

describe('the receiver of callbacks', () => {
  test('of the sandbox is right in everything', async () => {
    mkdirSync(join(folder, 'samples'));
    const sandbox = await startRegistrySandbox({
      ...{ host: '127.0.0.1', port: 0, apiUrl: 'http://127.0.0.1:9', systemId: 'test', keyId: 'own-1' },
      privateKeyFile: join(folder, 'own-private.pem'),
      callbackKeyId: 'check-1',
      callbackPublicKeyFile: join(folder, 'check-public.pem'),
      samplesDir: join(folder, 'samples'),
    });
    const { lines, ended } = checkReceiver(`${sandbox.url}/callbacks`);
    const code = await ended;
    await sandbox.close();
    expect(marked(lines, '✗')).toEqual([]);
    expect(marked(lines, '✓').length).toBeGreaterThan(20);
    expect(code).toBe(0);
  });

  /** A receiver that does one thing wrong or everything, by the headers and the body alone. */
  async function received(
    answer: (body: string, headers: NodeJS.Dict<string | string[]>) => [number, object],
  ) {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [status, content] = answer(Buffer.concat(chunks).toString(), request.headers);
        response.writeHead(status).end(JSON.stringify(content));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { lines, ended } = checkReceiver(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const code = await ended;
    server.closeAllConnections();
    server.close();
    return { code, lines, wrong: marked(lines, '✗') };
  }
  const idOf = (body: string) => (/"deliveryId":"([^"]+)"/.exec(body) ?? [])[1];

  test('that believes everything is told about each refusal that is missing, and what to do', async () => {
    const { code, lines, wrong } = await received((body) => [200, { acknowledged: idOf(body) }]);
    expect(code).toBe(1);
    expect(wrong.length).toBe(10);
    for (const what of ['签名', '其他密钥', 'keyid', '十分钟前', '内容改变', '其他地址', '再发一次']) {
      expect(wrong.some((line) => line.includes(what))).toBe(true);
    }
    const at = lines.findIndex((line) => line.includes('十分钟前'));
    expect(lines[at + 1]).toMatch(/^ {4}应答 200 .*created and expires/);
    expect(lines.at(-1)).toMatch(/10 项有误/);
  });

  /** What a receiver must find out before it can answer, as far as these tests need it. */
  const isWrong = (body: string, headers: NodeJS.Dict<string | string[]>) =>
    !headers.signature || headers['content-digest']?.includes('47DEQpj8HBSa') || body.includes('CHANGED');

  test.each([404, 410, 413])(
    'that answers wrong ones with %i is told that this refuses nothing',
    async (status) => {
      const { code, wrong } = await received((body, headers) =>
        isWrong(body, headers) ? [status, {}] : [200, { acknowledged: idOf(body) }],
      );
      expect(code).toBe(1);
      expect(wrong.length).toBe(10);
    },
  );

  test('that refuses everything after a wrong one is told so', async () => {
    let isClosed = false;
    const { code, lines, wrong } = await received((body, headers) => {
      isClosed ||= isWrong(body, headers);
      return isClosed ? [401, {}] : [200, { acknowledged: idOf(body) }];
    });
    expect(code).toBe(1);
    expect(wrong[0]).toContain('没有签名的回调被拒绝');
    expect(lines[lines.indexOf(wrong[0] ?? '') + 1]).toContain('其后正确的回调未获确认');
    expect(marked(lines, '✓').some((line) => line.includes('被拒绝'))).toBe(false);
  });

  test('that allows too few requests is told that nothing was found out', async () => {
    const { code, lines, wrong } = await received((body, headers) =>
      isWrong(body, headers) ? [429, {}] : [200, { acknowledged: idOf(body) }],
    );
    expect(code).toBe(1);
    expect(marked(lines, '?').length).toBe(3);
    expect(wrong.length).toBe(7);
    expect(lines.at(-1)).toMatch(/3 项未能判断 .* 3 undecided/);
  });

  test('that loses the first of two is told so, and not that it repeats', async () => {
    let count = 0;
    const { wrong } = await received((body) => [
      (count += 1) === 2 ? 500 : 200,
      { acknowledged: idOf(body) },
    ]);
    expect(wrong[0]).toContain('将重复的回调得到确认');
    expect(wrong.some((line) => line.includes('重复的回调再次'))).toBe(false);
  });

  test('that handles a delivery once and then no longer acknowledges it is told so', async () => {
    const known = new Set<string | undefined>();
    const { wrong } = await received((body, headers) => {
      const id = idOf(body);
      const isRepeated = known.has(id);
      known.add(id);
      if (!headers.signature) return [401, {}];
      return isRepeated ? [409, {}] : [200, { acknowledged: id }];
    });
    expect(wrong[0]).toContain('重复的回调再次得到确认');
  });

  test('that knows only the events of today is told so', async () => {
    const { wrong } = await received((body) =>
      body.includes('of-a-later-version') ? [422, {}] : [200, { acknowledged: idOf(body) }],
    );
    expect(wrong[0]).toContain('尚不认识的事件');
  });

  test('that does not acknowledge is told how, and nothing else is checked', async () => {
    const { code, lines, wrong } = await received(() => [200, { ok: true }]);
    expect([code, wrong.length]).toEqual([1, 2]);
    expect(lines.join('\n')).toContain('{"acknowledged":"<deliveryId>"}');
  });

  test('gets a key that the run makes and keeps, with its public half to register', async () => {
    const keys = join(folder, 'keys');
    const { lines, ended } = run('http://127.0.0.1:9/callbacks', '--keys', keys);
    expect(await ended).toBe(1);
    const publicKey = createPublicKey(readFileSync(join(keys, 'callbacks-private.pem'), 'utf8'));
    expect(lines.join('\n')).toContain(publicKey.export({ type: 'spki', format: 'pem' }).toString().trim());
    expect(lines.join('\n')).toContain('no answer');
  });
});

const { matter } = JSON.parse(readFileSync(join(root, 'samples/kinds/filing.json'), 'utf8')) as {
  matter: Matter;
};

describe('the sender of pushes', () => {
  let taking: Run;
  let url = '';
  let client: RegistryClient;

  beforeEach(async () => {
    const system = {
      ...{ id: 'test', name: '测试登记系统', callbackUrl: 'http://127.0.0.1:9/callbacks' },
      ...{ authorities: ['110105'], kinds: ['filing'] },
      keys: [{ id: 'own-1', algorithm: 'ed25519', publicKey: pair.publicKey }],
    };
    const systems = inFolder('systems.json', JSON.stringify({ registries: [system] }));
    const port = await freeLoopbackPort();
    taking = run('--systems', systems, '--port', String(port));
    await taking.until('Ctrl-C');
    url = `http://127.0.0.1:${port}`;
    const key = { id: 'own-1', privateKey: pair.privateKey };
    client = createRegistryClient({ baseUrl: url, key, wait: async () => undefined });
  });

  test('that is right in everything is told so, and the run ends', async () => {
    await client.pushMatter('CHECK-1', matter);
    expect(await client.readMatter('CHECK-1')).toMatchObject({ version: 1, state: 'open' });
    await client.pushMatter('CHECK-1', { ...matter, version: 2 });
    await client.uploadDocument(Buffer.from('%PDF-1.7'), 'application/pdf');
    // It may do this too, and need not.
    await client.catchUp('0', { deliveries: memoryDeliveries(), handle: async () => undefined });
    expect(await client.readInvitations('CHECK-1')).toMatchObject({ version: 2 });
    await client.acknowledgeArchived('CHECK-1', 2, ['20260101-AAAAAAAAAA']);
    await client.withdrawMatter('CHECK-1', 2);
    expect(await taking.ended).toBe(0);
    expect(marked(taking.lines, '✗')).toEqual([]);
    expect(marked(taking.lines, '✓').length).toBe(9);
  });

  test('that sends what the product does not take is told so', async () => {
    const key = { keyId: 'own-1', privateKey: pair.privateKey };
    const put = async (path: string, body: string | Buffer, mediaType: string, more = {}) => {
      const address = `${url}/api/registry/${path}`;
      const headers = signedHeaders({ method: 'PUT', url: address, body, mediaType }, key);
      const sent = typeof body === 'string' ? body : new Uint8Array(body);
      return (await fetch(address, { method: 'PUT', headers: { ...headers, ...more }, body: sent })).status;
    };
    const json = JSON.stringify(matter);
    const named = (content: string | Buffer) =>
      `documents/${createHash('sha256').update(content).digest('hex')}`;
    const large = Buffer.from(`%PDF-1.7${' '.repeat(20 * 1024 * 1024)}`);
    expect([
      await put('matters/CHECK-3', json, 'text/plain'),
      await put('matters/CHECK-3', json, 'application/json', { 'content-encoding': 'identity' }),
      await put('matters/CHECK-3', json.replace('{', '{"version":1,'), 'application/json'),
      await put('matters/CHECK-3', `{${' '.repeat(2 * 1024 * 1024)}}`, 'application/json'),
      await put('matters/CHECK-3', Buffer.from([0x22, 0xff, 0x22]), 'application/json'),
      await put(named('text'), 'text', 'application/pdf'),
      await put(named('%PDF-1.7'), '%PDF-1.7', 'text/plain'),
      await put(named(large), large, 'application/pdf'),
      await put('matter/CHECK-3', json, 'application/json'),
    ]).toEqual([415, 415, 400, 413, 400, 422, 415, 413, 404]);
    expect((await fetch(`${url}/api/registry/events`, { method: 'POST' })).status).toBe(405);
    // Nothing of all this ends the run.
    await expect(client.pushMatter('CHECK-3', matter)).resolves.toMatchObject({ version: 1 });
    taking.process.kill('SIGINT');
    expect(await taking.ended).toBe(1);
    expect(
      marked(taking.lines, '✗')
        .map((line) => /\(([a-z_]+)\)|类型不支持/.exec(line)?.[0])
        .slice(0, 10),
    ).toEqual([
      '(content_type_not_json)',
      '(content_encoding_unsupported)',
      '(json_key_repeated)',
      '(body_too_large)',
      '(bad_json)',
      '类型不支持',
      '(content_type_unsupported)',
      '(body_too_large)',
      '(not_found)',
      '(method_not_allowed)',
    ]);
  });

  test('that breaks a request off is told so, and the run goes on', async () => {
    const path = '/api/registry/matters/CHECK-4';
    const body = JSON.stringify(matter);
    const headers = signedHeaders(
      { method: 'PUT', url: `${url}${path}`, body },
      { keyId: 'own-1', privateKey: pair.privateKey },
    );
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    const head = Object.entries({ host: new URL(url).host, ...headers, 'content-length': body.length });
    const lines = [`PUT ${path} HTTP/1.1`, ...head.map(([name, value]) => `${name}: ${value}`), '', '{'];
    socket.write(lines.join('\r\n'), () => socket.destroy());
    expect(await taking.until('✗')).toContain('(bad_request)');
    await expect(client.pushMatter('CHECK-4', matter)).resolves.toMatchObject({ version: 1 });
    taking.process.kill('SIGINT');
    expect(await taking.ended).toBe(1);
  });

  test('that is wrong is told what, and at the end what is still to be shown', async () => {
    const path = `${url}/api/registry/matters/CHECK-2`;
    const body = JSON.stringify(matter);
    const key = { keyId: 'own-1', privateKey: pair.privateKey };
    const put = async (headers: Record<string, string>, sent = body) =>
      (await fetch(path, { method: 'PUT', headers, body: sent })).status;
    const signed = (text = body, faults = {}) =>
      signedHeaders({ method: 'PUT', url: path, body: text }, key, faults);
    expect(await put({ 'content-type': 'application/json' })).toBe(401);
    expect(await put(signed(body, { skewSeconds: -900 }))).toBe(401);
    const first = signed();
    expect([await put(first), await put(first)]).toEqual([503, 401]);
    expect(await put(signed())).toBe(201);
    const invalid = JSON.stringify({ ...matter, persons: [] });
    expect(await put(signed(invalid), invalid)).toBe(422);
    const lower = JSON.stringify({ ...matter, documents: [] });
    expect(await put(signed(lower), lower)).toBe(409);
    const elsewhere = JSON.stringify({ ...matter, version: 3, authority: '310101' });
    expect(await put(signed(elsewhere), elsewhere)).toBe(403);
    for (const asked of ['events?after=x', 'matters/CHECK-2/archive-acknowledgement']) {
      const [method, sent] = asked.startsWith('events') ? ['GET'] : ['POST', '{"version":1,"evidence":[]}'];
      const asking = { method: method, url: `${url}/api/registry/${asked}`, body: sent };
      const answer = await fetch(asking.url, { ...asking, headers: signedHeaders(asking, key) });
      expect(answer.status).toBe(422);
    }
    await taking.until('310101');
    taking.process.kill('SIGINT');
    expect(await taking.ended).toBe(1);
    const text = taking.lines.join('\n');
    for (const part of [
      'signature_missing',
      'signature-input.expires: stale, 应为 · expected: at least',
      'nonce 重复',
      'persons: matter_without_persons',
      '版本冲突',
      '登记机关或业务类型不允许',
      'events?after=x: 参数或内容有误',
      'archive-acknowledgement: 参数或内容有误',
      '未收到 · not seen: 撤回该业务',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('买买提');
  });
});
