import { accessSync, constants } from 'node:fs';
import { isIP } from 'node:net';
import { configOf, variablesOf } from './config-groups';
import type { Config, ConfigOf, Process, Variable } from './config-groups';
import { configSchema, databaseOf, protocolOf } from './config-schema';
import type { Variables } from './config-schema';
import { asCode } from './public-text';

// The only file that reads the environment.

/** Names the variables that are wrong, and why. Never contains their values. */
export class ConfigError extends Error {
  readonly code = 'config_unusable';

  constructor(readonly issues: readonly { variable: string; code: string }[]) {
    const list = issues.map(({ variable, code }) => `${variable} (${code})`).join(', ');
    super(
      `Set or correct these environment variables and start again; docs/configuration.md says what each expects: ${list}.`,
    );
    this.name = 'ConfigError';
  }
}

/** The configuration in this process's environment. @throws ConfigError */
export function readConfigFromEnvironment<P extends Process>(name: P): ConfigOf<P> {
  return readConfig(process.env, name);
}

/**
 * The configuration of one process. An empty variable counts as not set. Variables that the process does not read are ignored.
 * @throws ConfigError that lists every wrong variable
 */
export function readConfig<P extends Process>(env: Record<string, string | undefined>, name: P): ConfigOf<P> {
  // Each variable is parsed alone, so that a rule about two variables is checked even if a third one is wrong.
  const read = variablesOf(name).map((variable) => ({
    variable,
    ...configSchema.shape[variable].safeParse(env[variable] || undefined),
  }));
  const values: Partial<Variables> = Object.fromEntries(read.map(({ variable, data }) => [variable, data]));
  const wrong = read.flatMap(({ variable, error }) =>
    error ? [{ variable, code: asCode(error.issues[0]?.message) ?? 'invalid' }] : [],
  );
  const issues = [
    ...wrong,
    ...rules.flatMap(({ variable, code, broken }) => {
      const isRead = read.some((one) => one.variable === variable && one.success);
      return isRead && broken(values) ? [{ variable, code }] : [];
    }),
  ];
  if (issues.length > 0) throw new ConfigError(issues);
  return configOf(name, values as Variables);
}

interface Rule {
  variable: Variable;
  code: string;
  /** Gets only the variables that could be parsed. */
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
  'TLOG_SIGNING_KEY_FILE',
  'TLOG_PUBLIC_KEYS_FILE',
  'SIGNING_KEYS_FILE',
  'SIGNING_KEY_FILE',
  'TIME_STAMP_ROOTS_FILE',
  'SIGNER_CA_ROOTS_FILE',
  'DATABASE_CA_FILE',
  'DATABASE_CERT_FILE',
  'DATABASE_KEY_FILE',
  'TEMPORAL_TLS_CA_FILE',
  'TEMPORAL_TLS_CERT_FILE',
  'TEMPORAL_TLS_KEY_FILE',
  'TEMPORAL_API_KEY_FILE',
  'OIDC_CLIENT_SECRET_FILE',
] as const;

// Without TLS the first of each pair would have no effect, and an API key would cross the network in plain text.
const needsTls = [
  ['DATABASE_CA_FILE', 'DATABASE_TLS'],
  ['DATABASE_CERT_FILE', 'DATABASE_TLS'],
  ['DATABASE_KEY_FILE', 'DATABASE_TLS'],
  ['TEMPORAL_TLS_CA_FILE', 'TEMPORAL_TLS'],
  ['TEMPORAL_TLS_CERT_FILE', 'TEMPORAL_TLS'],
  ['TEMPORAL_TLS_KEY_FILE', 'TEMPORAL_TLS'],
  ['TEMPORAL_TLS_SERVER_NAME', 'TEMPORAL_TLS'],
  ['TEMPORAL_API_KEY_FILE', 'TEMPORAL_TLS'],
] as const;

