import { databaseOf } from './config-schema';
import type { Variables } from './config-schema';

// The configuration in groups, and the groups that each process reads.

export type Variable = keyof Variables;

/** Settings that belong together. @param variables the only ones that `of` can read: another one does not compile */
function group<V extends Variable, T>(variables: readonly V[], of: (v: Pick<Variables, V>) => T) {
  return { variables, of };
}

const databaseVariables = [
  'DATABASE_URL',
  'KEYS_DATABASE',
  'DATABASE_POOL',
  'DATABASE_TLS',
  'DATABASE_CA_FILE',
  'DATABASE_CERT_FILE',
  'DATABASE_KEY_FILE',
] as const;

const temporalVariables = [
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_TASK_QUEUE',
  'TEMPORAL_TLS',
  'TEMPORAL_TLS_CA_FILE',
  'TEMPORAL_TLS_CERT_FILE',
  'TEMPORAL_TLS_KEY_FILE',
  'TEMPORAL_TLS_SERVER_NAME',
  'TEMPORAL_API_KEY_FILE',
] as const;

const publicUrlVariables = ['HOST', 'PORT', 'PUBLIC_URL'] as const;

const trustVariables = [
  'ALIPAY_PUBLIC_KEY_FILE',
  'ALIPAY_APP_CERT_FILE',
  'ALIPAY_ROOT_CERT_FILE',
  'ALIPAY_PUBLIC_CERT_FILE',
] as const;

type TrustVariables = Pick<Variables, (typeof trustVariables)[number]>;

