import { execFile, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { DockerfileParser } from 'dockerfile-ast';
import { createConnection } from 'mysql2/promise';
import { parse } from 'yaml';
import { routesOf } from '../api/routes';
import { freeLoopbackPort } from '../platform/worker-metrics';
import { readConfig } from '../platform/config';
import { variablesOf } from '../platform/config-groups';
import { createAuthority } from './setup/certificates';
import { databaseServer } from './setup/needs/database';
import './setup/needs/services';
import { temporalServer } from './setup/needs/temporal';

// No container is started here: what the files say is held against the code, and what they start is started as they say it.

const root = join(__dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Service {
  image: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  ports?: string[];
  volumes?: string[];
  user?: string;
  profiles?: string[];
  restart?: string;
  healthcheck?: { test: string[] };
  networks?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  depends_on?: Record<string, { condition: string }>;
  stop_grace_period?: string;
}

const text = read('docker-compose.yml');
const compose = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  networks: Record<string, { internal?: boolean } | null>;
};
const { services } = compose;
const ours = ['migrate', 'worker', 'api'] as const;

const folder = mkdtempSync(join(tmpdir(), 'rid-compose-'));
afterAll(() => rmSync(folder, { recursive: true }));

const password = () => randomBytes(12).toString('hex');
/** The environment that an operator would set. */
const given: Record<string, string> = {
  VERSION: '0.1.0',
  SECRETS: folder,
  PUBLIC_URL: 'https://identity.example',
  TRUSTED_PROXIES: '172.18.0.1',
  DATABASE_API_PASSWORD: password(),
  DATABASE_WORKER_PASSWORD: password(),
  DATABASE_OWNER_PASSWORD: password(),
  TEMPORAL_OWNER_PASSWORD: password(),
  TEMPORAL_DATABASE_PASSWORD: password(),
  ALIPAY_APP_ID: '2021000000000001',
  ALIPAY_FACE_FAIL_REASONS: '{}',
  REGISTRY_SIGNING_KEY_ID: 'authority-1',
  TLOG_ORIGIN: 'identity.example/log',
  METRICS_TOKEN: randomBytes(24).toString('hex'),
};

/** As compose does it. @throws where a variable without default is missing */
function interpolate(value: string, from: Record<string, string> = given): string {
  return value.replaceAll(/\$\{(\w+)(:[-?])([^}]*)\}/g, (_, name: string, how: string, rest: string) => {
    const set = from[name];
    if (set) return set;
    if (how === ':-') return rest;
    throw new Error(`${name}: ${rest}`);
  });
}

