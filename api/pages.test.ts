import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import request from 'supertest';
import { startApi } from '../test/setup/api';
import type { TestApi } from '../test/setup/api';

let folder: string;
let api: TestApi;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rid-pages-'));
  mkdirSync(join(folder, 'h5/js'), { recursive: true });
  const page = '<!doctype html><title>页面</title>';
  writeFileSync(join(folder, 'h5/index.html'), page);
  writeFileSync(join(folder, 'h5/index.html.br'), brotliCompressSync(page));
  writeFileSync(join(folder, 'h5/index.html.gz'), gzipSync(page));
  writeFileSync(join(folder, 'h5/js/app.1234.js'), 'void 0;');
  writeFileSync(join(folder, 'secret.txt'), 'not for anybody');
  api = await startApi({ pagesFolder: join(folder, 'h5'), h5AuthorizeUrl: 'http://127.0.0.1:9/authorize' });
});
afterAll(async () => {
  await api.end();
  rmSync(folder, { recursive: true });
});

const get = (path: string) => request(api.server).get(path);

test('the mini-program for browsers is served at /, under a policy that runs no inline script', async () => {
  const page = await get('/');
  expect([page.status, page.type, page.headers['cache-control']]).toEqual([200, 'text/html', 'no-cache']);
  expect(page.headers['content-security-policy']).toContain("script-src 'self';");
  const script = await get('/js/app.1234.js');
  expect([script.status, script.type]).toEqual([200, 'text/javascript']);
  expect(script.headers['cache-control']).toContain('immutable');
});

test.each([
  ['gzip, br', 'br'],
  ['gzip, br;q=0', 'gzip'],
  ['deflate', undefined],
  ['identity', undefined],
])('who takes %s gets the same page', async (accepted, encoding) => {
  const { headers, text } = await get('/').set('Accept-Encoding', accepted);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers.vary).toContain('Accept-Encoding');
  expect(text).toBe('<!doctype html><title>页面</title>');
});

test('who has a file is not sent it again, only if it is the same form of it', async () => {
  const { etag = '' } = (await get('/').set('Accept-Encoding', 'br')).headers;
  const ask = (accepted: string) => get('/').set({ 'Accept-Encoding': accepted, 'If-None-Match': etag });
  expect((await ask('br')).status).toBe(304);
  expect((await ask('gzip')).status).toBe(200);
});

test('a script without zipped forms is sent as it is', async () => {
  const { headers } = await get('/js/app.1234.js').set('Accept-Encoding', 'gzip, br');
  expect(headers['content-encoding']).toBeUndefined();
});

test.each([
  '/../secret.txt',
  '/index.html.br',
  '/%2e%2e/secret.txt',
  '/js/../../secret.txt',
  '/js',
  '/js/',
  '/nothing.js',
])('%s is not found', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('nothing is posted to a page', async () => {
  expect((await request(api.server).post('/index.html')).status).toBe(404);
});

test('browsers are told where to sign in, only where that is configured', async () => {
  expect((await get('/api/channels/h5')).body).toEqual({ authorizeUrl: 'http://127.0.0.1:9/authorize' });
  const elsewhere = await startApi();
  expect((await request(elsewhere.server).get('/api/channels/h5')).body).toEqual({});
  expect((await request(elsewhere.server).get('/')).status).toBe(404);
  await elsewhere.end();
});
