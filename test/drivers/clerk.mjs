import { randomUUID } from 'node:crypto';

/** The api refuses what a clerk asks; `status` and `code` say how. */
class ClerkError extends Error {}

/**
 * A clerk at a browser, which keeps the session's cookie and sends the token against CSRF along.
 * @param say is told of every call: in words, and how many milliseconds it took
 */
export function createClerk({ urls, login, password, say = () => undefined }) {
  // By name: one is the session's, the other tells this browser from strangers who try passwords.
  const cookies = new Map();
  let csrfToken;

  /** @throws ClerkError */
  async function call(method, path, body) {
    const begun = performance.now();
    const response = await fetch(`${urls.api}/api/clerk/${path}`, {
      method,
      headers: {
        ...(cookies.size > 0 && { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
        ...(csrfToken && { 'x-csrf-token': csrfToken }),
        ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      body: body && JSON.stringify(body),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      cookies.set(name, value);
    }
    const answer = response.status === 204 ? undefined : await response.json();
    if (!response.ok) {
      const { code, detail, issues } = answer.error;
      const error = new ClerkError(
        `${login}: ${method} ${path}: ${response.status} ${JSON.stringify({ code, detail, issues })}`,
      );
      throw Object.assign(error, { status: response.status, code });
    }
    say(`${login}: ${method} ${path}`, performance.now() - begun);
    return answer;
  }

  return {
    call,

    /** @returns who is signed in */
    async signIn() {
      const { clerk, csrfToken: token } = await call('POST', 'sessions', { login, password });
      csrfToken = token;
      return clerk;
    },

    /** Ends the session too. */
    async changePassword(next) {
      await call('POST', 'password', { current: password, next });
    },
  };
}
