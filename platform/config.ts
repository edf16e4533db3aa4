import { accessSync, constants } from 'node:fs';
import { configSchema, databaseOf, protocolOf } from './config-schema';
import type { Variables } from './config-schema';
import { asCode } from './public-text';

// The only file that reads the environment.

type Variable = keyof Variables;

/** Everything that is configured, grouped by who needs it. */
export type Config = ReturnType<typeof grouped>;

/** Which variables are unusable and why; never what they hold. */
export class ConfigError extends Error {
  readonly code = 'config_unusable';

  constructor(readonly issues: readonly { variable: string; code: string }[]) {
    const list = issues.map(({ variable, code }) => `${variable} (${code})`).join(', ');
    super(
      `Set or correct these environment variables and start again; README.md says what each expects: ${list}.`,
    );
    this.name = 'ConfigError';
  }
}

/** The configuration in this process's environment. @throws ConfigError */
export function readConfigFromEnvironment(): Config {
  return readConfig(process.env);
}

/**
 * The configuration in `env`. An empty variable counts as not set.
 * @throws ConfigError listing every variable that is wrong, at once.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  // One by one, so that what depends on two variables is judged even while a third one is wrong.
  const read = Object.entries(configSchema.shape).map(([variable, schema]) => ({
    variable: variable as Variable,
    ...schema.safeParse(env[variable] || undefined),
  }));
  const values: Partial<Variables> = Object.fromEntries(read.map(({ variable, data }) => [variable, data]));
  const wrong = read.flatMap(({ variable, error }) =>
    error ? [{ variable, code: asCode(error.issues[0]?.message) ?? 'invalid' }] : [],
  );
  const issues = [
    ...wrong,
    ...rules.flatMap(({ variable, code, broken }) => {
      const settled = wrong.every((issue) => issue.variable !== variable);
      return settled && broken(values) ? [{ variable, code }] : [];
    }),
  ];
  if (issues.length > 0) throw new ConfigError(issues);
  return grouped(values as Variables);
}

interface Rule {
  variable: Variable;
  code: string;
  /** Sees only the variables that could be read. */
  broken(values: Partial<Variables>): boolean;
}

const certificateFiles = [
  'ALIPAY_APP_CERT_FILE',
  'ALIPAY_ROOT_CERT_FILE',
  'ALIPAY_PUBLIC_CERT_FILE',
] as const;

const files = [
  'ALIPAY_PRIVATE_KEY_FILE',
  'ALIPAY_PUBLIC_KEY_FILE',
  ...certificateFiles,
  'KEYS_FILE',
  'REGISTRIES_FILE',
  'REGISTRY_SIGNING_KEY_FILE',
] as const;

const usesCertificates = (values: Partial<Variables>) => certificateFiles.some((name) => values[name]);

const inProduction = (values: Partial<Variables>) => values.APP_ENV === 'production';

// What no single variable can tell.
const rules: Rule[] = [
  { variable: 'PUBLIC_URL', code: 'missing', broken: (v) => inProduction(v) && v.PUBLIC_URL === undefined },
  ...(['PUBLIC_URL', 'ALIPAY_GATEWAY', 'FACE_RETURN_URL'] as const).map((variable): Rule => ({
    variable,
    code: 'https_required',
    broken: (v) => inProduction(v) && protocolOf(v[variable] ?? '') === 'http:',
  })),
  {
    variable: 'H5_AUTHORIZE_URL',
    code: 'not_in_production',
    broken: (v) => inProduction(v) && v.H5_AUTHORIZE_URL !== undefined,
  },
  ...files.map((variable): Rule => ({
    variable,
    code: 'file_not_readable',
    broken: (v) => inProduction(v) && v[variable] !== undefined && !isReadable(v[variable]),
  })),
  {
    variable: 'ALIPAY_PUBLIC_KEY_FILE',
    code: 'missing',
    broken: (v) => !usesCertificates(v) && v.ALIPAY_PUBLIC_KEY_FILE === undefined,
  },
  {
    variable: 'ALIPAY_PUBLIC_KEY_FILE',
    code: 'not_with_certificates',
    broken: (v) => usesCertificates(v) && v.ALIPAY_PUBLIC_KEY_FILE !== undefined,
  },
  ...certificateFiles.map((variable): Rule => ({
    variable,
    code: 'missing',
    broken: (v) => usesCertificates(v) && v[variable] === undefined,
  })),
  {
    variable: 'KEYS_DATABASE',
    code: 'same_as_database',
    broken: (v) => v.DATABASE_URL !== undefined && v.KEYS_DATABASE === databaseOf(v.DATABASE_URL),
  },
  {
    variable: 'METRICS_TOKEN',
    code: 'missing',
    broken: (v) => (v.METRICS_PORT ?? 0) > 0 && v.METRICS_TOKEN === undefined,
  },
  {
    variable: 'FACE_FAILURES_PER_MATTER',
    code: 'more_than_per_day',
    broken: (v) => (v.FACE_FAILURES_PER_MATTER ?? 0) > (v.FACE_FAILURES_PER_DAY ?? Infinity),
  },
  {
    variable: 'FLAG_PERSONS_SEVERE',
    code: 'less_than_notice',
    broken: (v) => (v.FLAG_PERSONS_SEVERE ?? Infinity) < (v.FLAG_PERSONS ?? 0),
  },
  {
    variable: 'SESSION_SLIDING_MINUTES',
    code: 'longer_than_session',
    broken: (v) => (v.SESSION_SLIDING_MINUTES ?? 0) > (v.SESSION_LIMIT_HOURS ?? Infinity) * 60,
  },
];

