import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import type { Holder } from '../sandbox/alipay/settings';
import { createLeakDetector } from './leak-detector';
import type { Leak } from './leak-detector';
import { createAlipayCertificates } from './setup/certificates';
import { consentTo } from './setup/consents';
import { freshDatabase } from './setup/database';
import type { FreshDatabase } from './setup/database';
import { startProduct } from './setup/product';
import type { Product } from './setup/product';
import { temporalServer } from './setup/needs/temporal';

const root = join(__dirname, '..');
const MINUTES = 60_000;

let database: FreshDatabase;
let dataDir: string;
let product: Product;
let urls: Record<string, string>;

beforeAll(async () => {
  database = await freshDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'rid-stack-'));
  giveCertificates();
  await start();
}, 3 * MINUTES);

afterAll(async () => {
  await product.stop();
  await database.drop();
  rmSync(dataDir, { recursive: true });
}, MINUTES);

/** The product of this file and the sandbox know each other by certificates; those of all other files by keys. */
function giveCertificates(): void {
  const { root, app, alipay } = createAlipayCertificates();
  const folder = join(dataDir, 'keys');
  mkdirSync(folder);
  const files = {
    'alipay-root-cert': root,
    'alipay-app-cert': app.certificate,
    'alipay-app-private': app.privateKey,
    'alipay-app-public': app.publicKey,
    'alipay-gateway-cert': alipay.certificate,
    'alipay-gateway-private': alipay.privateKey,
    'alipay-gateway-public': alipay.publicKey,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.pem`), text);
}

async function start(): Promise<void> {
  product = await startProduct(database, dataDir, { port: 18_080 });
  ({ urls } = product);
}

async function demo(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[join(root, 'scripts/demo.mjs'), '--data', dataDir],
    ...args,
  ]);
  return stdout;
}

const holders = JSON.parse(readFileSync(join(root, 'samples/persons.json'), 'utf8')) as Holder[];

test(
  'two persons go the whole way, the registration system hears of both, and each of their own',
  async () => {
    for (const person of ['1', '2']) {
      expect(await demo('--person', person)).toContain('All as it should be.');
    }
    const answer = await fetch(`${urls.registrySandbox}/admin/callbacks`);
    const { verified, rejected } = (await answer.json()) as {
      verified: { deliveryId: string; event: string; body: { matter: { externalId: string } } }[];
      rejected: object;
    };
    expect(rejected).toEqual({});
    const confirmed = verified.filter(({ event }) => event === 'confirmation.confirmed');
    expect(confirmed.length).toBe(2);
    // The feed has every callback by its id, and the registration system files the portraits, once.
    const feed = (await (await fetch(`${urls.registrySandbox}/admin/events?limit=500`)).json()) as {
      body: { events: { deliveryId: string }[] };
    };
    expect(feed.body.events.map(({ deliveryId }) => deliveryId)).toEqual(
      expect.arrayContaining(verified.map(({ deliveryId }) => deliveryId)),
    );
    for (const status of [200, 404])
      for (const { body } of confirmed) {
        const path = `/admin/archive/${body.matter.externalId}`;
        const filed = await fetch(`${urls.registrySandbox}${path}`, { method: 'POST' });
        expect(await filed.json()).toMatchObject({
          portraits: [{ status }],
          acknowledgement: { status: 200 },
        });
      }
    const gateway = await fetch(`${urls.alipaySandbox}/gateway.do?app_id=2021000000000001`);
    expect(Object.keys((await gateway.json()) as object)).toContain('alipay_cert_sn');
    const messages = await (await fetch(`${urls.alipaySandbox}/admin/messages`)).json();
    expect(messages).toMatchObject(holders.slice(0, 2).map(({ account }) => ({ account })));
  },
  2 * MINUTES,
);

test(
  'somebody with a residence permit goes the way without a bank card',
  async () => {
    const output = await demo('--person', '8');
    expect(output).toContain('All as it should be.');
    expect(output).not.toContain('bank card');
  },
  2 * MINUTES,
);

test('the clerks that a start makes come in, each with the role it is listed with', async () => {
  const { clerks } = urls.demo as unknown as { clerks: { login: string; password: string; role: string }[] };
  expect(clerks.map(({ login }) => login)).toEqual([
    ...['clerk-1', 'reviewer-1', 'reviewer-2', 'auditor-1', 'admin-1'],
  ]);
  for (const { login, password, role } of clerks) {
    const response = await fetch(`${urls.api}/api/clerk/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    expect([response.status, await response.json()]).toMatchObject([201, { clerk: { login, role } }]);
  }
});

