import request from 'supertest';
import { startApi } from '../test/setup/api';
import type { TestApi } from '../test/setup/api';

let api: TestApi;
const leaving = new AbortController();
beforeAll(async () => {
  api = await startApi({ leaving: leaving.signal });
});
afterAll(() => api.end());

/** The status of a question, and whether its connection is kept for the next one. */
async function ask(path: string): Promise<{ status: number; isKept: boolean }> {
  const { status, headers } = await request(api.server).get(path).set('Connection', 'keep-alive');
  return { status, isKept: headers.connection === 'keep-alive' };
}

it('sends the balancer away once it has been told to end, and still answers everybody else', async () => {
  expect(await ask('/health/serving')).toEqual({ status: 200, isKept: true });
  leaving.abort();
  expect(await ask('/health/serving')).toEqual({ status: 503, isKept: false });
  expect(await ask('/health/live')).toEqual({ status: 200, isKept: false });
  expect(await ask('/health/ready')).toEqual({ status: 200, isKept: false });
});