const groups = {
  env: group(['APP_ENV'], (v) => v.APP_ENV),
  server: group(publicUrlVariables, (v) => ({
    host: v.HOST,
    port: v.PORT,
    /** Without a slash at its end. */
    publicUrl: publicUrlIn(v),
  })),
  drain: group(['DRAIN_SECONDS'], (v) => ({ seconds: v.DRAIN_SECONDS })),
  proxies: group(['TRUSTED_PROXIES'], (v) => ({ trusted: v.TRUSTED_PROXIES })),
  log: group(['LOG_LEVEL'], (v) => ({ level: v.LOG_LEVEL })),
  database: group(databaseVariables, databaseIn),
  databaseUsers: group(['DATABASE_API_USER', 'DATABASE_WORKER_USER'], (v) =>
    v.DATABASE_API_USER !== undefined && v.DATABASE_WORKER_USER !== undefined
      ? { api: v.DATABASE_API_USER, worker: v.DATABASE_WORKER_USER }
      : undefined,
  ),
  temporal: group(temporalVariables, temporalIn),
  alipay: group(
    [
      ...trustVariables,
      ...publicUrlVariables,
      'ALIPAY_GATEWAY',
      'ALIPAY_APP_ID',
      'ALIPAY_PRIVATE_KEY_FILE',
      'ALIPAY_TIMEOUT_MS',
      'ALIPAY_FACE_FAIL_REASONS',
      'ALIPAY_BANK_CARD_REASONS',
      'ALIPAY_AUTHORIZED_IDENTITY',
      'ALIPAY_CONFIRMED_TEMPLATE',
      'FACE_DOCUMENTS',
      'FACE_RETURN_URL',
    ],
    (v) => ({
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
      faceReturnUrl: v.FACE_RETURN_URL ?? publicUrlIn(v),
    }),
  ),
  // Where Temporal's UI has the workflows of our namespace.
  temporalUi: group(
    ['TEMPORAL_UI_URL', 'TEMPORAL_NAMESPACE'],
    (v) =>
      v.TEMPORAL_UI_URL &&
      `${v.TEMPORAL_UI_URL.replace(/\/$/, '')}/namespaces/${v.TEMPORAL_NAMESPACE}/workflows`,
  ),
  h5: group(['H5_AUTHORIZE_URL'], (v) => ({ authorizeUrl: v.H5_AUTHORIZE_URL })),
  support: group(['SUPPORT_QR_FILE', 'NATIONAL_DESK_FILE'], (v) => ({
    qrFile: v.SUPPORT_QR_FILE,
    nationalDeskFile: v.NATIONAL_DESK_FILE,
  })),
  virusScanner: group(['VIRUS_SCANNER_ADDRESS'], (v) => v.VIRUS_SCANNER_ADDRESS),
  keys: group(['KEYS_FILE'], (v) => ({ file: v.KEYS_FILE })),
  registries: group(['REGISTRIES_FILE'], (v) => ({ file: v.REGISTRIES_FILE })),
  callbacks: group(['REGISTRY_SIGNING_KEY_FILE', 'REGISTRY_SIGNING_KEY_ID'], (v) => ({
    keyFile: v.REGISTRY_SIGNING_KEY_FILE,
    keyId: v.REGISTRY_SIGNING_KEY_ID,
  })),
  transparencyLog: group(['TLOG_ORIGIN', 'TLOG_PUBLIC_KEYS_FILE'], (v) => ({
    origin: v.TLOG_ORIGIN,
    publicKeysFile: v.TLOG_PUBLIC_KEYS_FILE,
  })),
  logKeeping: group(['TLOG_ORIGIN', 'TLOG_SIGNING_KEY_FILE', 'TLOG_TIME_STAMP_SECONDS'], (v) => ({
    origin: v.TLOG_ORIGIN,
    signingKeyFile: v.TLOG_SIGNING_KEY_FILE,
    timeStampSeconds: v.TLOG_TIME_STAMP_SECONDS,
  })),
  signingKeys: group(['SIGNING_KEYS_FILE'], (v) => ({ file: v.SIGNING_KEYS_FILE })),
  signingKey: group(['SIGNING_KEY_FILE'], (v) => ({ file: v.SIGNING_KEY_FILE })),
  timeStamp: group(['TIME_STAMP_URL', 'TIME_STAMP_ROOTS_FILE', 'TIME_STAMP_POLICY'], (v) =>
    v.TIME_STAMP_URL !== undefined && v.TIME_STAMP_ROOTS_FILE !== undefined
      ? { url: v.TIME_STAMP_URL, rootsFile: v.TIME_STAMP_ROOTS_FILE, policy: v.TIME_STAMP_POLICY }
      : undefined,
  ),
  signerCa: group(['SIGNER_CA_URL', 'SIGNER_CA_ROOTS_FILE'], (v) =>
    v.SIGNER_CA_URL !== undefined && v.SIGNER_CA_ROOTS_FILE !== undefined
      ? { url: v.SIGNER_CA_URL.replace(/\/+$/, ''), rootsFile: v.SIGNER_CA_ROOTS_FILE }
      : undefined,
  ),
  metrics: group(['METRICS_TOKEN'], (v) => ({ token: v.METRICS_TOKEN })),
  workerMetrics: group(['METRICS_PORT', 'METRICS_TOKEN'], (v) => ({
    token: v.METRICS_TOKEN,
    port: v.METRICS_PORT,
  })),
  attempts: group(
    [
      'FACE_FAILURES_PER_DAY',
      'FACE_FAILURES_PER_MATTER',
      'CHECKS_STARTED_PER_DAY',
      'BANK_CARD_FAILURES_PER_DAY',
    ],
    (v) => ({
      faceFailuresPerDay: v.FACE_FAILURES_PER_DAY,
      faceFailuresPerMatter: v.FACE_FAILURES_PER_MATTER,
      checksStartedPerDay: v.CHECKS_STARTED_PER_DAY,
      bankCardFailuresPerDay: v.BANK_CARD_FAILURES_PER_DAY,
    }),
  ),
  flags: group(['FLAG_WINDOW_DAYS', 'FLAG_PERSONS', 'FLAG_PERSONS_SEVERE', 'FLAG_SCORE_GAP'], (v) => ({
    windowDays: v.FLAG_WINDOW_DAYS,
    persons: v.FLAG_PERSONS,
    personsSevere: v.FLAG_PERSONS_SEVERE,
    scoreGap: v.FLAG_SCORE_GAP,
  })),
  kept: group(['MATTERS_KEPT_DAYS', 'EVIDENCE_KEPT_DAYS', 'COMPLAINTS_KEPT_DAYS'], (v) => ({
    matterDays: v.MATTERS_KEPT_DAYS,
    evidenceDays: v.EVIDENCE_KEPT_DAYS,
    complaintDays: v.COMPLAINTS_KEPT_DAYS,
  })),
  storedFacesWarning: group(['STORED_FACES_WARNING'], (v) => v.STORED_FACES_WARNING),
  carryOverDays: group(['CARRY_OVER_DAYS'], (v) => v.CARRY_OVER_DAYS),
  signaturePerRole: group(['SIGNATURE_PER_ROLE'], (v) => v.SIGNATURE_PER_ROLE),
  identityProvider: group(
    [
      ...publicUrlVariables,
      ...(['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET_FILE', 'OIDC_SECOND_FACTOR'] as const),
    ],
    (v) =>
      v.OIDC_ISSUER !== undefined && v.OIDC_CLIENT_ID !== undefined && v.OIDC_CLIENT_SECRET_FILE !== undefined
        ? {
            issuer: v.OIDC_ISSUER,
            clientId: v.OIDC_CLIENT_ID,
            secretFile: v.OIDC_CLIENT_SECRET_FILE,
            secondFactor: claimIn(v.OIDC_SECOND_FACTOR),
          }
        : undefined,
  ),
  session: group(['SESSION_SLIDING_MINUTES', 'SESSION_LIMIT_HOURS'], (v) => ({
    slidingMinutes: v.SESSION_SLIDING_MINUTES,
    limitHours: v.SESSION_LIMIT_HOURS,
  })),
  rate: group(
    ['REQUESTS_PER_MINUTE_PER_ADDRESS', 'REQUESTS_PER_MINUTE_PER_KEY', 'REQUESTS_PER_MINUTE_PER_SESSION'],
    (v) => ({
      requestsPerMinutePerAddress: v.REQUESTS_PER_MINUTE_PER_ADDRESS,
      requestsPerMinutePerKey: v.REQUESTS_PER_MINUTE_PER_KEY,
      requestsPerMinutePerSession: v.REQUESTS_PER_MINUTE_PER_SESSION,
    }),
  ),
};