test(
  'a journey is stuck while the vendor is away, and goes on after a decision',
  async () => {
    expect(await demo('--person', '3', '--scenario', 'gateway-down')).toContain('→ stuck');
  },
  2 * MINUTES,
);

test(
  'clerks correct a name, and accept what they saw in place of a face check',
  async () => {
    expect(await demo('--person', '15', '--scenario', 'name-corrected')).toContain('correct-name');
    expect(await demo('--person', '10', '--scenario', 'window')).toContain('→ completed');
    expect(await demo('--person', '6', '--scenario', 'without-phone')).toContain('All as it should be.');
  },
  2 * MINUTES,
);

test(
  'what was confirmed and what clerks did stands in the transparency log, of which the registration system is a witness',
  async () => {
    const { verified } = (await (await fetch(`${urls.registrySandbox}/admin/callbacks`)).json()) as {
      verified: { body: { checkpoint: string } }[];
    };
    const kept = join(dataDir, 'checkpoint');
    writeFileSync(kept, verified.at(-1)!.body.checkpoint);
    const audit = async () => {
      const settings = [`DATABASE_URL=${database.url}`, `KEYS_DATABASE=${database.keysDatabase}`];
      const script = [join(root, 'scripts/audit-verify.mjs'), '--data', dataDir, '--checkpoint', kept];
      const { code, stdout } = await promisify(execFile)('env', [
        ...settings,
        process.execPath,
        ...script,
      ]).then(
        (output) => ({ code: 0, ...output }),
        (error: unknown) => error as { code: number; stdout: string },
      );
      return { code, stdout };
    };
    const witness = await (await fetch(`${urls.registrySandbox}/admin/witness`)).json();
    expect(witness).toEqual({ checkpoint: expect.any(String), size: expect.any(Number), defects: [] });
    expect(await audit()).toEqual({ code: 0, stdout: expect.stringMatching(/Everything agrees\.\n$/) });
    const connection = await createConnection({ uri: database.url });
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT MIN(id) AS id FROM clerk_actions');
    const change = async (result: string) =>
      await connection.query('UPDATE clerk_actions SET result = ? WHERE id = ?', [result, row!.id]);
    await change('wrong');
    expect(await audit()).toEqual({
      code: 1,
      stdout: expect.stringMatching(new RegExp(`^Leaf \\d+: clerk action ${row!.id} was changed`, 'm')),
    });
    await change('done');
    await connection.end();
  },
  MINUTES,
);

test(
  'a journey goes on after the whole stack was stopped and started',
  async () => {
    const [, , , person] = holders;
    const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    const { authCode } = await post(`${urls.alipaySandbox}/admin/auth-codes`, { account: person!.account });
    const { token } = await post(`${urls.api}/api/sessions`, { channel: 'alipay', authCode });
    const headers = { authorization: `Bearer ${String(token)}` };
    const entry = {
      name: person!.name,
      documentType: person!.document.type,
      documentNumber: person!.document.number,
      consents: [consentTo('personal-information'), consentTo('bank-card-notice')],
    };
    const journey = await post(`${urls.api}/api/journeys`, entry, {
      ...headers,
      'idempotency-key': 'enter-1',
    });
    expect(journey.step).toBe('face');
    const text = `${person!.name} ${person!.document.number}`;
    const complaint = { kind: 'complaint', text };
    const taken = await post(`${urls.api}/api/complaints`, complaint, {
      ...headers,
      'idempotency-key': 'complaint-1',
    });
    expect(taken).toMatchObject(complaint);
    await product.stop();
    await start();
    const current = await (await fetch(`${urls.api}/api/journeys/current`, { headers })).json();
    expect(current).toMatchObject({ id: journey.id, step: 'face', revision: journey.revision });
    const next = await post(
      `${urls.api}/api/journeys/${String(journey.id)}/face-checks`,
      { revision: journey.revision, consent: consentTo('face-check') },
      { ...headers, 'idempotency-key': 'face-1' },
    );
    expect(next).toMatchObject({ step: 'face', faceCheck: { certifyId: expect.any(String) } });
  },
  2 * MINUTES,
);

