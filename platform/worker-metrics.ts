import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Histogram, prometheusContentType, Registry } from 'prom-client';
import type { MatterEvent } from '../domain/matter-states';
import { hasBearerToken } from './secrets';
import { timeVendorCalls } from './vendor-call-metrics';

/** A free loopback port. The SDK's exporter cannot choose a free port itself. */
export async function freeLoopbackPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Metrics of the worker process itself. */
export interface WorkerMetrics {
  registry: Registry;
  countRepair(kind: string): void;
  /** Counts a checkpoint of the transparency log that was refused. */
  countLogRefusal(code: string): void;
  /** @param seconds from the event until the registration system acknowledged its callback */
  acknowledged(event: MatterEvent, seconds: number): void;
  vendorCall: ReturnType<typeof timeVendorCalls>;
}

/**
 * @param labels the values that a label can have. Each series is there from the start: Prometheus computes an increase from two values,
 * so it would not see the first one of a series that begins with it
 */
export function createWorkerMetrics({
  repairs: repairKinds,
  refusals: refusalCodes,
  events,
}: {
  repairs: readonly string[];
  refusals: readonly string[];
  events: readonly MatterEvent[];
}): WorkerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const repairs = new Counter({
    name: 'sweep_repairs_total',
    help: 'Repairs by the sweep, by kind',
    labelNames: ['kind'] as const,
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'log_checkpoints_refused_total',
    help: 'Checkpoints of the transparency log that were not signed, because the log does not continue what was published',
    labelNames: ['code'] as const,
    registers: [registry],
  });
  const deliveries = new Histogram({
    name: 'callback_acknowledged_seconds',
    help: 'How long after an event the registration system acknowledged its callback',
    labelNames: ['event'] as const,
    buckets: [1, 5, 15, 60, 300, 600, 3600, 6 * 3600, 24 * 3600],
    registers: [registry],
  });
  for (const kind of repairKinds) repairs.inc({ kind }, 0);
  for (const code of refusalCodes) refusals.inc({ code }, 0);
  for (const event of events) deliveries.zero({ event });
  return {
    registry,
    countRepair: (kind) => repairs.inc({ kind }),
    countLogRefusal: (code) => refusals.inc({ code }),
    acknowledged: (event, seconds) => deliveries.observe({ event }, seconds),
    vendorCall: timeVendorCalls(registry),
  };
}

/**
 * Serves the metrics of a worker: those of its process, and those of the Temporal SDK. The SDK exports its metrics on a loopback port
 * without authentication, so this server adds a token. `/health/live` needs no token.
 */
export async function serveWorkerMetrics({
  host,
  port,
  token,
  sdkPort,
  registry,
}: {
  host: string;
  port: number;
  token: string;
  sdkPort: number;
  registry: Registry;
}): Promise<Server> {
  const text = async () => {
    const sdk = await fetch(`http://127.0.0.1:${sdkPort}/metrics`);
    return `${await registry.metrics()}\n${await sdk.text()}`;
  };
  const server = createServer((request, response) => {
    const respond = (status: number, body: string) => {
      response.writeHead(status, { 'Content-Type': prometheusContentType }).end(body);
    };
    if (request.method !== 'GET') respond(405, 'method_not_allowed');
    else if (request.url === '/health/live') respond(200, 'up');
    else if (request.url !== '/metrics') respond(404, 'not_found');
    else if (!hasBearerToken(request.headers.authorization ?? '', token)) respond(401, 'not_signed_in');
    else {
      text().then(
        (body) => respond(200, body),
        () => respond(503, 'temporarily_unavailable'),
      );
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
