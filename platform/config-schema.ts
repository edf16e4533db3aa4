import { isIP } from 'node:net';
import { z } from 'zod';
import type { BankCardMeaning, FaceMeaning } from '../domain/vendor-results';

// What the environment may contain. config.ts reads it, and scripts/config-table.mjs makes the table of docs/configuration.md from it.

interface About {
  /** What the variable decides. */
  description: string;
  unit?: string;
  /** What holds while it is not set, where that is more than a fixed value. */
  otherwise?: string;
}

// In these schemas every message is the code of an issue, and every default is the text of its variable: it is printed as it is set.
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
    .meta({ ...about, description: `${about.description} (${least}–${most})` });

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
    .meta({ description: `${mode}: ${description}`, unit: 'path', otherwise: 'the other mode' });

const DATABASE_NAME = /^[A-Za-z0-9_]{1,64}$/;

const databaseUser = (whose: string) =>
  text(/^\w{1,32}$/, 'not_a_name')
    .optional()
    .meta({
      description: `${whose} user in MySQL, who gets the rights in db/rights.ts from the migration, which alone reads this`,
      otherwise: 'the migration gives nobody rights',
    });

/** A table from a vendor's reasons to what they mean, as JSON. */
const meanings = <M extends string>(choices: readonly [M, ...M[]], description: string) =>
  z
    .string()
    .default('{}')
    .transform(parseJson)
    .pipe(z.record(z.string(), z.enum(choices, { error: 'not_a_choice' }), { error: 'not_a_table' }))
    .meta({
      description: `${description}: JSON object from Alipay's reason to ${choices.map((one) => `\`${one}\``).join(', ')}; one that is not in it waits for a clerk`,
    });

/** Every environment variable the services read, with its meaning, unit and default. */
export const configSchema = z.object({
  APP_ENV: z.enum(['development', 'production'], { error: 'not_a_choice' }).default('development').meta({
    description:
      '`development` or `production`; production refuses plain http, embedded keys and files that are not there',
  }),
  HOST: text(/^[\w.:-]{1,255}$/, 'not_an_address')
    .default('127.0.0.1')
    .meta({ description: "Address the api listens on, and the worker's `/metrics`" }),
  PORT: count(0, 65_535, 8080, { description: 'Port the api listens on, 0 for any free one' }),
  PUBLIC_URL: url('http:', 'https:').optional().meta({
    description: 'Where people and registration systems reach the api; https in production',
    otherwise: '`http://HOST:PORT`; required in production',
  }),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .refine((list) => list.every(isNetwork), 'not_a_list_of_networks')
    .optional()
    .meta({
      description:
        'Addresses and CIDRs, with commas, of the proxies in front of the api: only from them `X-Forwarded-For` is believed. Behind one and unset, all clients count as one; production warns where PUBLIC_URL is https',
      otherwise: 'nobody is believed',
    }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { error: 'not_a_choice' })
    .default('info')
    .meta({ description: 'The least severe line that is written' }),

  DATABASE_URL: url('mysql:', 'mariadb:')
    .refine((value) => DATABASE_NAME.test(databaseOf(value)), 'database_name_missing')
    // The driver would take options from them, one of which turns off the check of the server's certificate.
    .refine((value) => new URL(value).search === '', 'parameters_not_allowed')
    .meta({ description: 'MySQL, `mysql://user:password@host:port/database`' }),
  KEYS_DATABASE: text(DATABASE_NAME, 'not_a_database_name').optional().meta({
    description:
      'Schema on the same server that holds the wrapped keys and that backups of the data leave out',
    otherwise: "the database's name and `_keys`",
  }),
  DATABASE_API_USER: databaseUser("The api's"),
  DATABASE_WORKER_USER: databaseUser("The worker's"),
  DATABASE_POOL: count(1, 500, 10, { description: 'Most connections of each process', unit: 'connections' }),
  DATABASE_TLS: onOrOff(
    'With `true` MySQL is spoken to by TLS only, and its certificate must be for the host in DATABASE_URL, which is a name then',
  ),
  DATABASE_CA_FILE: optionalFile('Certificates of the authorities that vouch for MySQL, PEM', {
    otherwise: "Node's own authorities",
  }),
  DATABASE_CERT_FILE: optionalFile('Certificate that is shown to MySQL, PEM', { otherwise: 'none is shown' }),
  DATABASE_KEY_FILE: optionalFile('Its private key, PEM'),

  TEMPORAL_ADDRESS: text(/^[\w.[\]:-]+:\d{1,5}$/, 'not_host_and_port')
    .default('127.0.0.1:7233')
    .meta({ description: 'Temporal', unit: 'host:port' }),
  TEMPORAL_NAMESPACE: text(/^[\w.-]{1,255}$/, 'not_a_name')
    .default('default')
    .meta({ description: 'Temporal namespace' }),
  TEMPORAL_TLS: onOrOff('With `true` Temporal is spoken to by TLS only'),
  TEMPORAL_TLS_CA_FILE: optionalFile('Certificates of the authorities that vouch for Temporal, PEM', {
    otherwise: "the system's authorities",
  }),
  TEMPORAL_TLS_CERT_FILE: optionalFile('Certificate that is shown to Temporal, PEM', {
    otherwise: 'none is shown',
  }),
  TEMPORAL_TLS_KEY_FILE: optionalFile('Its private key, PEM'),
  TEMPORAL_TLS_SERVER_NAME: text(/^[\w.-]{1,255}$/, 'not_a_name')
    .optional()
    .meta({
      description: "Name that Temporal's certificate must be for",
      otherwise: 'the host in TEMPORAL_ADDRESS',
    }),
  TEMPORAL_API_KEY_FILE: optionalFile('API key of Temporal Cloud, or of a server that checks tokens', {
    otherwise: 'none is shown',
  }),
  TEMPORAL_TASK_QUEUE: text(/^[\w.-]{1,255}$/, 'not_a_name')
    .default('registration-identity')
    .meta({ description: 'Task queue that api and worker share' }),

  ALIPAY_GATEWAY: url('http:', 'https:')
    .default('https://openapi.alipay.com/gateway.do')
    .meta({ description: "Alipay's V2 gateway; https in production" }),
  ALIPAY_APP_ID: text(/^\d{6,32}$/, 'not_an_app_id').meta({
    description: "The mini-program's application id",
  }),
  ALIPAY_PRIVATE_KEY_FILE: file("The application's RSA private key"),
  ALIPAY_PUBLIC_KEY_FILE: fileOfMode('Key mode', "Alipay's public key"),
  ALIPAY_APP_CERT_FILE: fileOfMode('Certificate mode', "the application's certificate"),
  ALIPAY_ROOT_CERT_FILE: fileOfMode('Certificate mode', "Alipay's root certificates"),
  ALIPAY_PUBLIC_CERT_FILE: fileOfMode('Certificate mode', "Alipay's own certificate"),
  // An activity that calls Alipay is given 10 s in all: the answer must still be read and written down.
  ALIPAY_TIMEOUT_MS: count(500, 9_500, 8_000, { description: 'Longest call to Alipay', unit: 'ms' }),
  ALIPAY_FACE_FAIL_REASONS: meanings<FaceMeaning>(
    ['identity', 'portrait', 'unavailable', 'source-unusable', 'undecidable'],
    "What a face check's `fail_reason` means",
  ),
  ALIPAY_BANK_CARD_REASONS: meanings<BankCardMeaning>(
    ['mismatch', 'card-unusable', 'unavailable', 'undecidable'],
    'What the `detail` of a bank card that does not match means',
  ),
  ALIPAY_AUTHORIZED_IDENTITY: onOrOff(
    'With `true` who enters with a resident ID card is asked to let Alipay fill in name and number; the contract must cover `alipay.user.info.share`',
  ),
  ALIPAY_CONFIRMED_TEMPLATE: text(/^[\w=-]{8,64}$/, 'not_a_template_id')
    .optional()
    .meta({
      description:
        'Subscription template of the message that a person gets after a confirmation, with the keywords evidence number, time and note; api and worker read it',
      otherwise: 'nobody is asked, and nothing is sent',
    }),
  FACE_DOCUMENTS: text(/^[a-z-]+(,[a-z-]+)*$/, 'not_a_list')
    .default('resident-id')
    .transform((list) => list.split(','))
    .meta({
      description:
        'Document types whose face check the contract with Alipay covers, with commas; people with others go to the window',
    }),
  FACE_RETURN_URL: url('http:', 'https:', 'alipays:').optional().meta({
    description: 'Where Alipay leads a person after a face check; not plain http in production',
    otherwise: '`PUBLIC_URL`',
  }),

  H5_AUTHORIZE_URL: url('http:', 'https:').optional().meta({
    description:
      'Where a browser gets an authorization code, to try the mini-program in it; not in production',
    otherwise: 'browsers cannot sign in',
  }),

  SUPPORT_QR_FILE: z.string().optional().meta({
    description: 'PNG with the QR code of the WeChat account that helps people, which only the api reads',
    unit: 'path',
    otherwise: 'the support page shows only words',
  }),

  KEYS_FILE: file('Key ring, JSON'),
  REGISTRIES_FILE: file('Registration systems and their public keys, JSON'),
  REGISTRY_SIGNING_KEY_FILE: file('Private key that signs callbacks'),
  REGISTRY_SIGNING_KEY_ID: text(/^[\w.-]{1,64}$/, 'not_a_name').meta({
    description: 'Key id named in signed callbacks',
  }),

  METRICS_TOKEN: text(/^[\x21-\x7e]*$/, 'not_a_token')
    .min(32, 'too_short')
    .max(200, 'too_long')
    .optional()
    .meta({
      description: 'Who reads `/metrics` shows it as a bearer token; at least 32 characters',
      otherwise: 'there is no `/metrics`',
    }),
  METRICS_PORT: count(0, 65_535, 0, {
    description: "Port of the worker's `/metrics` and `/health/live`; 0 for none; needs METRICS_TOKEN",
  }),

  FACE_FAILURES_PER_DAY: count(1, 100, 10, {
    description: 'Failed face checks of a person and day',
    unit: 'attempts',
  }),
  FACE_FAILURES_PER_MATTER: count(1, 100, 5, {
    description: 'Of these, for one matter',
    unit: 'attempts',
  }),
  CHECKS_STARTED_PER_DAY: count(1, 1000, 30, {
    description:
      'Checks an account may start in a day, whatever becomes of them; asking for the window counts too',
    unit: 'attempts',
  }),
  BANK_CARD_FAILURES_PER_DAY: count(1, 100, 5, {
    description: 'Failed bank card checks of a person and day',
    unit: 'attempts',
  }),

  FLAG_WINDOW_DAYS: count(1, 365, 30, {
    description: 'So far back is looked for signs that somebody confirms in the name of others',
    unit: 'days',
  }),
  FLAG_PERSONS: count(2, 1000, 3, {
    description: 'So many persons with a passed check of one device or account raise a notice',
    unit: 'persons',
  }),
  FLAG_PERSONS_SEVERE: count(2, 1000, 5, {
    description: 'So many hold the matter for a reviewer; not below FLAG_PERSONS',
    unit: 'persons',
  }),
  FLAG_SCORE_GAP: count(1, 100, 20, {
    description: "So far apart the vendor's scores of a person's two face checks raise a notice",
    unit: 'points',
  }),

  MATTERS_KEPT_DAYS: count(90, 36_500, 365, {
    description: 'So long after its end the content of a matter can be read',
    unit: 'days',
  }),
  EVIDENCE_KEPT_DAYS: count(365, 36_500, 1830, {
    description: 'So long after the confirmation evidence can be read; not below MATTERS_KEPT_DAYS',
    unit: 'days',
  }),

  SIGNATURE_PER_ROLE: onOrOff(
    'With `true` a person with several roles in a matter confirms each by a face check and a signature of its own',
  ),

  CARRY_OVER_DAYS: count(0, 365, 30, {
    description:
      'A signature is carried over to a new version with the same text for so long after it was given; 0 for never',
    unit: 'days',
  }),

  SESSION_SLIDING_MINUTES: count(1, 720, 30, {
    description: 'A session unused for so long ends',
    unit: 'minutes',
  }),
  SESSION_LIMIT_HOURS: count(1, 24, 12, { description: 'Every session ends after', unit: 'hours' }),
  REQUESTS_PER_MINUTE_PER_ADDRESS: count(1, 100_000, 600, {
    description: 'Most requests from one network address, of IPv6 from one /64',
    unit: 'requests/min',
  }),
  REQUESTS_PER_MINUTE_PER_KEY: count(1, 100_000, 3_000, {
    description:
      "Most requests signed by one key of a registration system, which don't count for its address",
    unit: 'requests/min',
  }),
  REQUESTS_PER_MINUTE_PER_SESSION: count(1, 10_000, 120, {
    description: 'Most requests in one session',
    unit: 'requests/min',
  }),
});

export type Variables = z.infer<typeof configSchema>;

/** The name of the database in a connection URL. */
export function databaseOf(databaseUrl: string): string {
  return new URL(databaseUrl).pathname.slice(1);
}

/** A URL's protocol with its colon; empty if it is no URL. */
export function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

/** Whether this is an address, or a network that is not everything. */
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