describe('the compose file', () => {
  it('has no secret, and no default for one', () => {
    const variables = Array.from(text.matchAll(/\$\{(\w+)(:[-?])([^}]*)\}/g));
    const withDefault = variables.filter(([, , how]) => how === ':-').map(([, name, , rest]) => [name, rest]);
    expect(Object.fromEntries(withDefault)).toEqual({
      APP_ENV: 'production',
      COMMIT: '',
      LOG_LEVEL: 'info',
      ALIPAY_GATEWAY: 'https://openapi.alipay.com/gateway.do',
      ALIPAY_AUTHORIZED_IDENTITY: 'false',
      ALIPAY_CONFIRMED_TEMPLATE: '',
      SUPPORT_QR_FILE: '',
      TEMPORAL_UI_URL: '',
      NATIONAL_DESK_FILE: '',
      VIRUS_SCANNER_ADDRESS: '',
      TIME_STAMP_URL: '',
      TIME_STAMP_ROOTS_FILE: '',
      TIME_STAMP_POLICY: '',
      SIGNER_CA_URL: '',
      SIGNER_CA_ROOTS_FILE: '',
      OIDC_ISSUER: '',
      OIDC_CLIENT_ID: '',
      OIDC_CLIENT_SECRET_FILE: '',
      OIDC_SECOND_FACTOR: '',
    });
    expect(new Set(variables.filter(([, , how]) => how === ':?').map(([, name]) => name))).toEqual(
      new Set(Object.keys(given)),
    );
    const passwords = text
      .split('\n')
      .filter((line) => /(PASSWORD|PWD|TOKEN)\w*: /.test(line))
      .filter((line) => !/: (\$\{\w+:\?|\/run\/secrets\/)/.test(line));
    expect(passwords).toEqual([]);
  });

  it.each(ours)('gives %s variables that it reads, and all that it needs', (name) => {
    const environment = services[name]?.environment ?? {};
    const known: string[] = variablesOf(name);
    expect(Object.keys(environment).filter((variable) => !known.includes(variable))).toEqual([]);
    const values = Object.entries(environment)
      .map(([variable, value]) => [variable, interpolate(value)])
      // No container is here that would have them.
      .map(([variable, value]) => [variable, value!.startsWith('/run/secrets/') ? __filename : value]);
    expect(() => readConfig(Object.fromEntries(values) as Record<string, string>, name)).not.toThrow();
  });

  it('mounts every secret file that a service is told to read', () => {
    for (const name of [...ours, 'mysql', 'sandbox']) {
      const { environment = {}, command = [], secrets = [], healthcheck } = services[name]!;
      const paths = JSON.stringify([environment, command, healthcheck]).matchAll(/\/run\/secrets\/(\w+)/g);
      const files = new Set(Array.from(paths, ([, file]) => file));
      expect([name, [...files].sort()]).toEqual([name, [...secrets].sort()]);
      for (const file of secrets) expect(compose.secrets[file]?.file).toContain('${SECRETS:?');
    }
  });

  it('gives each of ours only the secrets that it works with', () => {
    const secretsOf = (name: string) => [...(services[name]?.secrets ?? [])].sort();
    const shared = ['alipay_private_key', 'alipay_public_key', 'key_ring', 'registries', 'signing_keys'];
    expect(secretsOf('migrate')).toEqual([]);
    expect(secretsOf('api')).toEqual([...shared, 'tlog_public_keys']);
    expect(secretsOf('worker')).toEqual(
      [...shared, 'registry_signing_key', 'signing_key', 'tlog_signing_key'].sort(),
    );
    const passwordIn = (name: string) => services[name]?.environment?.DATABASE_URL;
    expect(new Set(ours.map(passwordIn)).size).toBe(ours.length);
  });

  it('lets operators look at Temporal, and change nothing there', () => {
    expect(services['temporal-ui']?.environment).toMatchObject({
      TEMPORAL_DISABLE_WRITE_ACTIONS: 'true',
      TEMPORAL_BATCH_ACTIONS_DISABLED: 'true',
    });
  });

  it('keeps the sandbox where neither database nor Temporal is', () => {
    expect(services.sandbox?.networks).toEqual(['outside']);
    expect(services.api?.networks).toContain('outside');
  });

  it('writes no wrapped key into the log of changes, and keeps that log for a week', () => {
    expect(services.mysql?.command).toEqual(
      expect.arrayContaining([
        `--binlog-ignore-db=${services.worker?.environment?.KEYS_DATABASE}`,
        '--binlog-expire-logs-seconds=604800',
      ]),
    );
  });

  it('gives Temporal the file without which its image does not start, and asks it where it answers', () => {
    const { volumes = [], healthcheck } = services.temporal!;
    const [file] = volumes.filter((volume) =>
      volume.endsWith(':/etc/temporal/config/dynamicconfig/docker.yaml:ro'),
    );
    const settings = parse(read(file!.split(':')[0]!)) as Record<string, { value: unknown }[]>;
    expect(Object.values(settings).flat().length).toBeGreaterThan(0);
    // `localhost` may be the address of the other family.
    expect(healthcheck?.test).toContain('127.0.0.1');
  });

  it('pins every image', () => {
    const images = Object.values(services).map(({ image }) => interpolate(image));
    expect(images.filter((image) => !/:\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?$/.test(image))).toEqual([]);
  });

  it('opens nothing to the world, and keeps database and Temporal inside', () => {
    const ports = Object.entries(services).flatMap(([name, { ports: of = [] }]) =>
      of.map((port) => `${name} ${port}`),
    );
    expect(ports.filter((port) => !port.includes(' 127.0.0.1:'))).toEqual([]);
    expect(ports.map((port) => port.split(' ')[0])).toEqual(['temporal-ui', 'api', 'sandbox', 'sandbox']);
    expect(compose.networks.inside).toEqual({ internal: true });
    for (const name of ['mysql', 'temporal', 'temporal-schema', 'temporal-set-up', 'migrate'])
      expect([name, services[name]?.networks]).toEqual([name, ['inside']]);
  });

  it('gives ours no rights that they do not need', () => {
    for (const name of [...ours, 'sandbox']) {
      const { read_only, cap_drop, user } = services[name]!;
      expect([name, read_only, cap_drop, user]).toEqual([name, true, ['ALL'], undefined]);
    }
  });

  it('starts the sandbox only where it is asked for', () => {
    const inProfiles = Object.entries(services).filter(([, { profiles }]) => profiles);
    expect(inProfiles.map(([name]) => name)).toEqual(['sandbox']);
    expect(services.sandbox?.command?.slice(0, 3)).toEqual([
      'node',
      '--enable-source-maps',
      'dist/sandbox/main.js',
    ]);
  });

  it('asks for health where it is answered', () => {
    const { PORT } = services.api!.environment!;
    const { METRICS_PORT } = services.worker!.environment!;
    const paths = routesOf({} as never).map(({ path }) => path);
    expect(paths).toContain('/health/ready');
    expect(services.api?.healthcheck?.test.at(-1)).toContain(`http://127.0.0.1:${PORT}/health/ready`);
    expect(services.api?.ports).toEqual([`127.0.0.1:8080:${PORT}`]);
    expect(services.worker?.healthcheck?.test.at(-1)).toContain(
      `http://127.0.0.1:${METRICS_PORT}/health/live`,
    );
  });

  it('starts each thing after what it needs, and nothing that is not there', () => {
    for (const [name, { depends_on = {}, volumes = [] }] of Object.entries(services)) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        const isOnce = services[needed]?.restart?.startsWith('on-failure') === true;
        expect([name, needed, condition]).toEqual([
          name,
          needed,
          isOnce ? 'service_completed_successfully' : 'service_healthy',
        ]);
        if (!isOnce) expect([needed, services[needed]?.healthcheck !== undefined]).toEqual([needed, true]);
      }
      const files = volumes.map((volume) => volume.split(':')[0]!).filter((source) => source.startsWith('.'));
      expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    }
    // More than the worker's own patience with a vendor.
    expect(parseInt(services.worker?.stop_grace_period ?? '0')).toBeGreaterThan(15);
  });
});

