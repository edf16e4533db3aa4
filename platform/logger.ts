import pino from 'pino';
import type { DestinationStream } from 'pino';
import { JOURNEY_ID, MATTER_ID } from './pseudonyms';
import { asCode, hasLongNumber, stackPlaces } from './public-text';

/** The allowed fields of a log line. A value of another form is written as `withheld`. */
export interface LogFields {
  /** The id of a request, a UUID. */
  requestId?: string;
  /** The route's pattern, such as `/api/journeys/:id`, and never the requested path. */
  route?: string;
  method?: string;
  status?: number;
  durationMs?: number;
  /** Codes and names from the source code or the configuration. */
  step?: string;
  command?: string;
  code?: string;
  cause?: string;
  state?: string;
  channel?: string;
  registry?: string;
  workflow?: string;
  activity?: string;
  taskQueue?: string;
  /** Pseudonymous ids: `journey-…`, `matter-…` (see pseudonyms.ts). Deliveries and to-dos have UUIDs. */
  journey?: string;
  matter?: string;
  delivery?: string;
  toDo?: string;
  attempt?: number;
  count?: number;
  port?: number;
  /** Of the build: its commit, and the hash of its sources. */
  commit?: string;
  sources?: string;
  /** Only origin and path are written; user, password, query and fragment are removed. */
  url?: string;
  retry?: boolean;
  /** Any thrown value. Only its codes, names and code locations are written. */
  error?: unknown;
}

/** Writes lines of JSON with time, level, name, event and fields. They contain no free text. */
export interface Logger {
  /** @param event a stable code such as `api_started`; anything else is written as `unnamed_event`. */
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}

/**
 * A logger that writes only the fields of LogFields. A list of forbidden names would not be enough, because messages, nested objects
 * and library errors can quote any value.
 * @param destination receives the lines; standard output by default
 */
export function createLogger(
  settings: { level: string; name: string },
  destination?: DestinationStream,
): Logger {
  const options: pino.LoggerOptions = {
    level: settings.level,
    base: { name: settings.name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  };
  return loggerOver(destination ? pino(options, destination) : pino(options), {});
}

function loggerOver(lines: pino.Logger, always: Record<string, unknown>): Logger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void => {
      if (!lines.isLevelEnabled(level)) return;
      lines[level]({ event: asCode(event) ?? 'unnamed_event', ...always, ...publicFields(fields) });
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => loggerOver(lines, { ...always, ...publicFields(fields) }),
  };
}

type Reader = (value: unknown) => unknown;

const matching =
  (form: RegExp): Reader =>
  (value) =>
    typeof value === 'string' && form.test(value) ? value : undefined;
const uuid = matching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const name: Reader = (value) =>
  typeof value === 'string' && /^[A-Za-z][\w.:-]{0,63}$/.test(value) && !hasLongNumber(value)
    ? value
    : undefined;
const route: Reader = (value) =>
  typeof value === 'string' && /^\/[\w:/.*{}-]{0,120}$/.test(value) && !hasLongNumber(value)
    ? value
    : undefined;
// Larger numbers are withheld, because they may be telephone numbers. No count or duration here reaches a thousand million.
const number: Reader = (value) =>
  typeof value === 'number' && Math.abs(value) < 1e9 ? Math.round(value * 1000) / 1000 : undefined;

const readers: Record<keyof LogFields, Reader> = {
  requestId: uuid,
  route,
  method: matching(/^[A-Z]{3,7}$/),
  status: number,
  durationMs: number,
  step: name,
  command: name,
  code: name,
  cause: name,
  state: name,
  channel: name,
  registry: name,
  workflow: name,
  activity: name,
  taskQueue: name,
  commit: matching(/^([0-9a-f]{40}(-changed)?|unknown)$/),
  sources: matching(/^[0-9a-f]{64}$/),
  journey: matching(JOURNEY_ID),
  matter: matching(MATTER_ID),
  delivery: uuid,
  toDo: uuid,
  attempt: number,
  count: number,
  port: number,
  url: publicUrl,
  retry: (value) => (typeof value === 'boolean' ? value : undefined),
  error: (value) => publicError(value, 0),
};

function publicFields(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(readers).flatMap(([field, read]) => {
      const value = fields[field as keyof LogFields];
      return value === undefined || value === null ? [] : [[field, read(value) ?? 'withheld']];
    }),
  );
}

function publicUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { protocol, host, pathname } = new URL(value);
  const text = `${protocol}//${host}${pathname}`;
  return /^[a-z]+:\/\/[\w.:/[\]-]+$/.test(text) && !hasLongNumber(text) ? text : undefined;
}

// At most five causes: a longer chain is probably a cycle.
function publicError(thrown: unknown, depth: number): Record<string, unknown> {
  if (!isErrorLike(thrown)) return { name: 'not_an_error' };
  const { message, stack, cause } = thrown;
  return {
    name: /^[A-Z][A-Za-z]{0,63}$/.test(thrown.name) ? thrown.name : 'Error',
    // An ApplicationFailure has its code in `type`. Codes of Node and MySQL are in upper case.
    code: [thrown.code, thrown.type].find((code) => asCode(code) || isSystemCode(code)),
    frames: stackPlaces(stack ?? '', message),
    ...(cause !== undefined && depth < 5 && { cause: publicError(cause, depth + 1) }),
  };
}

function isErrorLike(value: unknown): value is Error & { code?: unknown; type?: unknown; cause?: unknown } {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

function isSystemCode(code: unknown): boolean {
  return typeof code === 'string' && /^[A-Z][A-Z_]{1,63}$/.test(code);
}
