import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, missingProtection, readConfig } from './config';
import { variablesOf } from './config-groups';
import type { Process } from './config-groups';
import { configSchema } from './config-schema';

const least = {
  DATABASE_URL: 'mysql://root:secret@127.0.0.1:3306/identity',
  ALIPAY_APP_ID: '2021000000000001',
  ALIPAY_PRIVATE_KEY_FILE: 'app.pem',
  ALIPAY_PUBLIC_KEY_FILE: 'alipay.pem',
  KEYS_FILE: 'keys.json',
  REGISTRIES_FILE: 'registries.json',
  REGISTRY_SIGNING_KEY_FILE: 'signing.pem',
  REGISTRY_SIGNING_KEY_ID: 'authority-1',
  TLOG_ORIGIN: 'identity.example/log',
  TLOG_SIGNING_KEY_FILE: 'log.pem',
  TLOG_PUBLIC_KEYS_FILE: 'log-public.pem',
  SIGNING_KEYS_FILE: 'signing-keys.json',
  SIGNING_KEY_FILE: 'signing.key',
};

const processes = ['api', 'worker', 'migrate', 'add-clerk', 'audit-verify'] as const;

function issuesOf(env: Record<string, string | undefined>, of: readonly Process[] = processes): string[] {
  const issues = of.flatMap((name) => {
    try {
      readConfig(env, name);
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.issues;
      throw error;
    }
  });
  return [...new Set(issues.map(({ variable, code }) => `${variable} ${code}`))];
}

const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(least).filter(([name]) => !names.includes(name)));

test('the required variables are enough; the others have defaults', () => {
  expect({ ...readConfig(least, 'api'), ...readConfig(least, 'worker') }).toEqual({
    env: 'development',
    server: { host: '127.0.0.1', port: 8080, publicUrl: 'http://127.0.0.1:8080' },
    proxies: {},
    drain: { seconds: 10 },
    log: { level: 'info' },
    database: { url: least.DATABASE_URL, keysDatabase: 'identity_keys', pool: 10 },
    temporal: { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'registration-identity' },
    alipay: {
      gateway: 'https://openapi.alipay.com/gateway.do',
      appId: '2021000000000001',
      privateKeyFile: 'app.pem',
      trust: { mode: 'key', publicKeyFile: 'alipay.pem' },
      timeoutMs: 8000,
      faceFailReasons: {},
      bankCardReasons: {},
      authorizedIdentity: false,
      faceDocuments: ['resident-id'],
      faceReturnUrl: 'http://127.0.0.1:8080',
    },
    h5: { authorizeUrl: undefined },
    temporalUi: undefined,
    support: { qrFile: undefined },
    keys: { file: 'keys.json' },
    registries: { file: 'registries.json' },
    callbacks: { keyFile: 'signing.pem', keyId: 'authority-1' },
    transparencyLog: { origin: 'identity.example/log', publicKeysFile: 'log-public.pem' },
    logKeeping: { origin: 'identity.example/log', signingKeyFile: 'log.pem', timeStampSeconds: 60 },
    signingKeys: { file: 'signing-keys.json' },
    signingKey: { file: 'signing.key' },
    timeStamp: undefined,
    signerCa: undefined,
    metrics: { token: undefined },
    workerMetrics: { token: undefined, port: 0 },
    attempts: {
      faceFailuresPerDay: 10,
      faceFailuresPerMatter: 5,
      checksStartedPerDay: 30,
      bankCardFailuresPerDay: 5,
    },
    flags: { windowDays: 30, persons: 3, personsSevere: 5, scoreGap: 20 },
    kept: { matterDays: 365, evidenceDays: 1830, complaintDays: 1095 },
    storedFacesWarning: 80_000,
    signaturePerRole: false,
    carryOverDays: 30,
    session: { slidingMinutes: 30, limitHours: 12 },
    rate: {
      requestsPerMinutePerAddress: 600,
      requestsPerMinutePerKey: 3000,
      requestsPerMinutePerSession: 120,
    },
  });
});

test('the error names all missing variables at once', () => {
  expect(issuesOf({}).sort()).toEqual(
    Object.keys(least)
      .map((name) => `${name} missing`)
      .sort(),
  );
  expect(issuesOf({ ...least, KEYS_FILE: '' })).toEqual(['KEYS_FILE missing']);
});

