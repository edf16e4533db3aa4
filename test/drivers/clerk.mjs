import { randomUUID } from 'node:crypto';

/** @import { ErrorBody, SignedInClerk } from './api-types.ts' */

/** The api rejects what a clerk asks for. */
export class ClerkError extends Error {
  /**
   * @param {string} message
   * @param {string} code the api's
   */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/** @typedef {ReturnType<typeof createClerk>} Clerk */

/**
 * Acts as a clerk's browser: keeps the session's cookies and sends the CSRF token.
 * @param {object} options
 * @param {{ api: string }} options.urls
 * @param {string} options.login
 * @param {string} options.password
 */
export function createClerk({ urls, login, password }) {
  // By name: one is the session's, the other tells this browser from strangers who try passwords.
  /** @type {Map<string, string>} */
  const cookies = new Map();
  /** @type {string | undefined} */
  let csrfToken;

  /**
   * @template T the response's body
   * @param {'GET' | 'POST'} method
   * @param {string} path after `/api/clerk/`
   * @param {object} [body]
   * @returns {Promise<T>}
   * @throws {ClerkError}
   */
  async function call(method, path, body) {
    const response = await fetch(`${urls.api}/api/clerk/${path}`, {
      method,
      headers: {
        ...(cookies.size > 0 && { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
        ...(csrfToken && { 'x-csrf-token': csrfToken }),
        ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const answer = response.status === 204 ? undefined : await response.json();
    if (!response.ok) {
      const { code, detail, issues } = /** @type {ErrorBody} */ (answer).error;
      const reason = JSON.stringify({ code, detail, issues });
      throw new ClerkError(`${login}: ${method} ${path}: ${response.status} ${reason}`, code);
    }
    return /** @type {T} */ (answer);
  }

  return {
    call,

    /** @returns the clerk of the account */
    async signIn() {
      /** @type {{ clerk: SignedInClerk, csrfToken: string }} */
      const session = await call('POST', 'sessions', { login, password });
      csrfToken = session.csrfToken;
      return session.clerk;
    },

    /** Ends the session too. @param {string} next */
    async changePassword(next) {
      await call('POST', 'password', { current: password, next });
    },
  };
}
