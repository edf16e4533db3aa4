// `node test/setup/start-identity-provider.mjs CLIENT`: an identity provider (oidc-provider) that knows the client in this JSON, at a
// free port. Its page takes any account without a password, says on demand that it has checked a second factor, and can be left. Writes
// its address as one line of JSON, and ends with SIGTERM.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */

const SECOND_FACTOR = 'urn:example:second-factor';

const { clientId, clientSecret, redirectUri, signedOutUri } = JSON.parse(process.argv[2] ?? '');
const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = /** @type {AddressInfo} */ (server.address());
const issuer = `http://127.0.0.1:${port}`;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [signedOutUri],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test-1', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  acrValues: [SECOND_FACTOR],
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  // Whoever signs in agrees.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({
      accountId: oidc.session?.accountId ?? '',
      clientId: oidc.client?.clientId ?? '',
    });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});

const PAGE = `<!doctype html><html lang="en"><title>Identity provider</title><form method="post">
<label>Account <input name="account"></label>
<label><input type="checkbox" name="secondFactor"> Second factor</label>
<button name="press" value="sign-in">Sign in</button> <button name="press" value="cancel">Cancel</button></form></html>`;

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function interact(request, response) {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE);
    return;
  }
  const form = new URLSearchParams(await text(request));
  await provider.interactionFinished(
    request,
    response,
    form.get('press') === 'cancel'
      ? { error: 'access_denied' }
      : {
          login: {
            accountId: form.get('account') ?? '',
            ...(form.has('secondFactor') && { acr: SECOND_FACTOR, amr: ['pwd', 'otp'] }),
          },
        },
  );
}

const answer = provider.callback();
server.on('request', (request, response) => {
  void (request.url?.startsWith('/interaction/') ? interact : answer)(request, response);
});
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
process.on('SIGTERM', () => process.exit());
