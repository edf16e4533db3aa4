import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readRegistries } from './registries';
import { verifyRequest } from './request-signature';
import type { SignatureError } from './signature-error';

// What developers try first, with the textbook or a library at its defaults: each answer names the place and what is expected there.

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const ecdsa = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: typeof publicKey) => key.export({ type: 'spki', format: 'pem' });
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
          { id: 'ed-1', algorithm: 'ed25519', publicKey: pem(publicKey) },
          { id: 'ec-1', algorithm: 'ecdsa-p256-sha256', publicKey: pem(ecdsa.publicKey) },
        ],
      },
    ],
  }),
  'development',
);

const now = new Date('2026-03-01T08:00:00Z');
const seconds = now.getTime() / 1000;
const body = Buffer.from('{"version":1}');
const url = 'https://identity.example.org/api/registry/matters/2026-1';
const sha256 = createHash('sha256').update(body);
const hex = sha256.copy().digest('hex');

interface Try {
  digest?: string | undefined;
  /** Of Signature-Input, in place of the right ones. */
  components?: string[];
  parameters?: Record<string, string | number | undefined>;
  signature?: (base: string) => Buffer;
}

async function issuesOf({ components, parameters, signature, ...rest }: Try) {
  const digest = 'digest' in rest ? rest.digest : `sha-256=:${sha256.copy().digest('base64')}:`;
  const values: Record<string, string> = {
    '@method': 'PUT',
    '@target-uri': url,
    'content-type': 'application/json',
    ...(digest !== undefined && { 'content-digest': digest }),
  };
  const covered = components ?? Object.keys(values);
  const all: Record<string, string | number | undefined> = {
    ...{ created: seconds, expires: seconds + 300, nonce: 'nonce-of-sixteen-or-more' },
    ...{ keyid: 'ed-1', alg: 'ed25519' },
    ...parameters,
  };
  const written = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`;${name}=${typeof value === 'number' ? value : `"${value}"`}`],
  );
  const input = `(${covered.map((name) => `"${name}"`).join(' ')})${written.join('')}`;
  const base = [
    ...covered.map((name) => `"${name}": ${values[name] ?? ''}`),
    `"@signature-params": ${input}`,
  ].join('\n');
  const bytes = signature?.(base) ?? sign(null, Buffer.from(base), privateKey);
  const headers = {
    'signature-input': [`sig1=${input}`],
    signature: [`sig1=:${bytes.toString('base64')}:`],
    'content-type': ['application/json'],
    ...(digest !== undefined && { 'content-digest': [digest] }),
  };
  const request = { method: 'PUT', url, headers, body: async () => body };
  return await verifyRequest(request, registries, now).then(
    () => 'accepted',
    (error: unknown) => {
      const { code, issues } = error as SignatureError;
      return { code, issues };
    },
  );
}

const DIGEST = 'sha-256=:<Base64 of the 32 bytes of SHA-256 over the body>:';
const ALGORITHMS = '"ed25519" or "ecdsa-p256-sha256", as the key is registered';

it('the right one is accepted', async () => {
  await expect(issuesOf({})).resolves.toBe('accepted');
});

