import { isIP } from 'node:net';
import { z } from 'zod';
import type { BankCardMeaning, FaceMeaning } from '../domain/vendor-results';

// What the environment may contain. config.ts reads it, and scripts/config-table.mjs makes the table of docs/configuration.md from it.

interface About {
  /** What the variable decides. */
  description: string;
  unit?: string;
  /** What happens while it is not set, where that is not a fixed value. */
  otherwise?: string;
}

// In these schemas every message is the code of an issue. Every default is the text of its variable, so that it can be printed.
const text = (form: RegExp, code: string) => z.string({ error: 'missing' }).regex(form, code);

const url = (...protocols: string[]) =>
  z.string({ error: 'missing' }).refine((value) => protocols.includes(protocolOf(value)), {
    error: 'not_a_url',
    abort: true,
  });

const count = (least: number, most: number, value: number, about: About) =>
  text(/^\d{1,9}$/, 'not_a_whole_number')
    .default(String(value))
    .transform(Number)
    .pipe(z.number().min(least, 'too_small').max(most, 'too_large'))
    .meta({ ...about, description: `${about.description}. ${least} to ${most}` });

const onOrOff = (description: string) =>
  z
    .enum(['true', 'false'], { error: 'not_a_choice' })
    .default('false')
    .transform((value) => value === 'true')
    .meta({ description });

const file = (description: string) => z.string({ error: 'missing' }).meta({ description, unit: 'path' });

const optionalFile = (description: string, about: Pick<About, 'otherwise'> = {}) =>
  z
    .string()
    .optional()
    .meta({ description, unit: 'path', otherwise: 'none', ...about });

const fileOfMode = (mode: string, description: string) =>
  z
    .string()
    .optional()
    .meta({ description: `${mode}: ${description}`, unit: 'path', otherwise: 'the other mode is used' });

const DATABASE_NAME = /^[A-Za-z0-9_]{1,64}$/;

const databaseUser = (whose: string) =>
  text(/^\w{1,32}$/, 'not_a_name')
    .optional()
    .meta({
      description: `${whose} user in MySQL. Read only by the migration, which gives it the rights of db/store/rights.ts`,
      otherwise: 'the migration grants no rights',
    });