function grouped(v: Variables) {
  const publicUrl = (v.PUBLIC_URL ?? `http://${v.HOST}:${v.PORT}`).replace(/\/+$/, '');
  return {
    env: v.APP_ENV,
    server: { host: v.HOST, port: v.PORT, /** Without a slash at its end. */ publicUrl },
    log: { level: v.LOG_LEVEL },
    database: {
      url: v.DATABASE_URL,
      keysDatabase: v.KEYS_DATABASE ?? `${databaseOf(v.DATABASE_URL)}_keys`,
      pool: v.DATABASE_POOL,
    },
    temporal: {
      address: v.TEMPORAL_ADDRESS,
      namespace: v.TEMPORAL_NAMESPACE,
      taskQueue: v.TEMPORAL_TASK_QUEUE,
    },
    alipay: {
      gateway: v.ALIPAY_GATEWAY,
      appId: v.ALIPAY_APP_ID,
      privateKeyFile: v.ALIPAY_PRIVATE_KEY_FILE,
      trust: trustIn(v),
      timeoutMs: v.ALIPAY_TIMEOUT_MS,
      faceFailReasons: v.ALIPAY_FACE_FAIL_REASONS,
      bankCardReasons: v.ALIPAY_BANK_CARD_REASONS,
      authorizedIdentity: v.ALIPAY_AUTHORIZED_IDENTITY,
      confirmedTemplate: v.ALIPAY_CONFIRMED_TEMPLATE,
      faceDocuments: v.FACE_DOCUMENTS,
      faceReturnUrl: v.FACE_RETURN_URL ?? publicUrl,
    },
    h5: { authorizeUrl: v.H5_AUTHORIZE_URL },
    support: { qrFile: v.SUPPORT_QR_FILE },
    keys: { file: v.KEYS_FILE },
    registry: {
      file: v.REGISTRIES_FILE,
      signingKeyFile: v.REGISTRY_SIGNING_KEY_FILE,
      signingKeyId: v.REGISTRY_SIGNING_KEY_ID,
    },
    metrics: { token: v.METRICS_TOKEN, port: v.METRICS_PORT },
    attempts: {
      faceFailuresPerDay: v.FACE_FAILURES_PER_DAY,
      faceFailuresPerMatter: v.FACE_FAILURES_PER_MATTER,
      checksStartedPerDay: v.CHECKS_STARTED_PER_DAY,
      bankCardFailuresPerDay: v.BANK_CARD_FAILURES_PER_DAY,
    },
    flags: {
      windowDays: v.FLAG_WINDOW_DAYS,
      persons: v.FLAG_PERSONS,
      personsSevere: v.FLAG_PERSONS_SEVERE,
      scoreGap: v.FLAG_SCORE_GAP,
    },
    signaturePerRole: v.SIGNATURE_PER_ROLE,
    carryOverDays: v.CARRY_OVER_DAYS,
    session: { slidingMinutes: v.SESSION_SLIDING_MINUTES, limitHours: v.SESSION_LIMIT_HOURS },
    rate: {
      requestsPerMinutePerAddress: v.REQUESTS_PER_MINUTE_PER_ADDRESS,
      requestsPerMinutePerSession: v.REQUESTS_PER_MINUTE_PER_SESSION,
    },
  };
}

/** By what Alipay's answers are believed: its public key, or a chain of certificates. */
export type AlipayTrust =
  | { mode: 'key'; publicKeyFile: string }
  | { mode: 'certificate'; appCertFile: string; rootCertFile: string; publicCertFile: string };

function trustIn(v: Variables): AlipayTrust {
  const { ALIPAY_APP_CERT_FILE, ALIPAY_ROOT_CERT_FILE, ALIPAY_PUBLIC_CERT_FILE } = v;
  if (ALIPAY_APP_CERT_FILE && ALIPAY_ROOT_CERT_FILE && ALIPAY_PUBLIC_CERT_FILE) {
    return {
      mode: 'certificate',
      appCertFile: ALIPAY_APP_CERT_FILE,
      rootCertFile: ALIPAY_ROOT_CERT_FILE,
      publicCertFile: ALIPAY_PUBLIC_CERT_FILE,
    };
  }
  if (v.ALIPAY_PUBLIC_KEY_FILE) return { mode: 'key', publicKeyFile: v.ALIPAY_PUBLIC_KEY_FILE };
  throw new ConfigError([{ variable: 'ALIPAY_PUBLIC_KEY_FILE', code: 'missing' }]);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