const ofServices = [
  ...(['env', 'server', 'log', 'database', 'temporal', 'alipay', 'keys', 'registries'] as const),
  ...(['signingKeys', 'attempts'] as const),
] as const;

// Only the processes that work with a secret read it.
const readBy = {
  api: [
    ...ofServices,
    'drain',
    'proxies',
    'h5',
    'temporalUi',
    'virusScanner',
    'support',
    'transparencyLog',
    'timeStamp',
    'signerCa',
    'metrics',
    'carryOverDays',
    'signaturePerRole',
    'session',
    'identityProvider',
    'rate',
  ],
  worker: [
    ...ofServices,
    ...(['signingKey', 'timeStamp', 'signerCa', 'logKeeping'] as const),
    ...(['callbacks', 'workerMetrics', 'flags', 'kept', 'storedFacesWarning'] as const),
  ],
  migrate: ['env', 'log', 'database', 'databaseUsers'],
  'add-clerk': ['env', 'log', 'database'],
  'audit-verify': ['env', 'database', 'keys', 'transparencyLog', 'timeStamp', 'kept'],
  decide: ['env', 'log', 'database', 'temporal', 'keys'],
} as const;

/** The programs that read a configuration. */
export type Process = keyof typeof readBy;

/** The whole configuration. */
export type Config = { [G in keyof typeof groups]: ReturnType<(typeof groups)[G]['of']> };

/** The part of the configuration that a process reads. */
export type ConfigOf<P extends Process> = Pick<Config, (typeof readBy)[P][number]>;

