import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, prometheusContentType, Registry } from 'prom-client';
import { hasBearerToken } from './secrets';

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
}

export function createWorkerMetrics(): WorkerMetrics {
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
  return {
    registry,
    countRepair: (kind) => repairs.inc({ kind }),
    countLogRefusal: (code) => refusals.inc({ code }),
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
