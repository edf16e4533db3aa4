import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWorkerMetrics, freeLoopbackPort, serveWorkerMetrics } from './worker-metrics';

const token = 'a-token-of-operators-32-characters-long';
let sdk: Server;
let server: Server;
let url: string;

beforeAll(async () => {
  const sdkPort = await freeLoopbackPort();
  sdk = createServer((_, response) => response.end('temporal_worker_task_slots_available 1\n'));
  await new Promise<void>((resolve) => {
    sdk.listen(sdkPort, '127.0.0.1', resolve);
  });
  const { registry, countRepair, acknowledged, vendorCall } = createWorkerMetrics({
    repairs: ['journey-lost', 'matter-expired'],
    refusals: ['log_shrunk'],
    events: ['confirmation.confirmed', 'matter.expired'],
  });
  countRepair('journey-lost');
  acknowledged('confirmation.confirmed', 599);
  acknowledged('confirmation.confirmed', 601);
  vendorCall({ interface: 'x.y', outcome: 'alipay_timeout', milliseconds: 8_001 });
  server = await serveWorkerMetrics({ host: '127.0.0.1', port: 0, token, sdkPort, registry });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const one of [sdk, server]) {
    one.close();
    one.closeAllConnections();
  }
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}${path}`, { headers, method });

it('serves the metrics of process and SDK to a caller with the token', async () => {
  const answer = await get('/metrics', { authorization: `Bearer ${token}` });
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).toContain('sweep_repairs_total{kind="journey-lost"} 1');
  expect(text).toContain('temporal_worker_task_slots_available 1');
  expect(text).toContain('callback_acknowledged_seconds_bucket{le="600",event="confirmation.confirmed"} 1');
  expect(text).toContain('callback_acknowledged_seconds_count{event="confirmation.confirmed"} 2');
  expect(text).toContain('vendor_call_seconds_count{interface="x.y",outcome="alipay_timeout"} 1');
});

it('shows a series before its first event, so that the first is an increase', async () => {
  const answer = await get('/metrics', { authorization: `Bearer ${token}` });
  const text = await answer.text();
  expect(text).toContain('sweep_repairs_total{kind="matter-expired"} 0');
  expect(text).toContain('log_checkpoints_refused_total{code="log_shrunk"} 0');
  expect(text).toContain('callback_acknowledged_seconds_count{event="matter.expired"} 0');
});

it.each([
  ['/metrics', {}, 'GET', 401],
  ['/metrics', { authorization: `Bearer ${token}x` }, 'GET', 401],
  ['/metrics', { authorization: `Bearer ${token}` }, 'POST', 405],
  ['/health/live', {}, 'GET', 200],
  ['/', {}, 'GET', 404],
])('%s with %j by %s: %i', async (path, headers, method, status) => {
  expect((await get(path, headers as Record<string, string>, method)).status).toBe(status);
});

it('responds with 503 while the SDK does not respond', async () => {
  await new Promise((resolve) => sdk.close(resolve));
  expect((await get('/metrics', { authorization: `Bearer ${token}` })).status).toBe(503);
});