test.each<[string, string, string]>([
  ['APP_ENV', 'staging', 'not_a_choice'],
  ['HOST', 'a b', 'not_an_address'],
  ['PORT', '80a', 'not_a_whole_number'],
  ['PORT', '-1', 'not_a_whole_number'],
  ['PORT', '1e3', 'not_a_whole_number'],
  ['PORT', '65536', 'too_large'],
  ['PUBLIC_URL', 'javascript:alert(1)', 'not_a_url'],
  ...['10.0.0', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.1,', '10.0.0.1 10.0.0.2', 'loopback'].map(
    (list): [string, string, string] => ['TRUSTED_PROXIES', list, 'not_a_list_of_networks'],
  ),
  ['LOG_LEVEL', 'loud', 'not_a_choice'],
  ['DATABASE_URL', 'postgres://127.0.0.1/identity', 'not_a_url'],
  ['DATABASE_URL', 'nonsense', 'not_a_url'],
  ['DATABASE_URL', 'mysql://127.0.0.1', 'database_name_missing'],
  ['DATABASE_URL', 'mysql://127.0.0.1/a%20b', 'database_name_missing'],
  ['DATABASE_API_USER', "a'b", 'not_a_name'],
  ['KEYS_DATABASE', 'a;drop', 'not_a_database_name'],
  ['KEYS_DATABASE', 'identity', 'same_as_database'],
  ['DATABASE_POOL', '0', 'too_small'],
  ['TEMPORAL_ADDRESS', 'localhost', 'not_host_and_port'],
  ['ALIPAY_GATEWAY', 'ftp://x', 'not_a_url'],
  ['ALIPAY_APP_ID', 'abc', 'not_an_app_id'],
  ['ALIPAY_TIMEOUT_MS', '10000', 'too_large'],
  ['ALIPAY_FACE_FAIL_REASONS', '{', 'not_json'],
  ['ALIPAY_FACE_FAIL_REASONS', '[]', 'not_a_table'],
  ['ALIPAY_FACE_FAIL_REASONS', '{"Z1147":"other"}', 'not_a_choice'],
  ['FACE_RETURN_URL', 'javascript:alert(1)', 'not_a_url'],
  ['REGISTRY_SIGNING_KEY_ID', 'a b', 'not_a_name'],
  ['TLOG_ORIGIN', 'an origin', 'not_an_origin'],
  ['TLOG_ORIGIN', 'identity.example/log+1', 'not_an_origin'],
  ['TLOG_TIME_STAMP_SECONDS', '0', 'too_small'],
  ['TIME_STAMP_URL', 'ldap://x', 'not_a_url'],
  ['TIME_STAMP_POLICY', '1.02', 'not_an_oid'],
  ['SIGNER_CA_URL', 'x', 'not_a_url'],
  ['OIDC_ISSUER', 'ldap://x', 'not_a_url'],
  ['OIDC_SECOND_FACTOR', 'mfa', 'not_a_claim'],
  ['METRICS_TOKEN', 'a'.repeat(31), 'too_short'],
  ['METRICS_TOKEN', 'a'.repeat(201), 'too_long'],
  ['METRICS_TOKEN', `${'a'.repeat(32)}\n`, 'not_a_token'],
  ['METRICS_PORT', '65536', 'too_large'],
  ['FACE_FAILURES_PER_MATTER', '11', 'more_than_per_day'],
  ['FLAG_PERSONS_SEVERE', '2', 'less_than_notice'],
  ['EVIDENCE_KEPT_DAYS', '364', 'too_small'],
  ['SIGNATURE_PER_ROLE', 'yes', 'not_a_choice'],
  ['SESSION_SLIDING_MINUTES', '720.5', 'not_a_whole_number'],
  ['SESSION_LIMIT_HOURS', '25', 'too_large'],
])('rejects %s=%s as %s', (variable, value, code) => {
  expect(issuesOf({ ...least, [variable]: value })).toEqual([`${variable} ${code}`]);
});

test('a process reads only the variables that it works with', () => {
  const { DATABASE_URL } = least;
  expect(Object.keys(readConfig({ DATABASE_URL }, 'migrate'))).toEqual([
    ...['env', 'log', 'database', 'databaseUsers'],
  ]);
  expect(issuesOf({ DATABASE_URL }, ['migrate', 'add-clerk'])).toEqual([]);
  expect(issuesOf(without('REGISTRY_SIGNING_KEY_FILE', 'REGISTRY_SIGNING_KEY_ID'), ['api'])).toEqual([]);
  expect(issuesOf({ ...least, REGISTRY_SIGNING_KEY_ID: 'a b' }, ['api'])).toEqual([]);
  expect(issuesOf({ ...least, FLAG_PERSONS: 'many' }, ['api'])).toEqual([]);
});