/** A table as JSON: what each reason of a vendor means. */
const meanings = <M extends string>(choices: readonly [M, ...M[]], description: string) =>
  z
    .string()
    .default('{}')
    .transform(parseJson)
    .pipe(z.record(z.string(), z.enum(choices, { error: 'not_a_choice' }), { error: 'not_a_table' }))
    .meta({
      description: `${description}: a JSON object that maps each of Alipay's reasons to one of ${choices.map((one) => `\`${one}\``).join(', ')}. With any other reason the journey waits for a clerk`,
    });

/** Every environment variable that the processes read, with its meaning, unit and default. */
export const configSchema = z.object({
  APP_ENV: z.enum(['development', 'production'], { error: 'not_a_choice' }).default('development').meta({
    description:
      '`development` or `production`. Production rejects plain http, keys made by `npm start`, and files that cannot be read',
  }),
  HOST: text(/^[\w.:-]{1,255}$/, 'not_an_address')
    .default('127.0.0.1')
    .meta({ description: "Address on which the api listens, and the worker's `/metrics`" }),
  PORT: count(0, 65_535, 8080, { description: 'Port on which the api listens; 0 for any free port' }),
  PUBLIC_URL: url('http:', 'https:').optional().meta({
    description: 'Address at which people and registration systems reach the api; https in production',
    otherwise: '`http://HOST:PORT`; required in production',
  }),
  DRAIN_SECONDS: count(0, 300, 10, {
    description:
      'How long the api goes on serving after it was told to end. `/health/serving` says so from the beginning, so this must be longer than it takes the balancer to ask and to take the api out',
    unit: 's',
  }),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .refine((list) => list.every(isNetwork), 'not_a_list_of_networks')
    .optional()
    .meta({
      description:
        'Addresses and CIDR blocks of the proxies in front of the api, separated by commas. `X-Forwarded-For` counts only if it comes from one of them. If a proxy is not named here, all its clients count as one client. Production logs a warning if this is not set and PUBLIC_URL is https',
      otherwise: '`X-Forwarded-For` is ignored',
    }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { error: 'not_a_choice' })
    .default('info')
    .meta({
      description:
        'Lowest level of the lines that are logged: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
    }),

  DATABASE_URL: url('mysql:', 'mariadb:')
    .refine((value) => DATABASE_NAME.test(databaseOf(value)), 'database_name_missing')
    // The driver would read options from them. One of these turns off the check of the server's certificate.
    .refine((value) => new URL(value).search === '', 'parameters_not_allowed')
    .meta({ description: 'Address of MySQL: `mysql://user:password@host:port/database`' }),
  KEYS_DATABASE: text(DATABASE_NAME, 'not_a_database_name').optional().meta({
    description:
      'Schema on the same server for the wrapped data keys. Backups of the data must not contain it',
    otherwise: "the database's name followed by `_keys`",
  }),
  DATABASE_API_USER: databaseUser("The api's"),
  DATABASE_WORKER_USER: databaseUser("The worker's"),
  DATABASE_POOL: count(1, 500, 10, {
    description: 'Maximum number of connections of each process',
    unit: 'connections',
  }),
  DATABASE_TLS: onOrOff(
    '`true`: connections to MySQL use TLS. DATABASE_URL must then contain a host name, and the certificate must be valid for it',
  ),
  DATABASE_CA_FILE: optionalFile('Certificates of the authorities that sign the certificate of MySQL, PEM', {
    otherwise: 'the authorities that Node.js trusts',
  }),
  DATABASE_CERT_FILE: optionalFile('Client certificate for MySQL, PEM', {
    otherwise: 'no client certificate',
  }),
  DATABASE_KEY_FILE: optionalFile('Private key of DATABASE_CERT_FILE, PEM'),

  TEMPORAL_ADDRESS: text(/^[\w.[\]:-]+:\d{1,5}$/, 'not_host_and_port')
    .default('127.0.0.1:7233')
    .meta({ description: 'Address of Temporal', unit: 'host:port' }),
  TEMPORAL_NAMESPACE: text(/^[\w.-]{1,255}$/, 'not_a_name')
    .default('default')
    .meta({ description: 'Namespace in Temporal' }),
  TEMPORAL_TLS: onOrOff('`true`: connections to Temporal use TLS'),
  TEMPORAL_TLS_CA_FILE: optionalFile(
    'Certificates of the authorities that sign the certificate of Temporal, PEM',
    {
      otherwise: 'the authorities that the operating system trusts',
    },
  ),
  TEMPORAL_TLS_CERT_FILE: optionalFile('Client certificate for Temporal, PEM', {
    otherwise: 'no client certificate',
  }),
  TEMPORAL_TLS_KEY_FILE: optionalFile('Private key of TEMPORAL_TLS_CERT_FILE, PEM'),
  TEMPORAL_TLS_SERVER_NAME: text(/^[\w.-]{1,255}$/, 'not_a_name')
    .optional()
    .meta({
      description: "Name for which Temporal's certificate must be valid",
      otherwise: 'the host in TEMPORAL_ADDRESS',
    }),
  TEMPORAL_API_KEY_FILE: optionalFile('API key for Temporal Cloud, or for a server that checks tokens', {
    otherwise: 'no API key',
  }),
  TEMPORAL_UI_URL: url('http:', 'https:').optional().meta({
    description:
      "Address of Temporal's UI, as the browsers of reviewers reach it; the console then links to it",
    otherwise: 'no links',
  }),
  TEMPORAL_TASK_QUEUE: text(/^[\w.-]{1,255}$/, 'not_a_name')
    .default('registration-identity')
    .meta({ description: 'Task queue; api and worker need the same one' }),

  ALIPAY_GATEWAY: url('http:', 'https:')
    .default('https://openapi.alipay.com/gateway.do')
    .meta({ description: "Address of Alipay's V2 gateway; https in production" }),
  ALIPAY_APP_ID: text(/^\d{6,32}$/, 'not_an_app_id').meta({
    description: 'Application id of the mini-program at Alipay',
  }),
  ALIPAY_PRIVATE_KEY_FILE: file('RSA private key of the application'),
  ALIPAY_PUBLIC_KEY_FILE: fileOfMode('Key mode', "Alipay's public key"),
  ALIPAY_APP_CERT_FILE: fileOfMode('Certificate mode', "the application's certificate"),
  ALIPAY_ROOT_CERT_FILE: fileOfMode('Certificate mode', "Alipay's root certificates"),
  ALIPAY_PUBLIC_CERT_FILE: fileOfMode('Certificate mode', "Alipay's own certificate"),
  // Below the time that workflows/activities.ts gives the activity, which must also read the answer and write it to the database.
  ALIPAY_TIMEOUT_MS: count(500, 9_500, 8_000, { description: 'Timeout of a call to Alipay', unit: 'ms' }),
  ALIPAY_FACE_FAIL_REASONS: meanings<FaceMeaning>(
    ['identity', 'portrait', 'poor-picture', 'unavailable', 'source-unusable', 'undecidable'],
    'What the `fail_reason` of a face check means',
  ),
  ALIPAY_BANK_CARD_REASONS: meanings<BankCardMeaning>(
    ['mismatch', 'card-unusable', 'unavailable', 'undecidable'],
    'What the `detail` means if a bank card does not match',
  ),
  ALIPAY_AUTHORIZED_IDENTITY: onOrOff(
    '`true`: a person with a resident ID card can let Alipay fill in name and number. The contract with Alipay must cover `alipay.user.info.share`',
  ),
  ALIPAY_CONFIRMED_TEMPLATE: text(/^[\w=-]{8,64}$/, 'not_a_template_id')
    .optional()
    .meta({
      description:
        'Id of the subscription template for the notification after a confirmation. Its keywords are evidence number, time and note, in this order. Set it for api and worker',
      otherwise: 'no notifications',
    }),
  FACE_DOCUMENTS: text(/^[a-z-]+(,[a-z-]+)*$/, 'not_a_list')
    .default('resident-id')
    .transform((list) => list.split(','))
    .meta({
      description:
        'Document types whose face check the contract with Alipay covers, separated by commas. People with other documents go to the window',
    }),
  FACE_RETURN_URL: url('http:', 'https:', 'alipays:').optional().meta({
    description: 'Address to which Alipay sends a person after a face check; not plain http in production',
    otherwise: 'the value of PUBLIC_URL',
  }),

  H5_AUTHORIZE_URL: url('http:', 'https:').optional().meta({
    description:
      'Address at which a browser gets an authorization code, for trying the mini-program in a browser; not allowed in production',
    otherwise: 'browsers cannot sign in',
  }),

  SUPPORT_QR_FILE: z.string().optional().meta({
    description: 'PNG with the QR code of the WeChat account for technical support. Read only by the api',
    unit: 'path',
    otherwise: 'the support page shows no QR code',
  }),

  NATIONAL_DESK_FILE: z.string().optional().meta({
    description:
      'Where people find the national desk, JSON: name, address, hours, phone. Read only by the api',
    unit: 'path',
    otherwise: 'people are told no address while their journey belongs to no authority',
  }),

  KEYS_FILE: file('Key ring, JSON (docs/operations.md, "Keys")'),
  REGISTRIES_FILE: file(
    'Registration systems with their authorities, callback addresses and public keys, JSON',
  ),
  REGISTRY_SIGNING_KEY_FILE: file('Private key that signs callbacks to registration systems'),
  REGISTRY_SIGNING_KEY_ID: text(/^[\w.-]{1,64}$/, 'not_a_name').meta({
    description: 'Id of that key, as signed callbacks name it',
  }),

  TLOG_ORIGIN: text(/^[a-z0-9][\w.:/-]{0,198}[\w-]$/, 'not_an_origin').meta({
    description:
      'Name of the transparency log: PUBLIC_URL without its scheme, followed by `/log`. A log keeps its name for ever (docs/operations.md, "The transparency log")',
  }),
  TLOG_SIGNING_KEY_FILE: file(
    'Ed25519 private key that signs the checkpoints of the transparency log, PEM. While a key is replaced, the old key follows the new one',
  ),
  TLOG_PUBLIC_KEYS_FILE: file(
    'Public keys of the transparency log, PEM: those that sign now, and those that signed before',
  ),
  TLOG_TIME_STAMP_SECONDS: count(1, 86_400, 60, {
    description: 'Shortest time between two time stamps of checkpoints',
    unit: 's',
  }),
  SIGNING_KEYS_FILE: file(
    'Keys that sign or have signed evidence, with certificates and times, JSON (docs/operations.md, "Seals"). Nothing in it is secret',
  ),
  SIGNING_KEY_FILE: file(
    'Private key of one of them that signs evidence now, P-256, PKCS #8 in PEM. Read only by the worker',
  ),
  TIME_STAMP_URL: url('http:', 'https:').optional().meta({
    description: 'Address of a time-stamping authority (RFC 3161)',
    otherwise: 'evidence gets no time stamps until there is one',
  }),
  TIME_STAMP_ROOTS_FILE: optionalFile('Root certificates of that authority, PEM'),
  TIME_STAMP_POLICY: text(/^[0-2](\.(0|[1-9]\d{0,18})){1,20}$/, 'not_an_oid')
    .optional()
    .meta({
      description: 'OID of the only policy under which its time stamps are accepted',
      otherwise: 'any policy is accepted',
    }),
  SIGNER_CA_URL: url('http:', 'https:').optional().meta({
    description:
      'Address of a licensed certification authority that issues a certificate for each signature; https in production',
    otherwise: 'signatures count by the terms that people agree to',
  }),
  SIGNER_CA_ROOTS_FILE: optionalFile('Root certificates of that authority, PEM'),

  VIRUS_SCANNER_ADDRESS: text(/^[\w.[\]:-]+:\d{1,5}$/, 'not_host_and_port')
    .optional()
    .meta({
      description:
        'Address of clamd, which looks for viruses in the scans that clerks upload. clamd has no TLS, so it must be inside',
      unit: 'host:port',
      otherwise: 'nobody looks for viruses in them',
    }),

  METRICS_TOKEN: text(/^[\x21-\x7e]*$/, 'not_a_token')
    .min(32, 'too_short')
    .max(200, 'too_long')
    .optional()
    .meta({
      description: 'Bearer token for `/metrics`; 32 to 200 characters',
      otherwise: '`/metrics` does not exist',
    }),
  METRICS_PORT: count(0, 65_535, 0, {
    description:
      "Port of the worker's `/metrics` and `/health/live`; 0 to switch both off. Needs METRICS_TOKEN",
  }),

  FACE_FAILURES_PER_DAY: count(1, 100, 10, {
    description: 'Failed face checks that a person may have in a day',
    unit: 'attempts',
  }),
  FACE_FAILURES_PER_MATTER: count(1, 100, 5, {
    description:
      'Failed face checks that a person may have in a day for the same matter; at most FACE_FAILURES_PER_DAY',
    unit: 'attempts',
  }),
  CHECKS_STARTED_PER_DAY: count(1, 1000, 30, {
    description:
      'Checks that an account may start in a day, passed, failed or refunded. Asking for the window counts as one',
    unit: 'attempts',
  }),
  BANK_CARD_FAILURES_PER_DAY: count(1, 100, 5, {
    description: 'Failed bank card checks that a person may have in a day',
    unit: 'attempts',
  }),

  FLAG_WINDOW_DAYS: count(1, 365, 30, {
    description: 'Period that is searched for signs that somebody confirms in the name of other people',
    unit: 'days',
  }),
  FLAG_PERSONS: count(2, 1000, 3, {
    description:
      'Number of persons with a passed check on one device or account from which a flag is raised as a notice',
    unit: 'persons',
  }),
  FLAG_PERSONS_SEVERE: count(2, 1000, 5, {
    description:
      'Number of such persons from which the flag is severe and holds the matter for a reviewer; at least FLAG_PERSONS',
    unit: 'persons',
  }),
  FLAG_SCORE_GAP: count(1, 100, 20, {
    description:
      "Difference between the vendor's scores of a person's two face checks from which a flag is raised as a notice",
    unit: 'points',
  }),

  MATTERS_KEPT_DAYS: count(90, 36_500, 365, {
    description: 'Time for which the content of a matter stays readable after the matter ended',
    unit: 'days',
  }),
  EVIDENCE_KEPT_DAYS: count(365, 36_500, 1830, {
    description: 'Time for which evidence stays readable after the confirmation; at least MATTERS_KEPT_DAYS',
    unit: 'days',
  }),

  COMPLAINTS_KEPT_DAYS: count(365, 36_500, 1095, {
    description: 'Time for which a complaint and its answer are kept',
    unit: 'days',
  }),

  STORED_FACES_WARNING: count(1, 100_000, 80_000, {
    description:
      'Number of persons with a stored portrait from which the worker logs a warning. At 100,000 the processing must be filed within 30 working days (人脸识别技术应用安全管理办法, art. 15)',
    unit: 'persons',
  }),

  SIGNATURE_PER_ROLE: onOrOff(
    '`true`: a person with several roles in a matter confirms each role separately, with its own face check and signature',
  ),

  CARRY_OVER_DAYS: count(0, 365, 30, {
    description:
      'Time after a signature in which it is carried over to a new version with the same text; 0 for never',
    unit: 'days',
  }),

  OIDC_ISSUER: url('http:', 'https:').optional().meta({
    description:
      'Identity provider at which clerks can sign in (OpenID Connect), exactly as its tokens name it; https in production. Its configuration is read from below this address',
    otherwise: 'clerks sign in with passwords only',
  }),
  OIDC_CLIENT_ID: text(/^[\x21-\x7e]{1,255}$/, 'not_a_name')
    .optional()
    .meta({
      description:
        'What it knows us by. The address that it must send browsers back to is PUBLIC_URL followed by `/console/provider`',
      otherwise: 'no identity provider',
    }),
  OIDC_CLIENT_SECRET_FILE: optionalFile('Our secret at the identity provider (`client_secret_basic`)'),
  OIDC_SECOND_FACTOR: text(/^(acr|amr):[\x21-\x7e]{1,200}$/, 'not_a_claim')
    .optional()
    .meta({
      description:
        'What the identity provider says when it has checked a second factor: `acr:` or `amr:` and the value of that claim. Approvals want our own second factor in any case',
      otherwise: 'our own second factor is asked for after each sign-in there',
    }),
  SESSION_SLIDING_MINUTES: count(1, 720, 30, {
    description: 'A session ends after this time without use; at most SESSION_LIMIT_HOURS',
    unit: 'minutes',
  }),
  SESSION_LIMIT_HOURS: count(1, 24, 12, {
    description: 'A session ends after this time in any case',
    unit: 'hours',
  }),
  REQUESTS_PER_MINUTE_PER_ADDRESS: count(1, 100_000, 600, {
    description: 'Maximum number of requests from one IPv4 address or one IPv6 /64 network',
    unit: 'requests/min',
  }),
  REQUESTS_PER_MINUTE_PER_KEY: count(1, 100_000, 3_000, {
    description:
      'Maximum number of requests signed by one key of a registration system. They do not count for its address',
    unit: 'requests/min',
  }),
  REQUESTS_PER_MINUTE_PER_SESSION: count(1, 10_000, 120, {
    description: 'Maximum number of requests in one session',
    unit: 'requests/min',
  }),
});

export type Variables = z.infer<typeof configSchema>;

/** The database's name in a connection URL. */
export function databaseOf(databaseUrl: string): string {
  return new URL(databaseUrl).pathname.slice(1);
}

/** The protocol of a URL, with its colon. Empty if the value is not a URL. */
export function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

/** Whether the text is an address, or a network smaller than the whole internet. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const widest = { 4: 32, 6: 128 }[isIP(address)];
  if (widest === undefined || rest.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= widest);
}

function parseJson(value: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(value);
  } catch {
    context.addIssue({ code: 'custom', message: 'not_json' });
    return z.NEVER;
  }
}
