import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRegistries } from './registries';
import { verifyRequest } from './request-signature';

const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' });
const registries = readRegistries(
  JSON.stringify({
    registries: [
      {
        id: 'beijing',
        name: '北京市登记系统',
        callbackUrl: 'https://registry.example.org/callbacks',
        authorities: ['11'],
        kinds: ['change'],
        keys: [
          { id: 'ed-1', algorithm: 'ed25519', publicKey: pem(ed25519.publicKey) },
          { id: 'ec-1', algorithm: 'ecdsa-p256-sha256', publicKey: pem(p256.publicKey) },
        ],
      },
    ],
  }),
  'development',
);

const now = new Date('2026-03-01T08:00:00Z');
const seconds = now.getTime() / 1000;

/** Acts as the api: responds with the result of verifyRequest for a request that arrived over HTTP. */
const server = createServer((request, response) => {
  void received(request).then((result) => response.end(JSON.stringify(result)));
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function received(request: IncomingMessage): Promise<object> {
  const bytes = await bytesOf(request);
  try {
    const { registry, ...rest } = await verifyRequest(
      {
        method: request.method ?? '',
        url: `${origin}${request.url}`,
        headers: request.headersDistinct,
        body: bytes.length > 0 ? async () => bytes : undefined,
      },
      registries,
      now,
    );
    return { registry: registry.id, ...rest };
  } catch (error) {
    return { rejected: (error as { code?: string }).code ?? String(error) };
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Message {
  method: string;
  path: string;
  body?: string | undefined;
  headers: Record<string, string | string[]>;
}

async function responseTo({ method, path, body, headers }: Message) {
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    sendRequest(`${origin}${path}`, { method, headers, agent: false }, resolve).on('error', reject).end(body);
  });
  return JSON.parse((await bytesOf(reply)).toString()) as Record<string, unknown>;
}

const push = { method: 'PUT', path: '/api/registry/matters/2026-1?dry=1', body: '{"version":1}' };
const look = { method: 'GET', path: '/api/registry/matters/2026-1', body: undefined };

const digestOf = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('base64');

const usual = {
  created: seconds,
  expires: seconds + 300,
  nonce: 'nonce-of-sixteen-or-more',
  keyid: 'ed-1',
  alg: 'ed25519',
};

type Parameters = Record<string, string | number | undefined>;

/** Signs by RFC 9421 §2.5, without the library that the product uses. */
function signed(
  { method, path, body }: Omit<Message, 'headers'>,
  how: { parameters?: Parameters; uncovered?: string; digest?: string; label?: string; key?: KeyObject } = {},
) {
  const content: Record<string, string> = body
    ? { 'content-digest': how.digest ?? `sha-256=:${digestOf(body)}:`, 'content-type': 'application/json' }
    : {};
  const components = Object.entries({ '@method': method, '@target-uri': `${origin}${path}`, ...content })
    .filter(([name]) => name !== how.uncovered)
    .map(([name, value]) => ({ name: `"${name}"`, value }));
  const all: Parameters = { ...usual, ...how.parameters };
  const parameters = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `;${name}=${JSON.stringify(value)}`)
    .join('');
  const input = `(${components.map(({ name }) => name).join(' ')})${parameters}`;
  const base = [
    ...components.map(({ name, value }) => `${name}: ${value}`),
    `"@signature-params": ${input}`,
  ].join('\n');
  const { label = 'sig1', key = ed25519.privateKey } = how;
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const signature = sign(digest, Buffer.from(base), { key, dsaEncoding: 'ieee-p1363' });
  const headers: Record<string, string> = {
    ...content,
    'signature-input': `${label}=${input}`,
    signature: `${label}=:${signature.toString('base64')}:`,
  };
  return { method, path, body, headers };
}

describe('a request is accepted', () => {
  const sender = {
    registry: 'beijing',
    keyId: 'ed-1',
    nonce: 'nonce-of-sixteen-or-more',
    expires: '2026-03-01T08:05:00.000Z',
  };

  it('with a body that the signature covers', async () => {
    await expect(responseTo(signed(push))).resolves.toEqual(sender);
  });

  it('without a body', async () => {
    await expect(responseTo(signed(look))).resolves.toEqual(sender);
  });

  it('when signed with P-256', async () => {
    const parameters = { keyid: 'ec-1', alg: 'ecdsa-p256-sha256' };
    await expect(responseTo(signed(push, { parameters, key: p256.privateKey }))).resolves.toEqual({
      ...sender,
      keyId: 'ec-1',
    });
  });

  it('with a second digest beside the one that counts', async () => {
    const digest = `sha-512=:${digestOf(push.body, 'sha512')}:, sha-256=:${digestOf(push.body)}:`;
    await expect(responseTo(signed(push, { digest }))).resolves.toEqual(sender);
  });
});

describe('a request is rejected', () => {
  it.each([
    ['the method', { ...push, method: 'POST' }, 'signature_invalid'],
    ['the path', { ...push, path: push.path.replace('2026-1', '2026-2') }, 'signature_invalid'],
    ['an escape in the path', { ...push, path: push.path.replace('-', '%2d') }, 'signature_invalid'],
    ['the query', { ...push, path: push.path.replace('dry=1', 'dry=0') }, 'signature_invalid'],
    ['the query, left out', { ...push, path: push.path.replace('?dry=1', '') }, 'signature_invalid'],
    ['the body', { ...push, body: '{"version":2}' }, 'digest_mismatch'],
    ['white space in the body', { ...push, body: '{"version": 1}' }, 'digest_mismatch'],
    ['the body, left out', { ...push, body: undefined }, 'signature_components'],
  ])('when %s was changed after signing', async (_, { method, path, body }, rejected) => {
    await expect(responseTo({ method, path, body, headers: signed(push).headers })).resolves.toEqual({
      rejected,
    });
  });

  it('when the digest was changed along with the body', async () => {
    const { headers } = signed(push);
    const body = '{"version":2}';
    await expect(
      responseTo({ ...push, body, headers: { ...headers, 'content-digest': `sha-256=:${digestOf(body)}:` } }),
    ).resolves.toEqual({ rejected: 'signature_invalid' });
  });

  it('when the content type was changed after signing', async () => {
    const { headers } = signed(push);
    await expect(
      responseTo({ ...push, headers: { ...headers, 'content-type': 'text/plain' } }),
    ).resolves.toEqual({ rejected: 'signature_invalid' });
  });

  it('when a body was given to one that had none', async () => {
    const body = '{}';
    await expect(
      responseTo({ ...look, method: 'PUT', body, headers: signed(look).headers }),
    ).resolves.toEqual({
      rejected: 'digest_missing',
    });
    const added = { 'content-digest': `sha-256=:${digestOf(body)}:`, 'content-type': 'application/json' };
    await expect(
      responseTo({ ...look, method: 'PUT', body, headers: { ...signed(look).headers, ...added } }),
    ).resolves.toEqual({ rejected: 'signature_components' });
  });

  it.each([
    ['sha-512 only', `sha-512=:${digestOf(push.body, 'sha512')}:`, 'digest_missing'],
    ['no bytes', 'sha-256=::', 'digest_mismatch'],
    ['other bytes of the same length', `sha-256=:${digestOf('x')}:`, 'digest_mismatch'],
    ['the digest as text', `sha-256="${digestOf(push.body)}"`, 'digest_mismatch'],
    ['two digests', `sha-256=:${digestOf(push.body)}:, sha-256=:${digestOf('x')}:`, 'digest_mismatch'],
  ])('with a signed digest of %s', async (_, digest, rejected) => {
    await expect(responseTo(signed(push, { digest }))).resolves.toEqual({ rejected });
  });

  it.each(['@method', '@target-uri', 'content-digest', 'content-type'])(
    'with a valid signature that does not cover %s',
    async (name) => {
      await expect(responseTo(signed(push, { uncovered: name }))).resolves.toEqual({
        rejected: 'signature_components',
      });
    },
  );

  it.each<[string, Parameters]>([
    ...Object.keys(usual).map((name): [string, Parameters] => ['signature_malformed', { [name]: undefined }]),
    ['signature_malformed', { tag: 'mine' }],
    ['signature_expired', { created: seconds - 10, expires: seconds - 1 }],
    ['signature_not_yet_valid', { created: seconds + 301, expires: seconds + 302 }],
    ['signature_lifetime', { expires: seconds + 301 }],
    ['signature_key_unknown', { keyid: 'ed-2' }],
    ['signature_key_unknown', { keyid: '__proto__' }],
    ['signature_algorithm', { alg: 'ecdsa-p256-sha256' }],
    ['signature_algorithm', { alg: 'hmac-sha256' }],
  ])('as %s with a valid signature that says %j', async (rejected, parameters) => {
    await expect(responseTo(signed(look, { parameters }))).resolves.toEqual({ rejected });
  });

  it.each([
    ['ed25519', { keyid: 'ed-1', alg: 'ed25519' }, generateKeyPairSync('ed25519').privateKey],
    [
      'P-256',
      { keyid: 'ec-1', alg: 'ecdsa-p256-sha256' },
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    ],
    ['the other key of the same system', { keyid: 'ec-1', alg: 'ecdsa-p256-sha256' }, ed25519.privateKey],
  ])('when signed by a key that is not the one it names: %s', async (_, parameters, key) => {
    await expect(responseTo(signed(push, { parameters, key }))).resolves.toEqual({
      rejected: 'signature_invalid',
    });
  });

  it.each([
    ['signature', 'signature_missing'],
    ['signature-input', 'signature_missing'],
    ['content-digest', 'digest_missing'],
    ['content-type', 'signature_components'],
  ])('without the header %s', async (name, rejected) => {
    const { headers, ...message } = signed(push);
    const rest = Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));
    await expect(responseTo({ ...message, headers: rest })).resolves.toEqual({ rejected });
  });

  it.each(['signature', 'signature-input', 'content-digest', 'content-type'])(
    'with the header %s twice, the same or not',
    async (name) => {
      const { headers, ...message } = signed(push);
      for (const second of [headers[name]!, 'sig2=:AA==:']) {
        await expect(
          responseTo({ ...message, headers: { ...headers, [name]: [headers[name]!, second] } }),
        ).resolves.toEqual({ rejected: 'signature_malformed' });
      }
    },
  );

  it('with a valid signature under another label, alone or as a second one', async () => {
    const [first, second] = [signed(push), signed(push, { label: 'sig2' })];
    await expect(responseTo(second)).resolves.toEqual({ rejected: 'signature_malformed' });
    const both = Object.fromEntries(
      ['signature', 'signature-input'].map((name) => [
        name,
        `${first.headers[name]}, ${second.headers[name]}`,
      ]),
    );
    await expect(responseTo({ ...first, headers: { ...first.headers, ...both } })).resolves.toEqual({
      rejected: 'signature_malformed',
    });
  });

  it.each([
    ['signature', 'text', 'signature_malformed'],
    ['signature', 'sig1="text"', 'signature_malformed'],
    ['signature', 'sig1=::', 'signature_malformed'],
    ['signature', 'sig1=:A:', 'signature_malformed'],
    ['signature', 'sig1=:AAAA:', 'signature_invalid'],
    ['signature', `sig1=:${'A'.repeat(86)}==:`, 'signature_invalid'],
    ['signature-input', 'text', 'signature_malformed'],
  ])('with the header %s holding %j', async (name, value, rejected) => {
    const message = signed(push);
    await expect(responseTo({ ...message, headers: { ...message.headers, [name]: value } })).resolves.toEqual(
      {
        rejected,
      },
    );
  });
});