test('every variable is read by a process', () => {
  const read = new Set<string>(processes.flatMap((name) => variablesOf(name)));
  expect(Object.keys(configSchema.shape).filter((name) => !read.has(name))).toEqual([]);
});

test('the worker needs a token for its metrics', () => {
  const token = 'a'.repeat(32);
  expect(issuesOf({ ...least, METRICS_PORT: '9464' })).toEqual(['METRICS_TOKEN missing']);
  const { workerMetrics } = readConfig({ ...least, METRICS_PORT: '9464', METRICS_TOKEN: token }, 'worker');
  expect(workerMetrics).toEqual({ token, port: 9464 });
});

test('a rule about two variables is checked even if a third one is wrong', () => {
  expect(issuesOf({ ...least, PORT: 'x', SESSION_SLIDING_MINUTES: '90', SESSION_LIMIT_HOURS: '1' })).toEqual([
    'PORT not_a_whole_number',
    'SESSION_SLIDING_MINUTES longer_than_session',
  ]);
});

test('the error says what to do and contains no value', () => {
  const env = Object.fromEntries(Object.keys(configSchema.shape).map((name) => [name, 'Tr0ub4dor & 3']));
  const read = () =>
    readConfig(
      {
        ...env,
        DATABASE_URL: 'mysql://root:Tr0ub4dor@h/a b',
        ALIPAY_FACE_FAIL_REASONS: '{"Tr0ub4dor":"Tr0ub4dor"}',
      },
      'worker',
    );
  expect(read).toThrow(
    /^Set or correct these environment variables and start again; .*: APP_ENV \(not_a_choice\), /,
  );
  expect(read).not.toThrow('Tr0ub4dor');
});

test('reads the reasons of failed face checks and a return URL that opens the mini-program', () => {
  const env = {
    ...least,
    PUBLIC_URL: 'https://identity.example/base/',
    FACE_RETURN_URL: 'alipays://platformapi/startapp?appId=2021000000000001',
    ALIPAY_FACE_FAIL_REASONS: '{"Z1147":"portrait","Z5051":"unavailable"}',
  };
  const config = readConfig(env, 'worker');
  expect(config.alipay.faceFailReasons).toEqual({ Z1147: 'portrait', Z5051: 'unavailable' });
  expect(config.alipay.faceReturnUrl).toMatch(/^alipays:/);
  expect(config.server.publicUrl).toBe('https://identity.example/base');
});

test('accepts either a key or all three certificates', () => {
  const certificates = {
    ALIPAY_APP_CERT_FILE: 'app.crt',
    ALIPAY_ROOT_CERT_FILE: 'root.crt',
    ALIPAY_PUBLIC_CERT_FILE: 'alipay.crt',
  };
  const keyless = without('ALIPAY_PUBLIC_KEY_FILE');
  expect(readConfig({ ...keyless, ...certificates }, 'api').alipay.trust).toEqual({
    mode: 'certificate',
    appCertFile: 'app.crt',
    rootCertFile: 'root.crt',
    publicCertFile: 'alipay.crt',
  });
  expect(issuesOf({ ...keyless, ALIPAY_APP_CERT_FILE: 'app.crt' })).toEqual([
    'ALIPAY_ROOT_CERT_FILE missing',
    'ALIPAY_PUBLIC_CERT_FILE missing',
  ]);
  expect(issuesOf({ ...least, ...certificates })).toEqual(['ALIPAY_PUBLIC_KEY_FILE not_with_certificates']);
});

test('lists the connections that are not protected in production', () => {
  const missing = (env: Record<string, string>) =>
    missingProtection(readConfig({ ...least, ...env }, 'worker'));
  const production = {
    APP_ENV: 'production',
    PUBLIC_URL: 'https://identity.example',
    ...Object.fromEntries(Object.keys(least).map((name) => [name, __filename])),
    DATABASE_URL: least.DATABASE_URL,
    ALIPAY_APP_ID: least.ALIPAY_APP_ID,
    REGISTRY_SIGNING_KEY_ID: least.REGISTRY_SIGNING_KEY_ID,
    TLOG_ORIGIN: least.TLOG_ORIGIN,
  };
  const tls = { DATABASE_TLS: 'true', TEMPORAL_TLS: 'true' };
  const named = { DATABASE_URL: 'mysql://root:secret@mysql/identity' };
  expect(missing({})).toEqual([]);
  expect(missing(production)).toEqual([
    'database_without_tls',
    'temporal_without_tls',
    'temporal_without_credentials',
  ]);
  expect(missing({ ...production, ...named, ...tls })).toEqual(['temporal_without_credentials']);
  const key = { TEMPORAL_API_KEY_FILE: __filename };
  expect(missing({ ...production, ...named, ...tls, ...key })).toEqual([]);
  const own = { TEMPORAL_TLS_CERT_FILE: __filename, TEMPORAL_TLS_KEY_FILE: __filename };
  expect(missing({ ...production, ...named, ...tls, ...own })).toEqual([]);
});