it.each<[string, Try, string, { path: string; code: string; expected?: string }[]]>([
  [
    'no Content-Digest',
    { digest: undefined },
    'digest_missing',
    [{ path: 'content-digest', code: 'missing', expected: DIGEST }],
  ],
  [
    'no created',
    { parameters: { created: undefined } },
    'signature_malformed',
    [{ path: 'signature-input.created', code: 'missing', expected: 'seconds since 1970, an integer' }],
  ],
  [
    '@target-uri only',
    { components: ['@target-uri'] },
    'signature_components',
    ['@method', 'content-digest', 'content-type'].map((name) => ({
      path: `signature-input.${name}`,
      code: 'missing',
      expected: `"${name}" among the covered components`,
    })),
  ],
  [
    'the name of JOSE’s algorithm',
    { parameters: { alg: 'EdDSA' } },
    'signature_algorithm',
    [{ path: 'signature-input.alg', code: 'mismatch', expected: ALGORITHMS }],
  ],
  [
    'the digest in hexadecimal',
    { digest: `sha-256=:${hex}:` },
    'digest_mismatch',
    [{ path: 'content-digest', code: 'wrong_form', expected: DIGEST }],
  ],
  [
    'the components of another profile, and no nonce',
    { components: ['@method', '@authority', '@path', 'content-digest'], parameters: { nonce: undefined } },
    'signature_malformed',
    [
      {
        path: 'signature-input.nonce',
        code: 'missing',
        expected: 'a text of 16 to 128 characters, new for every request',
      },
      ...['@target-uri', 'content-type'].map((name) => ({
        path: `signature-input.${name}`,
        code: 'missing',
        expected: `"${name}" among the covered components`,
      })),
      {
        path: 'signature-input',
        code: 'not_expected',
        expected: 'only "@method" "@target-uri" "content-digest" "content-type" as covered components',
      },
    ],
  ],
  [
    'a component twice',
    { components: ['@method', '@method', '@target-uri', 'content-digest', 'content-type'] },
    'signature_components',
    [
      {
        path: 'signature-input.@method',
        code: 'repeated',
        expected: '"@method" once among the covered components',
      },
    ],
  ],
  [
    'milliseconds',
    { parameters: { created: now.getTime(), expires: now.getTime() + 300 } },
    'signature_malformed',
    ['created', 'expires'].map((name) => ({
      path: `signature-input.${name}`,
      code: 'wrong_form',
      expected: 'seconds since 1970, an integer',
    })),
  ],
  [
    'a parameter that we do not know',
    { parameters: { tag: '110105190002031015' } },
    'signature_malformed',
    [
      {
        path: 'signature-input',
        code: 'not_expected',
        expected: 'only the parameters created, expires, nonce, keyid, alg',
      },
    ],
  ],
  [
    'a clock that is late',
    { parameters: { created: seconds - 600, expires: seconds - 300 } },
    'signature_expired',
    [
      {
        path: 'signature-input.expires',
        code: 'stale',
        expected: `at least ${seconds}, the time of this server`,
      },
    ],
  ],
  [
    'a clock that is early',
    { parameters: { created: seconds + 600, expires: seconds + 900 } },
    'signature_not_yet_valid',
    [
      {
        path: 'signature-input.created',
        code: 'in_the_future',
        expected: `at most ${seconds + 300}, 300 after the time of this server`,
      },
    ],
  ],
  [
    'an hour of validity',
    { parameters: { expires: seconds + 3600 } },
    'signature_lifetime',
    [{ path: 'signature-input.expires', code: 'wrong_value', expected: 'created and up to 300 more' }],
  ],
  [
    'an unknown key id',
    { parameters: { keyid: 'ed-9' } },
    'signature_key_unknown',
    [{ path: 'signature-input.keyid', code: 'unknown', expected: 'the id of a key that is registered here' }],
  ],
  [
    'a digest of other bytes',
    { digest: `sha-256=:${createHash('sha256').update('{"version": 1}').digest('base64')}:` },
    'digest_mismatch',
    [{ path: 'content-digest', code: 'mismatch', expected: DIGEST }],
  ],
  [
    'ECDSA in the form of Java and OpenSSL',
    {
      parameters: { keyid: 'ec-1', alg: 'ecdsa-p256-sha256' },
      signature: (base) => sign('sha256', Buffer.from(base), ecdsa.privateKey),
    },
    'signature_malformed',
    [
      {
        path: 'signature',
        code: 'wrong_form',
        expected: 'sig1=:<Base64 of 64 bytes>:, for ECDSA r and s of 32 bytes each (IEEE P1363), not DER',
      },
    ],
  ],
  [
    'a signature over another address',
    { signature: (base) => sign(null, Buffer.from(base.replace('https:', 'http:')), privateKey) },
    'signature_invalid',
    [
      {
        path: 'signature',
        code: 'mismatch',
        expected:
          'a signature by the private key of keyid over the lines of signature-input in their order, where @target-uri is https://identity.example.org with path and query as sent',
      },
    ],
  ],
])('%s', async (_, tried, code, issues) => {
  await expect(issuesOf(tried)).resolves.toEqual({ code, issues });
});

it('nothing that was sent is repeated, and no signature or digest is told', async () => {
  const answers = await Promise.all([
    issuesOf({ parameters: { tag: 'SECRET' } }),
    issuesOf({ parameters: { keyid: 'SECRET' } }),
    issuesOf({ components: ['SECRET'] }),
    issuesOf({ digest: `sha-256=:${hex}:` }),
  ]);
  const told = JSON.stringify(answers);
  expect(told).not.toContain('SECRET');
  expect(told).not.toContain(hex);
  expect(told).not.toContain(sha256.copy().digest('base64'));
});
