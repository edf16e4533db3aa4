import request from 'supertest';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { createTestKey, keysOf } from '../../test/setup/signing-key';

let api: TestApi;
const retired = createTestKey('key-1', { until: new Date('2026-06-01T00:00:00Z') }).key;
const current = createTestKey('key-2', { from: new Date('2026-05-01T00:00:00Z') }).key;

beforeAll(async () => {
  api = await startApi({ signingKeys: keysOf(retired, current) });
});
afterAll(() => api.end());

it('anybody gets the public keys, also retired ones, each with its times, and may keep them for an hour', async () => {
  const { status, headers, body } = await request(api.server).get('/.well-known/jwks.json');
  expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=3600']);
  expect(body.keys).toMatchObject([
    { kid: 'key-1', alg: 'ES256', exp: 1780272000 },
    { kid: 'key-2', alg: 'ES256', nbf: 1777593600 },
  ]);
  expect(JSON.stringify(body)).not.toContain('"d"');
});
