import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An identity provider that says what a test wants. */
export interface RogueProvider {
  issuer: string;
  /** In place of what is true in the next tokens; undefined takes a claim away. */
  claims: Record<string, unknown>;
  /** Whether the next tokens bear the signature of a key that it does not publish. */
  isForged: boolean;
  /** How it answers: `silent` not at all. */
  mode: 'up' | 'silent' | 'broken';
  /** How it names itself; like its address, unless a test says otherwise. */
  named?: string;
  /** The query with which it would send a browser back. */
  answer(url: string): string;
  stop(): Promise<void>;
}

/** @param clientId for whom its tokens are */
export async function startRogueProvider(clientId: string): Promise<RogueProvider> {
  const keys = { own: newKey(), other: newKey() };
  let nonce: string | null = null;
  const server = createServer((request, response) => {
    const json = (body: object) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (rogue.mode === 'silent') return;
    if (rogue.mode === 'broken') {
      response.writeHead(502).end('<html>Bad Gateway</html>');
      return;
    }
    const { issuer } = rogue;
    if (request.url === '/keys') {
      json({
        keys: [{ ...keys.own.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
      });
    } else if (request.url === '/token') {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer,
        sub: 'somebody',
        aud: clientId,
        exp: now + 60,
        iat: now,
        auth_time: now,
        nonce,
      };
      const { privateKey } = rogue.isForged ? keys.other : keys.own;
      json({
        access_token: 'x',
        token_type: 'Bearer',
        id_token: signed({ ...claims, ...rogue.claims }, privateKey),
      });
    } else {
      json({
        issuer: rogue.named ?? issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const rogue: RogueProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    claims: {},
    isForged: false,
    mode: 'up',
    answer(url) {
      const asked = new URL(url).searchParams;
      nonce = asked.get('nonce');
      return String(new URLSearchParams({ code: 'a-code', state: asked.get('state') ?? '' }));
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return rogue;
}

type KeyPair = ReturnType<typeof newKey>;

function newKey() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function signed(claims: object, key: KeyPair['privateKey']): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`;
  return `${content}.${createSign('sha256').update(content).sign(key).toString('base64url')}`;
}
