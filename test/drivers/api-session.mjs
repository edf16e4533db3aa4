import { randomUUID } from 'node:crypto';

/**
 * @import { AnyBody, ErrorBody, Method, PathOf, PathParameters, RequestBody, ResponseBody } from './api-types.ts'
 */

/** The product does not do what the person with the phone expects. `code` is that of the api, where it rejected a call. */
export class PhoneError extends Error {
  /**
   * @param {string} message
   * @param {string} [code]
   */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/** How often a phone tries to reach the api. */
const MAX_TRIES = 120;
/** After which it tries again. */
const LOST_MS = 250;

/** @typedef {ReturnType<typeof createApiSession>} ApiSession */

/**
 * Is told of each try.
 * @callback OnAnswer
 * @param {'lost' | 'unreadable' | number} answer that none came, or that one came in no form of the api, or its status
 * @param {string} question
 * @returns {void}
 */

/**
 * The api as a signed-in phone calls it: it repeats what the mini-program repeats.
 * @param {string} api its address
 * @param {OnAnswer} [onAnswer]
 */
export function createApiSession(api, onAnswer = () => undefined) {
  /** @type {string | undefined} */
  let token;

  /**
   * A connection that fails or breaks leaves open what was done: the same request with the same key finds out.
   * @param {string} path
   * @param {RequestInit} request
   */
  async function reach(path, request) {
    for (let left = MAX_TRIES; ; left -= 1) {
      const response = await fetch(`${api}${path}`, request).catch(() => undefined);
      if (response) return response;
      onAnswer('lost', `${request.method ?? 'GET'} ${path}`);
      if (left === 0) throw new PhoneError(`${request.method ?? 'GET'} ${path}: the api can't be reached.`);
      await new Promise((resolve) => setTimeout(resolve, LOST_MS));
    }
  }

  /**
   * An answer may come from a proxy.
   * @param {string} text
   * @param {string} question
   * @returns {Partial<ErrorBody> | undefined}
   */
  function parse(text, question) {
    try {
      return JSON.parse(text);
    } catch {
      onAnswer('unreadable', `${question}: ${text.slice(0, 60)}`);
      return undefined;
    }
  }

  /**
   * @param {Method} method
   * @param {string} path
   * @param {object} [body]
   * @param {number} [retries] how often the same is sent again while the api is still at work
   * @returns {Promise<unknown>}
   */
  async function send(method, path, body, retries = 40) {
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    };
    for (let left = retries; ; left -= 1) {
      const response = await reach(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      const question = `${method} ${path}`;
      const text = await response.text().catch(() => undefined);
      onAnswer(text === undefined ? 'lost' : response.status, question);
      if (text === undefined && left > 0) {
        await new Promise((resolve) => setTimeout(resolve, LOST_MS));
        continue;
      }
      const answer = response.status === 204 ? undefined : parse(text ?? '', question);
      // Accepted but not done, or not known: the same again, with the same key.
      const isWaiting = [202, 503].includes(response.status) || answer?.error?.code === 'busy';
      if (isWaiting && left > 0) {
        const seconds = Number(response.headers.get('retry-after') ?? 1);
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        continue;
      }
      if (response.ok) return answer;
      const { code, detail, issues } = answer?.error ?? { code: 'unreadable' };
      const reason = JSON.stringify({ code, detail, issues });
      throw new PhoneError(`${method} ${path}: ${response.status} ${reason}`, code);
    }
  }

  /**
   * @template {Method} M
   * @template {PathOf<M>} P
   * @param {M} method
   * @param {P} path as the api's description has it
   * @param {{ params?: PathParameters<M, P>, query?: string, body?: RequestBody<M, P>, retries?: number }} [request]
   */
  async function call(method, path, { params, query = '', body, retries } = {}) {
    const url = `${fill(path, params ?? {})}${query}`;
    return /** @type {ResponseBody<M, P>} */ (await send(method, url, body, retries));
  }

  /**
   * One request without retries, whose response is returned even if it is an error.
   * @param {Method} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [key] makes a repeat the same request
   */
  async function request(method, path, body, key = randomUUID()) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const request = { method, headers: { ...headers, 'idempotency-key': key } };
    const response = await reach(path, { ...request, ...(body && { body: JSON.stringify(body) }) });
    return { status: response.status, body: /** @type {AnyBody} */ (await response.json()) };
  }

  return {
    ...{ reach, send, call, request },

    /** Permits everything that the phone may do. @throws PhoneError before signing in */
    get token() {
      return present(token, 'The phone is not signed in.');
    },

    /** @param {string | undefined} next undefined signs out */
    use(next) {
      token = next;
    },
  };
}

/**
 * @template T
 * @param {T | undefined} value
 * @param {string} sentence why it is missing
 */
export function present(value, sentence) {
  if (value === undefined) throw new PhoneError(sentence);
  return value;
}

/**
 * @param {string} path
 * @param {Record<string, string>} params
 */
export function fill(path, params) {
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => present(params[name], `${path} lacks its ${name}.`));
}
