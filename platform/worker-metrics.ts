import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, prometheusContentType, Registry } from 'prom-client';
import { hasBearerToken } from './secrets';

/** A port of the loopback that nobody has now: the SDK's exporter can't be told to find one. */
export async function freeLoopbackPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a worker counts itself. */
export interface WorkerFigures {
  registry: Registry;
  countRepair(kind: string): void;
}

export function createWorkerFigures(): WorkerFigures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const repairs = new Counter({
    name: 'sweep_repairs_total',
    help: 'What the sweep found and put right',
    labelNames: ['kind'] as const,
    registers: [registry],
  });
  return { registry, countRepair: (kind) => repairs.inc({ kind }) };
}

/**
 * Serves a worker's figures: its process, and what the Temporal SDK counts, which exports them on a port of the loopback
 * without asking who reads. `/health/live` is for who only wants to know whether it is there.
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
    const answer = (status: number, body: string) => {
      response.writeHead(status, { 'Content-Type': prometheusContentType }).end(body);
    };
    if (request.method !== 'GET') answer(405, 'method_not_allowed');
    else if (request.url === '/health/live') answer(200, 'up');
    else if (request.url !== '/metrics') answer(404, 'not_found');
    else if (!hasBearerToken(request.headers.authorization ?? '', token)) answer(401, 'not_signed_in');
    else {
      text().then(
        (body) => answer(200, body),
        () => answer(503, 'temporarily_unavailable'),
      );
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