const onlyTogether = [
  ['DATABASE_API_USER', 'DATABASE_WORKER_USER'],
  ['DATABASE_CERT_FILE', 'DATABASE_KEY_FILE'],
  ['TEMPORAL_TLS_CERT_FILE', 'TEMPORAL_TLS_KEY_FILE'],
  ['TIME_STAMP_URL', 'TIME_STAMP_ROOTS_FILE'],
  ['SIGNER_CA_URL', 'SIGNER_CA_ROOTS_FILE'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_SECRET_FILE'],
] as const;

const usesCertificates = (values: Partial<Variables>) => certificateFiles.some((name) => values[name]);

const inProduction = (values: Partial<Variables>) => values.APP_ENV === 'production';

// Rules about more than one variable.
const rules: Rule[] = [
  { variable: 'PUBLIC_URL', code: 'missing', broken: (v) => inProduction(v) && v.PUBLIC_URL === undefined },
  ...(['PUBLIC_URL', 'ALIPAY_GATEWAY', 'FACE_RETURN_URL', 'SIGNER_CA_URL', 'OIDC_ISSUER'] as const).map(
    (variable): Rule => ({
      variable,
      code: 'https_required',
      broken: (v) => inProduction(v) && protocolOf(v[variable] ?? '') === 'http:',
    }),
  ),
  {
    variable: 'H5_AUTHORIZE_URL',
    code: 'not_in_production',
    broken: (v) => inProduction(v) && v.H5_AUTHORIZE_URL !== undefined,
  },
  {
    // The log of `npm start`, whose key lies beside its data.
    variable: 'TLOG_ORIGIN',
    code: 'embedded_log',
    broken: (v) => inProduction(v) && v.TLOG_ORIGIN?.startsWith('embedded.') === true,
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
  ...needsTls.map(([variable, tls]): Rule => ({
    variable,
    code: 'needs_tls',
    broken: (v) => v[variable] !== undefined && !v[tls],
  })),
  ...onlyTogether
    .flatMap(([one, other]) => [[one, other] as const, [other, one] as const])
    .map(([variable, other]): Rule => ({
      variable,
      code: 'missing',
      broken: (v) => v[variable] === undefined && v[other] !== undefined,
    })),
  {
    // Node compares the certificate's names with `localhost` where the host is an address.
    variable: 'DATABASE_URL',
    code: 'host_name_required',
    broken: (v) =>
      v.DATABASE_TLS === true && v.DATABASE_URL !== undefined && isAddress(new URL(v.DATABASE_URL).hostname),
  },
  {
    variable: 'OIDC_ISSUER',
    code: 'missing',
    broken: (v) => v.OIDC_SECOND_FACTOR !== undefined && v.OIDC_ISSUER === undefined,
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
    variable: 'EVIDENCE_KEPT_DAYS',
    code: 'less_than_matters',
    broken: (v) => (v.EVIDENCE_KEPT_DAYS ?? Infinity) < (v.MATTERS_KEPT_DAYS ?? 0),
  },
  {
    variable: 'SESSION_SLIDING_MINUTES',
    code: 'longer_than_session',
    broken: (v) => (v.SESSION_SLIDING_MINUTES ?? 0) > (v.SESSION_LIMIT_HOURS ?? Infinity) * 60,
  },
];

/** Protection that is missing in production, as codes for the log. Without it others could read or change the traffic. */
export function missingProtection({
  env,
  database,
  temporal,
  server,
  proxies,
}: Pick<Config, 'env' | 'database'> & Partial<Pick<Config, 'temporal' | 'server' | 'proxies'>>): string[] {
  if (env !== 'production') return [];
  // The api itself speaks plain http, so that https comes from a proxy.
  const isBehindProxy = server !== undefined && protocolOf(server.publicUrl) === 'https:';
  return [
    ...(database.tls ? [] : ['database_without_tls']),
    ...(!temporal || temporal.tls ? [] : ['temporal_without_tls']),
    ...(!temporal || temporal.tls?.own || temporal.tls?.apiKeyFile !== undefined
      ? []
      : ['temporal_without_credentials']),
    ...(isBehindProxy && proxies && !proxies.trusted ? ['trusted_proxies_unset'] : []),
  ];
}

function isAddress(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) > 0;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
