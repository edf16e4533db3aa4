import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { createPasskey } from './passkey.cjs';

/**
 * @import { ClerkSession, ErrorBody, PasskeyCreation, PasskeyRequest } from './api-types.ts'
 * @import { PasskeyFile } from './passkey.cjs'
 */

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

/** The code that an authenticator app with this secret shows now. @param {string} secret Base32 */
export function totpCode(secret) {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}

/**
 * Acts as a clerk's browser: keeps the session's cookies, sends the CSRF token and shows the passkey where one is asked for. A passkey
 * and not a code of an app, since a code serves once and drivers sign in many times in half a minute.
 * @param {object} options
 * @param {{ api: string }} options.urls
 * @param {string} options.login
 * @param {string} options.password
 * @param {PasskeyFile} [options.passkey]
 */
export function createClerk({ urls, login, password, passkey }) {
  const authenticator = passkey && createPasskey(passkey, new URL(urls.api).origin);
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
    try {
      return await callOnce(method, path, body);
    } catch (error) {
      if (!(error instanceof ClerkError && error.code === 'reauthentication_required')) throw error;
      await showPasskey();
      return await callOnce(method, path, body);
    }
  }

  const headers = () => ({
    ...(cookies.size > 0 && { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
    ...(csrfToken && { 'x-csrf-token': csrfToken }),
  });

  /**
   * @template T
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<T>}
   */
  async function callOnce(method, path, body) {
    return await answerTo(method, path, {
      ...(body && { headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() } }),
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /**
   * @template T
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {RequestInit} request
   * @returns {Promise<T>}
   */
  async function answerTo(method, path, request) {
    const response = await fetch(`${urls.api}/api/clerk/${path}`, {
      ...request,
      method,
      headers: { ...headers(), .../** @type {Record<string, string>} */ (request.headers) },
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

  /** Completes the sign-in, and renews it for approvals. @returns {Promise<ClerkSession>} */
  async function showPasskey() {
    if (!authenticator) throw new Error(`${login} has no passkey to show.`);
    /** @type {PasskeyRequest} */
    const options = await callOnce('POST', 'second-factor/passkey-request', {});
    /** @type {ClerkSession} */
    const session = await callOnce('POST', 'second-factor', {
      kind: 'passkey',
      response: authenticator.get(options),
    });
    csrfToken = session.csrfToken;
    return session;
  }

  return {
    call,

    /** Uploads a file. @param {string} path @param {Buffer} content */
    async upload(path, content) {
      const headers = { 'content-type': 'application/octet-stream' };
      await answerTo('POST', path, { headers, body: Uint8Array.from(content) });
    },

    /** By which other programs call as this clerk. */
    headers,

    /** @returns {Promise<ClerkSession>} complete, unless the clerk is still to enrol a second factor */
    async signIn() {
      cookies.clear();
      /** @type {ClerkSession} */
      const session = await callOnce('POST', 'sessions', { login, password });
      csrfToken = session.csrfToken;
      return session.secondFactors.length > 0 ? await showPasskey() : session;
    },

    /** Enrols the passkey. */
    async addPasskey() {
      if (!authenticator) throw new Error(`${login} has no passkey to enrol.`);
      /** @type {PasskeyCreation} */
      const options = await call('POST', 'factors/passkey-offer', {});
      /** @type {{ session: ClerkSession }} */
      const { session } = await call('POST', 'factors/passkeys', {
        name: 'driver',
        response: authenticator.create(options),
      });
      csrfToken = session.csrfToken;
    },

    /**
     * Enrols an authenticator app.
     * @param {(secret: string) => void} keep is given the secret before it is needed
     */
    async addTotp(keep) {
      /** @type {{ secret: string }} */
      const { secret } = await call('POST', 'factors/totp-offer', {});
      keep(secret);
      await call('POST', 'factors/totp', { code: totpCode(secret) });
    },

    /** Ends the session too. @param {string} next */
    async changePassword(next) {
      await call('POST', 'password', { current: password, next });
    },
  };
}