test(
  'no name, number, card or phone is left in database, histories, logs or figures',
  async () => {
    const invented = holders.flatMap(({ name, nameOnRecord, document, phone, bankCards }) => [
      ...[name, ...(nameOnRecord ? [nameOnRecord] : []), document.number, phone],
      ...bankCards.map(({ number }) => number),
    ]);
    const detector = createLeakDetector(invented);
    // That it finds what is there, in what people are shown.
    expect(
      detector.search('samples', readFileSync(join(root, 'samples/persons.json'))).length,
    ).toBeGreaterThan(0);
    const leaks: Leak[] = [];
    let searched = 0;
    const search = (name: string, content: string | Buffer) => {
      searched += 1;
      leaks.push(...detector.search(name, content));
    };
    for (const file of ['api.log', 'worker.log', 'migrate.log']) {
      const path = join(dataDir, 'logs', file);
      if (existsSync(path)) search(file, readFileSync(path));
    }
    expect(readdirSync(join(dataDir, 'logs'))).toEqual(expect.arrayContaining(['api.log', 'worker.log']));

    const token = readFileSync(join(dataDir, 'keys/metrics-token'), 'utf8');
    for (const url of [`${urls.api}/metrics`, urls.workerMetrics!]) {
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      const figures = await answer.text();
      // Fractions are measured, such as seconds: by chance they hold the digits of a number, too.
      search(url, figures.replaceAll(/ \d+\.\d+(e-?\d+)?$/gm, ''));
      // That what is searched is the figures.
      const shown =
        url === urls.workerMetrics
          ? [/^temporal_activity_succeed\S*\{.*activity_type=.* [1-9]/m, /^process_cpu_seconds_total /m]
          : [
              /^attempts_today\{purpose="matter-face",state="passed"\} [1-9]/m,
              /^journey_commands_total\{command="start-face",outcome="done"\} 1$/m,
            ];
      for (const form of shown) expect(figures).toMatch(form);
    }

    const connection = await createConnection({ uri: database.url });
    const [tables] = await connection.query<RowDataPacket[]>(
      'SELECT table_schema AS s, table_name AS t FROM information_schema.tables WHERE table_schema IN (DATABASE(), ?)',
      [database.keysDatabase],
    );
    let rowCount = 0;
    for (const { s, t } of tables) {
      const [rows] = await connection.query<RowDataPacket[]>('SELECT * FROM ??.??', [s, t]);
      rowCount += rows.length;
      for (const row of rows) {
        for (const [column, value] of Object.entries(row)) {
          if (value !== null)
            search(`${String(t)}.${column}`, Buffer.isBuffer(value) ? value : JSON.stringify(value));
        }
      }
    }
    await connection.end();
    expect(rowCount).toBeGreaterThan(50);

    const temporal = await Connection.connect({ address: temporalServer().address });
    const client = new Client({ connection: temporal });
    let histories = 0;
    for await (const { workflowId, runId } of client.workflow.list()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      // As bytes, payloads and all: searched as Temporal keeps them.
      search(`history of ${workflowId}`, JSON.stringify(history, asText));
      histories += 1;
    }
    await temporal.close();
    expect(histories).toBeGreaterThan(5);
    expect(leaks).toEqual([]);
    expect(searched).toBeGreaterThan(200);
  },
  2 * MINUTES,
);

/** Payloads are bytes; JSON would write each byte as a number. */
function asText(_: string, value: unknown): unknown {
  return value instanceof Uint8Array
    ? Buffer.from(value).toString('utf8')
    : typeof value === 'bigint'
      ? String(value)
      : value;
}
