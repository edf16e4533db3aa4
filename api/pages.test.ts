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
  mkdirSync(join(folder, 'console/assets'), { recursive: true });
  writeFileSync(join(folder, 'console/index.html'), '<!doctype html><title>工作台</title>');
  writeFileSync(join(folder, 'console/assets/index-1234.js'), 'void 0;');
  api = await startApi({
    pagesFolder: join(folder, 'h5'),
    consoleFolder: join(folder, 'console'),
    h5AuthorizeUrl: 'http://127.0.0.1:9/authorize',
  });
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

test.each(['/console', '/console/', '/console/journeys/journey-0123', '/console/nothing'])(
  '%s is the clerk console, in no frame, with nothing inline and nothing from elsewhere',
  async (path) => {
    const { status, text, headers } = await get(path);
    expect([status, text, headers['cache-control']]).toEqual([
      200,
      '<!doctype html><title>工作台</title>',
      'no-cache',
    ]);
    expect(headers['content-security-policy']?.split(';')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  },
);

test('a file of the console is kept by browsers; what is not there is not found', async () => {
  const script = await get('/console/assets/index-1234.js');
  expect([script.status, script.type]).toEqual([200, 'text/javascript']);
  expect(script.headers['cache-control']).toContain('immutable');
  for (const path of [
    '/console/assets/gone.js',
    '/console/../secret.txt',
    '/consoles',
    '/console/%2e%2e/secret.txt',
  ])
    expect((await get(path)).status).toBe(404);
  expect((await request(api.server).post('/console')).status).toBe(404);
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
