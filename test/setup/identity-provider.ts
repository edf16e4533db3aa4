import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROVIDER_SIGN_IN_MS } from '../../domain/clerks';
import type { IdentityProviderSettings } from '../../platform/openid-provider';

/** What the provider says when it has checked a second factor. */
const SECOND_FACTOR = { claim: 'acr', value: 'urn:example:second-factor' } as const;

/** An identity provider of others, as a process of its own. */
export interface TestIdentityProvider {
  /** For `createOpenidProvider`. */
  settings: IdentityProviderSettings;
  /**
   * Signs in there as a browser does.
   * @param url from `signInUrl`
   * @returns the query with which the provider sends the browser back
   */
  answer(url: string, as: { account: string; secondFactor?: boolean } | 'cancel'): Promise<string>;
  stop(): Promise<void>;
}

/** @param publicUrl the address of the product, to which it sends browsers back */
export async function startIdentityProvider(publicUrl: string): Promise<TestIdentityProvider> {
  const client = {
    clientId: 'identity-check',
    clientSecret: 'a-secret-of-the-tests-only',
    redirectUri: `${publicUrl}/console/provider`,
    signedOutUri: `${publicUrl}/console`,
  };
  const script = join(__dirname, 'start-identity-provider.mjs');
  // It warns of Node 20.
  const child = spawn(process.execPath, [script, JSON.stringify(client)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const gone = ended.then(([code]) => {
    throw new Error(`The identity provider ended with ${String(code)}.`);
  });
  gone.catch(() => undefined);
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const [said] = await Promise.race([line, gone]);
  const { issuer } = JSON.parse(said) as { issuer: string };
  return {
    settings: {
      ...client,
      issuer,
      secondFactor: SECOND_FACTOR,
      maxAgeSeconds: PROVIDER_SIGN_IN_MS / 1000,
    },
    async answer(url, as) {
      const cookies = new Map<string, string>();
      const go = async (to: string, body?: URLSearchParams): Promise<string> => {
        const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(to, {
          ...{ method: body ? 'POST' : 'GET', headers: { cookie }, redirect: 'manual' },
          ...(body && { body }),
        });
        for (const set of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          cookies.set(name, value);
        }
        const location = response.headers.get('location');
        if (location === null) throw new Error(`The identity provider answers: ${await response.text()}`);
        return new URL(location, to).href;
      };
      const form =
        as === 'cancel'
          ? { press: 'cancel' }
          : { press: 'sign-in', account: as.account, ...(as.secondFactor && { secondFactor: 'on' }) };
      const back = await go(await go(await go(url), new URLSearchParams(form)));
      if (!back.startsWith(client.redirectUri)) throw new Error(`The identity provider leads to ${back}`);
      return new URL(back).search.slice(1);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