describe('in production', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  const present = join(folder, 'present');
  writeFileSync(present, '');
  afterAll(() => rmSync(folder, { recursive: true }));

  const production = {
    ...least,
    APP_ENV: 'production',
    PUBLIC_URL: 'https://identity.example',
    ALIPAY_PRIVATE_KEY_FILE: present,
    ALIPAY_PUBLIC_KEY_FILE: present,
    KEYS_FILE: present,
    REGISTRIES_FILE: present,
    REGISTRY_SIGNING_KEY_FILE: present,
    TLOG_SIGNING_KEY_FILE: present,
    TLOG_PUBLIC_KEYS_FILE: present,
    SIGNING_KEYS_FILE: present,
    SIGNING_KEY_FILE: present,
  };

  test('a whole configuration is read', () => {
    expect(readConfig(production, 'api').env).toBe('production');
  });

  test.each([
    ['PUBLIC_URL', '', 'missing'],
    ['PUBLIC_URL', 'http://identity.example', 'https_required'],
    ['ALIPAY_GATEWAY', 'http://gateway.example', 'https_required'],
    ['FACE_RETURN_URL', 'http://identity.example', 'https_required'],
    ['H5_AUTHORIZE_URL', 'https://sandbox.example/authorize', 'not_in_production'],
    ['KEYS_FILE', join(folder, 'absent'), 'file_not_readable'],
    ['ALIPAY_PRIVATE_KEY_FILE', join(folder, 'absent'), 'file_not_readable'],
    ['ALIPAY_PUBLIC_KEY_FILE', join(folder, 'absent'), 'file_not_readable'],
    ['REGISTRIES_FILE', join(folder, 'absent'), 'file_not_readable'],
    ['REGISTRY_SIGNING_KEY_FILE', join(folder, 'absent'), 'file_not_readable'],
    ['TLOG_SIGNING_KEY_FILE', join(folder, 'absent'), 'file_not_readable'],
    ['TLOG_PUBLIC_KEYS_FILE', join(folder, 'absent'), 'file_not_readable'],
    ['TLOG_ORIGIN', 'embedded.localhost/log', 'embedded_log'],
    ['SIGNING_KEYS_FILE', join(folder, 'absent'), 'file_not_readable'],
    ['SIGNING_KEY_FILE', join(folder, 'absent'), 'file_not_readable'],
  ])('%s=%s is rejected as %s', (variable, value, code) => {
    expect(issuesOf({ ...production, [variable]: value })).toEqual([`${variable} ${code}`]);
    expect(issuesOf({ ...least, [variable]: value || undefined })).toEqual([]);
  });
});

test('every variable has a description', () => {
  for (const [name, schema] of Object.entries(configSchema.shape)) {
    expect([name, schema.meta()?.description]).toEqual([name, expect.stringMatching(/\w{4}/)]);
  }
});

describe('production behind https', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rid-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'any');
  writeFileSync(file, '');
  const files = Object.fromEntries(
    Object.keys(least)
      .filter((name) => name.endsWith('_FILE'))
      .map((name) => [name, file]),
  );
  const production = { ...least, ...files, APP_ENV: 'production', PUBLIC_URL: 'https://identity.example' };

  it.each<[object, string[], string[]]>([
    [{}, ['trusted_proxies_unset'], []],
    [{ TRUSTED_PROXIES: '172.18.0.1, fd00::/8' }, [], ['172.18.0.1', 'fd00::/8']],
  ])('with %j warns of %j and trusts %j', (more, warnings, trustedProxies) => {
    const config = readConfig({ ...production, ...more }, 'api');
    expect(config.proxies.trusted ?? []).toEqual(trustedProxies);
    expect(missingProtection(config).filter((code) => code.startsWith('trusted_'))).toEqual(warnings);
  });
});