describe('the Dockerfile', () => {
  const instructions = DockerfileParser.parse(read('Dockerfile')).getInstructions();
  const of = (keyword: string) => instructions.filter((one) => one.getKeyword() === keyword);
  const argumentsOf = (one: (typeof instructions)[number]) =>
    one.getArguments().map((word) => word.getValue());

  it('pins its images, and runs as nobody of importance', () => {
    const image = `node:${read('.nvmrc').trim()}-bookworm-slim`;
    expect(of('FROM').map((one) => argumentsOf(one)[0])).toEqual([image, image]);
    const last = instructions.map((one) => one.getKeyword()).lastIndexOf('FROM');
    const users = instructions.slice(last).filter((one) => one.getKeyword() === 'USER');
    expect(users.map((one) => argumentsOf(one)[0])).toEqual(['node']);
  });

  it('copies what is there, and starts what is built', () => {
    const copied = of('COPY').map((one) => ({
      from: one.getArguments().length && one.toString().includes('--from='),
      sources: argumentsOf(one).slice(0, -1),
    }));
    const paths = copied.flatMap(({ sources }) =>
      sources.filter((source) => !source.startsWith('--')).map((source) => source.replace(/^\/app\//, '')),
    );
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(paths).toEqual(expect.arrayContaining(['dist', 'node_modules', 'samples', 'package-lock.json']));
    const [command] = of('CMD');
    expect(existsSync(join(root, (JSON.parse(argumentsOf(command!).join(' ')) as string[]).at(-1)!))).toBe(
      true,
    );
  });
});

describe('what the files start', () => {
  let host: string;
  let temporalAddress: string;
  const [apiPort, metricsPort] = [freeLoopbackPort(), freeLoopbackPort()];

  beforeAll(async () => {
    ({ host } = new URL(databaseServer().adminUrl));
    temporalAddress = temporalServer().address;
    const pair = (type: 'rsa' | 'ed25519') =>
      generateKeyPairSync(type as 'rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
    const [application, alipay, signing] = [pair('rsa'), pair('rsa'), pair('ed25519')];
    const log = pair('ed25519');
    const own = createAuthority(folder, 'signing').issue('evidence');
    const certificates = readFileSync(own.certFile, 'utf8');
    const from = new Date(new X509Certificate(certificates).validFrom).toISOString().replace('.000', '');
    const key = (id: string) => ({ id, key: randomBytes(32).toString('base64') });
    const ring = {
      wrapping: [key('w-1')],
      commands: [key('c-1')],
      person: key('p-1'),
      account: key('a-1'),
      identifier: key('i-1'),
    };
    const registry = {
      ...{ id: 'registry-1', name: '登记系统', authorities: ['110105'], kinds: ['change'] },
      callbackUrl: 'https://registry.example/callbacks',
      keys: [{ id: 'registry-1-1', algorithm: 'ed25519', publicKey: pair('ed25519').publicKey }],
    };
    const contents: Record<string, string> = {
      alipay_private_key: application.privateKey,
      alipay_public_key: alipay.publicKey,
      key_ring: JSON.stringify(ring),
      registries: JSON.stringify({ registries: [registry] }),
      registry_signing_key: signing.privateKey,
      tlog_signing_key: log.privateKey,
      tlog_public_keys: log.publicKey,
      signing_keys: JSON.stringify({ keys: [{ id: 'evidence-1', certificates, from }] }),
      signing_key: readFileSync(own.keyFile, 'utf8'),
    };
    for (const [name, content] of Object.entries(contents)) {
      writeFileSync(interpolate(compose.secrets[name]!.file), content, { mode: 0o600 });
    }
    await createUsers();
  });

  /** What MySQL's image runs when its data directory is new, against the server of the tests. */
  async function createUsers(): Promise<void> {
    const script = `docker_process_sql() { cat; }; . ${join(root, 'deploy/mysql/users.sh')}`;
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { env: { ...given } });
    const admin = await createConnection({ uri: databaseServer().adminUrl, multipleStatements: true });
    await admin.query(stdout);
    await admin.end();
  }

  /** The environment that compose gives, with the addresses of this machine for those of its network. */
  async function environmentOf(name: string): Promise<Record<string, string>> {
    const entries = Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => [
      variable,
      interpolate(value)
        .replace('@mysql:3306', `@${host}`)
        .replace('temporal:7233', temporalAddress)
        .replace('0.0.0.0', '127.0.0.1')
        .replace(/^\/run\/secrets\/(\w+)$/, (_, file: string) => interpolate(compose.secrets[file]!.file)),
    ]);
    const environment = Object.fromEntries(entries) as Record<string, string>;
    return {
      ...environment,
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      PORT: String(await apiPort),
      METRICS_PORT: String(await metricsPort),
    };
  }

  async function start(name: string, changes: Record<string, string | undefined> = {}) {
    const [command, ...args] = services[name]!.command!;
    const environment = Object.entries({ ...(await environmentOf(name)), ...changes });
    const env = Object.fromEntries(environment.filter(([, value]) => value !== undefined));
    const child = spawn(command!, args, { cwd: root, env });
    const lines: string[] = [];
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    const waiting = new Map<string, () => void>();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        for (const [wanted, resolve] of waiting) if (line.includes(wanted)) resolve();
      });
    }
    /** Resolves with a line that contains this text. @throws if the process ends without one */
    const logged = async (wanted: string) => {
      const found = new Promise<void>((resolve) => waiting.set(wanted, resolve));
      const gone = ended.then((code) => {
        throw new Error(`${name} ended with ${code}:\n${lines.join('\n')}`);
      });
      await Promise.race([found, gone]);
    };
    return { child, lines, logged, ended };
  }

  /** Asks by the command of the compose file, at the ports of this test. */
  async function isHealthy(name: 'api' | 'worker'): Promise<boolean> {
    const [, command, ...args] = services[name]!.healthcheck!.test;
    const expanded = args.map((arg) =>
      arg.replace(':8080', `:${portOf.api}`).replace(':9464', `:${portOf.worker}`),
    );
    return await promisify(execFile)(command!, expanded).then(
      () => true,
      () => false,
    );
  }
  const portOf = { api: 0, worker: 0 };

  it('Temporal’s set-up makes namespace and search attributes, as often as it is run', async () => {
    const cli = dirname(temporalServer().cli);
    const [shell, ...args] = services['temporal-set-up']!.entrypoint!;
    const script = args.map((arg) => arg.replace('/scripts/', `${join(root, 'deploy/temporal')}/`));
    const env = {
      PATH: `${cli}:/usr/bin:/bin`,
      HOME: folder,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: services['temporal-set-up']!.environment!.TEMPORAL_NAMESPACE!,
    };
    for (let time = 1; time <= 2; time += 1) await promisify(execFile)(shell!, script, { env });
    const list = ['operator', 'search-attribute', 'list', '--output', 'json'];
    const { stdout } = await promisify(execFile)(temporalServer().cli, list, { env });
    for (const name of ['StuckCause', 'DocumentType', 'Authority']) expect(stdout).toContain(name);
  }, 120_000);

  it('migrates, serves, answers for its health, and ends in order', async () => {
    [portOf.api, portOf.worker] = [await apiPort, await metricsPort];
    const migration = await start('migrate');
    await migration.logged('database_migrated');
    const again = await start('migrate');
    expect([await migration.ended, await again.ended]).toEqual([0, 0]);

    const [worker, api] = [await start('worker'), await start('api', { DRAIN_SECONDS: '3' })];
    await Promise.all([worker.logged('worker_ready'), api.logged('api_ready')]);
    expect([await isHealthy('worker'), await isHealthy('api')]).toEqual([true, true]);
    const answers = async (path: string) =>
      (await fetch(`http://127.0.0.1:${portOf.api}/health/${path}`)).status;
    expect([await answers('serving'), await answers('live')]).toEqual([200, 200]);
    for (const { child } of [worker, api]) child.kill('SIGTERM');
    await api.logged('api_leaving');
    expect([await answers('serving'), await answers('live')]).toEqual([503, 200]);
    expect([await worker.ended, await api.ended]).toEqual([0, 0]);
    expect([await isHealthy('worker'), await isHealthy('api')]).toEqual([false, false]);
  }, 120_000);

  const everybody = ['api', 'worker'];
  it.each<[string, string[]]>([
    ["UPDATE evidence SET content = ''", everybody],
    ['DELETE FROM evidence', everybody],
    ['DELETE FROM evidence_seals', everybody],
    ["UPDATE evidence_seals SET jws = ''", ['api']],
    ["UPDATE clerk_actions SET result = 'done'", everybody],
    ['DELETE FROM clerk_actions', everybody],
    ["UPDATE log_waiting SET entry = ''", everybody],
    ['DELETE FROM log_waiting', ['api']],
    ["UPDATE log_hashes SET hash = ''", everybody],
    ['DELETE FROM log_hashes', everybody],
    ['INSERT INTO log_hashes (level, position) VALUES (0, 0)', ['api']],
    ["UPDATE log_checkpoints SET note = ''", everybody],
    ['DELETE FROM log_checkpoints', everybody],
    ['INSERT INTO log_checkpoints (tree_size) VALUES (0)', ['api']],
    ["UPDATE log_time_stamps SET token = ''", everybody],
    ['DELETE FROM log_time_stamps', everybody],
    ["UPDATE consents SET version = '1'", everybody],
    ['DELETE FROM consents', everybody],
    ["UPDATE data_keys SET wrapped = ''", everybody],
    ['DELETE FROM matters', everybody],
    ['DROP TABLE matters', everybody],
    ['CREATE TABLE other (id INT)', everybody],
    ["INSERT INTO evidence (id) VALUES ('1')", ['api']],
    ["INSERT INTO decisions (id) VALUES ('1')", ['api']],
    ["UPDATE decisions SET state = 'approved'", ['api']],
    ["UPDATE journeys SET step = 'to-dos'", ['api']],
    ["INSERT INTO clerks (id) VALUES ('1')", ['worker']],
    ["UPDATE clerks SET role = 'reviewer'", ['worker']],
    ['SELECT password_hash FROM clerks', ['worker']],
    ["INSERT INTO clerk_sessions (token_hash) VALUES ('1')", ['worker']],
    ['SELECT totp_offered FROM clerk_sessions', ['worker']],
    ['SELECT subject FROM clerk_provider_accounts', ['worker']],
    ['SELECT secret FROM clerk_totps', ['worker']],
    ["INSERT INTO clerk_passkeys (id) VALUES ('1')", ['worker']],
    ["INSERT INTO sessions (id) VALUES ('1')", ['worker']],
    ['SELECT * FROM clerk_actions', ['worker']],
    ["INSERT INTO matters (id) VALUES ('1')", ['worker']],
  ])('the database refuses %s to %j', async (statement, names) => {
    for (const name of names) {
      const url = new URL((await environmentOf(name)).DATABASE_URL!);
      if (statement.includes('data_keys')) url.pathname += '_keys';
      const connection = await createConnection({ uri: url.href });
      const expanded = connection.query(statement).then(
        () => 'done',
        (error: unknown) => (error as { code?: string }).code,
      );
      const answer = await expanded.finally(() => connection.end());
      expect([name, answer]).toEqual([name, expect.stringMatching(/^ER_(TABLE|COLUMN)ACCESS_DENIED_ERROR$/)]);
    }
  });

  it('the database takes back consents for the api', async () => {
    const connection = await createConnection({ uri: (await environmentOf('api')).DATABASE_URL! });
    await connection.query('UPDATE consents SET withdrawn_at = UTC_TIMESTAMP(3) WHERE id = ?', ['none']);
    await connection.end();
  });

  it.each<[string, string[]]>([
    ['DATABASE_URL', ['migrate', ...everybody]],
    ['ALIPAY_APP_ID', everybody],
    ['KEYS_FILE', everybody],
    ['PUBLIC_URL', everybody],
    ['METRICS_TOKEN', ['worker']],
    ['REGISTRY_SIGNING_KEY_FILE', ['worker']],
    ['TLOG_ORIGIN', everybody],
    ['TLOG_SIGNING_KEY_FILE', ['worker']],
    ['TLOG_PUBLIC_KEYS_FILE', ['api']],
    ['SIGNING_KEYS_FILE', everybody],
    ['SIGNING_KEY_FILE', ['worker']],
  ])(
    'without %s %j refuse to start, and say so',
    async (variable, names) => {
      for (const name of names) {
        const one = await start(name, { [variable]: undefined });
        expect([name, await one.ended]).not.toEqual([name, 0]);
        expect(one.lines.join('\n')).toContain(variable);
      }
    },
    60_000,
  );
});
