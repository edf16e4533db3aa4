import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { freeLoopbackPort } from '../../platform/worker-metrics';
import { freshDatabase } from '../setup/database';
import type { FreshDatabase } from '../setup/database';
import { prometheusPrograms } from '../setup/needs/prometheus';
import { startProduct } from '../setup/product';
import type { Product } from '../setup/product';

// A real Prometheus reads the figures of the running product, by the rules of deploy/prometheus. Only their times are shorter: a minute is
// a second.

const MINUTES = 60_000;
const folder = join(__dirname, '../../deploy/prometheus');

interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  endsAt: string;
}

let database: FreshDatabase;
let dataDir: string;
let product: Product;
let alertmanager: Server;
let prometheus: ChildProcess;
let address: string;
/** Is told of each alert that arrives where Alertmanager would be. */
let arrived: (alert: Alert) => unknown = () => undefined;

beforeAll(async () => {
  database = await freshDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'rid-alerting-'));
  product = await startProduct(database, dataDir, { port: 18_330, taskQueue: 'alerting' });
  alertmanager = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      for (const alert of JSON.parse(Buffer.concat(chunks).toString()) as Alert[]) arrived(alert);
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    alertmanager.listen(0, '127.0.0.1', resolve);
  });
  await configurePrometheus();
  startPrometheus();
}, 5 * MINUTES);

afterAll(async () => {
  await stopPrometheus();
  alertmanager.close();
  alertmanager.closeAllConnections();
  await product.stop();
  await database.drop();
  rmSync(dataDir, { recursive: true });
}, MINUTES);

const read = (file: string) => readFileSync(join(folder, file), 'utf8');

/** The product's configuration and rules, with the addresses and the pace of this test. */
async function configurePrometheus(): Promise<void> {
  const config = parse(read('prometheus.yml')) as {
    global: object;
    alerting: { alertmanagers: { static_configs: object[] }[] };
    scrape_configs: { job_name: string; authorization: object; static_configs: object[] }[];
  };
  config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
  const receiver = `127.0.0.1:${(alertmanager.address() as AddressInfo).port}`;
  for (const one of config.alerting.alertmanagers) one.static_configs = [{ targets: [receiver] }];
  const services: Record<string, string> = {
    'registration-identity-api': product.urls.api!,
    'registration-identity-worker': product.urls.workerMetrics!,
  };
  for (const job of config.scrape_configs) {
    job.authorization = { credentials_file: join(dataDir, 'keys/metrics-token') };
    job.static_configs = [{ targets: [new URL(services[job.job_name]!).host] }];
  }
  writeFileSync(join(dataDir, 'prometheus.yml'), stringify(config));
  writeFileSync(join(dataDir, 'rules.yml'), inSeconds(read('rules.yml')));
  address = `http://127.0.0.1:${await freeLoopbackPort()}`;
}

function startPrometheus(): void {
  prometheus = spawn(
    prometheusPrograms().prometheus,
    [
      `--config.file=${join(dataDir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dataDir, 'prometheus')}`,
      `--web.listen-address=${new URL(address).host}`,
      '--log.level=error',
    ],
    { stdio: 'inherit' },
  );
}

async function stopPrometheus(): Promise<void> {
  const ended = once(prometheus, 'exit');
  prometheus.kill();
  await ended;
}

/** Rules in which each minute has become a second. */
function inSeconds(rules: string): string {
  const unitOf: Record<string, string> = { m: 's', h: 'm' };
  return rules
    .replaceAll(/(\[|for: |offset )(\d+)([mh])/g, (_, before: string, n: string, unit: string) =>
      [before, n, unitOf[unit]].join(''),
    )
    .replaceAll(/(\[|for: |offset )(\d+)d/g, (_, before: string, n: string) => `${before}${Number(n) * 24}m`);
}

/** What Prometheus answers. */
async function ask<T>(path: string): Promise<T> {
  return ((await (await fetch(`${address}/api/v1/${path}`)).json()) as { data: T }).data;
}

/** While people try to sign in, one after the other, waits for an alert that is like this. */
async function alertWhilePeopleSignIn(isWanted: (alert: Alert) => boolean): Promise<Alert> {
  const wanted: Alert[] = [];
  arrived = (alert) => isWanted(alert) && wanted.push(alert);
  while (wanted.length === 0) {
    await fetch(`${product.urls.api}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'alipay', authCode: 'a-code-of-nobody' }),
    });
  }
  return wanted[0]!;
}

async function gateway(mode: string): Promise<void> {
  const response = await fetch(`${product.urls.alipaySandbox}/admin/mode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode }),
  });
  expect(response.status).toBe(200);
}

it(
  'the vendor goes down: the alert fires, names its runbook, fires again after a restart of Prometheus, and resolves when the vendor is back',
  async () => {
    const isAbout = ({ labels }: Alert) => labels.alertname === 'VendorFails';
    await gateway('down');
    const fired = await alertWhilePeopleSignIn(isAbout);
    expect(fired).toMatchObject({
      labels: { severity: 'page', interface: 'alipay.system.oauth.token' },
      annotations: {
        summary: '100% of the calls of alipay.system.oauth.token fail',
        runbook: 'docs/operations.md#the-vendor-fails',
      },
    });
    await stopPrometheus();
    startPrometheus();
    expect((await alertWhilePeopleSignIn(isAbout)).labels).toEqual(fired.labels);
    await gateway('up');
    const isOver = (alert: Alert) => isAbout(alert) && new Date(alert.endsAt) <= new Date();
    const resolved = await alertWhilePeopleSignIn(isOver);
    expect(resolved.labels).toEqual(fired.labels);
  },
  MINUTES,
);

it('every rule is evaluated without an error, and what the worker measures for them is there', async () => {
  const { groups } = await ask<{ groups: { rules: { name: string; health: string }[] }[] }>('rules');
  const rules = groups.flatMap(({ rules: of }) => of);
  expect(rules.length).toBeGreaterThan(30);
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  const metric = 'temporal_workflow_task_schedule_to_start_latency';
  const { result } = await ask<{ result: { value: [number, string] }[] }>(
    `query?query=${encodeURIComponent(`sum(${metric}_sum) / sum(${metric}_count)`)}`,
  );
  // In milliseconds: none takes less than a hundredth of one, and on average none waits for a minute.
  expect(Number(result[0]?.value[1])).toBeGreaterThan(0.01);
  expect(Number(result[0]?.value[1])).toBeLessThan(60_000);
});