/** The variables that a process reads. */
export function variablesOf(name: Process): Variable[] {
  return [...new Set(readBy[name].flatMap((one): readonly Variable[] => groups[one].variables))];
}

/** @param values of all variables that the process reads */
export function configOf<P extends Process>(name: P, values: Variables): ConfigOf<P> {
  return Object.fromEntries(readBy[name].map((one) => [one, groups[one].of(values)])) as ConfigOf<P>;
}

function publicUrlIn(v: Pick<Variables, (typeof publicUrlVariables)[number]>): string {
  return (v.PUBLIC_URL ?? `http://${v.HOST}:${v.PORT}`).replace(/\/+$/, '');
}

/** @param text a claim, a colon and its value */
function claimIn(text: string | undefined): { claim: 'acr' | 'amr'; value: string } | undefined {
  return text === undefined
    ? undefined
    : { claim: text.startsWith('acr:') ? 'acr' : 'amr', value: text.slice(4) };
}

/** How the database is reached. */
export interface DatabaseSettings {
  url: string;
  keysDatabase: string;
  pool: number;
  tls?: DatabaseTls;
}

/** How Temporal is reached, and our namespace and task queue there. */
export interface TemporalSettings {
  address: string;
  namespace: string;
  taskQueue: string;
  tls?: TemporalTls;
}

/** How Alipay's answers are verified: by its public key, or by a chain of certificates. */
type AlipayTrust =
  | { mode: 'key'; publicKeyFile: string }
  | { mode: 'certificate'; appCertFile: string; rootCertFile: string; publicCertFile: string };

function trustIn(v: TrustVariables): AlipayTrust {
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
  // config.ts has already rejected a configuration without one of them.
  throw new Error('Neither a key of Alipay nor its certificates are configured.');
}

/** The files of a certificate and of its private key. */
interface OwnCertificate {
  certFile: string;
  keyFile: string;
}

/** TLS to MySQL: the authorities to trust, and the client certificate. */
export interface DatabaseTls {
  caFile?: string;
  own?: OwnCertificate;
}

/** TLS to Temporal: the authorities to trust, and the client certificate or API key. */
interface TemporalTls {
  caFile?: string;
  serverName?: string;
  own?: OwnCertificate;
  apiKeyFile?: string;
}

function databaseIn(v: Pick<Variables, (typeof databaseVariables)[number]>): DatabaseSettings {
  return {
    url: v.DATABASE_URL,
    keysDatabase: v.KEYS_DATABASE ?? `${databaseOf(v.DATABASE_URL)}_keys`,
    pool: v.DATABASE_POOL,
    tls: databaseTlsIn(v),
  };
}

function temporalIn(v: Pick<Variables, (typeof temporalVariables)[number]>): TemporalSettings {
  return {
    address: v.TEMPORAL_ADDRESS,
    namespace: v.TEMPORAL_NAMESPACE,
    taskQueue: v.TEMPORAL_TASK_QUEUE,
    tls: temporalTlsIn(v),
  };
}

function databaseTlsIn(v: Pick<Variables, (typeof databaseVariables)[number]>): DatabaseTls | undefined {
  if (!v.DATABASE_TLS) return undefined;
  return { caFile: v.DATABASE_CA_FILE, own: ownCertificateIn(v.DATABASE_CERT_FILE, v.DATABASE_KEY_FILE) };
}

function temporalTlsIn(v: Pick<Variables, (typeof temporalVariables)[number]>): TemporalTls | undefined {
  if (!v.TEMPORAL_TLS) return undefined;
  return {
    caFile: v.TEMPORAL_TLS_CA_FILE,
    serverName: v.TEMPORAL_TLS_SERVER_NAME,
    own: ownCertificateIn(v.TEMPORAL_TLS_CERT_FILE, v.TEMPORAL_TLS_KEY_FILE),
    apiKeyFile: v.TEMPORAL_API_KEY_FILE,
  };
}

function ownCertificateIn(certFile?: string, keyFile?: string): OwnCertificate | undefined {
  return certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined;
}
