import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mayPush, readRegistries } from './registries';

const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

const older = { id: 'beijing-1', algorithm: 'ed25519', publicKey: pem(ed25519.publicKey) };
const newer = { id: 'beijing-2', algorithm: 'ecdsa-p256-sha256', publicKey: pem(p256.publicKey) };
const beijing = {
  id: 'beijing',
  name: '北京市登记系统',
  callbackUrl: 'https://registry.example.org/callbacks',
  authorities: ['1101', '120000', '3301060'],
  kinds: ['establishment', 'change'],
  keys: [older, newer],
};
const another = {
  ...beijing,
  id: 'tianjin',
  keys: [{ ...older, id: 'tianjin-1', publicKey: pem(generateKeyPairSync('ed25519').publicKey) }],
};
const read = (...registries: object[]) => readRegistries(JSON.stringify({ registries }), 'development');

it('finds a registration system by its id and by each of its keys', () => {
  const registries = read(beijing, another);
  expect(registries.byId('tianjin')?.name).toBe('北京市登记系统');
  expect([registries.nameOf('tianjin'), registries.nameOf('gone')]).toEqual(['北京市登记系统', 'gone']);
  expect(registries.byKeyId('beijing-1')?.registry).toBe(registries.byId('beijing'));
  expect(registries.byKeyId('beijing-2')).toMatchObject({
    registry: { id: 'beijing' },
    key: { id: 'beijing-2', algorithm: 'ecdsa-p256-sha256' },
  });
  expect(registries.byKeyId('beijing-2')?.key.publicKey.equals(p256.publicKey)).toBe(true);
});

it.each(['beijing-3', '', '__proto__', 'constructor'])('finds nothing under %j', (id) => {
  const registries = read(beijing);
  expect([registries.byId(id), registries.byKeyId(id)]).toEqual([undefined, undefined]);
});

it.each([
  ['110105', 'change', true],
  ['110100', 'establishment', true],
  ['120000', 'change', true],
  ['120001', 'change', false],
  ['11', 'change', false],
  ['310105', 'change', false],
  ['3301060', 'change', true],
  ['330106001', 'change', false],
  ['110105', 'deregistration', false],
  ['110105', '', false],
  ['', 'change', false],
])('may push for the authority %j a matter of kind %j: %j', (authority, kind, allowed) => {
  expect(mayPush(read(beijing).byId('beijing')!, { authority, kind })).toBe(allowed);
});

it('requires https callback URLs only in production', () => {
  const list = (callbackUrl: string) => JSON.stringify({ registries: [{ ...beijing, callbackUrl }] });
  const plain = list('http://registry.example.org/callbacks');
  expect(readRegistries(plain, 'development').byId('beijing')).toBeDefined();
  expect(
    readRegistries(list('https://registry.example.org/callbacks'), 'production').byId('beijing'),
  ).toBeDefined();
  expect(() => readRegistries(plain, 'production')).toThrow(
    expect.objectContaining({ issues: [{ path: 'registries.0.callbackUrl', code: 'no_https_url' }] }),
  );
});

it('reads the file that the start script writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'registries-'));
  try {
    const script = resolve(__dirname, '../scripts/embedded-keys.mjs');
    const write = `import { provideKeys, writeRegistries } from ${JSON.stringify(script)};
      process.stdout.write(writeRegistries(provideKeys(${JSON.stringify(folder)}), 'http://127.0.0.1:9/callbacks'));`;
    const file = execFileSync(process.execPath, ['--input-type=module', '-e', write], { encoding: 'utf8' });
    const sample = readRegistries(readFileSync(file, 'utf8'), 'development').byId('sample-registry');
    expect(sample).toMatchObject({ name: '示例登记系统', callbackUrl: 'http://127.0.0.1:9/callbacks' });
    expect(mayPush(sample!, { authority: '110105', kind: 'establishment' })).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const withKey = (key: object) => [{ ...beijing, keys: [{ ...older, ...key }] }];

it.each<[string, object[], string, string]>([
  ['no registration system', [], 'registries', 'missing_or_invalid'],
  ['an unknown field', [{ ...beijing, secret: 'S' }], 'registries.0', 'unknown_field'],
  ['an id with blanks', [{ ...beijing, id: 'a b' }], 'registries.0.id', 'invalid_id'],
  ['a name that is not Chinese', [{ ...beijing, name: 'S' }], 'registries.0.name', 'no_chinese_name'],
  ['a name with a link', [{ ...beijing, name: '系统 S.cn' }], 'registries.0.name', 'no_chinese_name'],
  [
    'a name with a bidi control',
    [{ ...beijing, name: '系统\u202eS' }],
    'registries.0.name',
    'no_chinese_name',
  ],
  [
    'a callback to a file',
    [{ ...beijing, callbackUrl: 'file:///S' }],
    'registries.0.callbackUrl',
    'no_http_url',
  ],
  ['a callback to nowhere', [{ ...beijing, callbackUrl: 'S' }], 'registries.0.callbackUrl', 'no_http_url'],
  [
    'a password in the callback',
    [{ ...beijing, callbackUrl: 'https://u:S@example.org' }],
    'registries.0.callbackUrl',
    'no_http_url',
  ],
  ['no key', [{ ...beijing, keys: [] }], 'registries.0.keys', 'missing_or_invalid'],
  [
    'three keys',
    [{ ...beijing, keys: [older, newer, { ...newer, id: 'beijing-3' }] }],
    'registries.0.keys',
    'missing_or_invalid',
  ],
  ['no authority', [{ ...beijing, authorities: [] }], 'registries.0.authorities', 'missing_or_invalid'],
  ['every authority', [{ ...beijing, authorities: [''] }], 'registries.0.authorities.0', 'no_authority_code'],
  ['no kind', [{ ...beijing, kinds: [] }], 'registries.0.kinds', 'missing_or_invalid'],
  ['a wrong kind', [{ ...beijing, kinds: ['S!'] }], 'registries.0.kinds.0', 'no_kind'],
  [
    'an unknown algorithm',
    withKey({ algorithm: 'hmac-sha256' }),
    'registries.0.keys.0.algorithm',
    'missing_or_invalid',
  ],
  ...[
    ['text for a key', 'S'],
    ['a broken key', '-----BEGIN PUBLIC KEY-----\nS\n-----END PUBLIC KEY-----'],
    ['a private key', ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['an RSA key', pem(rsa.publicKey)],
    ['a key of another curve', pem(p384.publicKey)],
    ['a key of another algorithm', pem(p256.publicKey)],
  ].map(([what, publicKey]): [string, object[], string, string] => [
    what!,
    withKey({ publicKey }),
    'registries.0.keys.0.publicKey',
    'no_public_key_of_this_algorithm',
  ]),
  ['the same id twice', [beijing, { ...another, id: 'beijing' }], 'registries.1.id', 'duplicate'],
  [
    'a key id that two systems share',
    [beijing, { ...another, keys: [{ ...another.keys[0], id: 'beijing-2' }] }],
    'registries.1.keys.0.id',
    'duplicate',
  ],
  [
    'a key that two systems share',
    [beijing, { ...another, keys: [{ ...older, id: 'tianjin-1' }] }],
    'registries.1.keys.0.publicKey',
    'duplicate',
  ],
])('rejects %s, names the place and quotes nothing', (_, registries, path, code) => {
  expect(() => read(...registries)).toThrow(
    expect.objectContaining({
      code: 'registries_unusable',
      issues: [{ path, code }],
      message: expect.not.stringMatching(/secret|example\.org|BEGIN|\bS\b/),
    }),
  );
});

it.each(['', '{', '[]', 'null', '{"registries":{}}'])('cannot read %j', (json) => {
  expect(() => readRegistries(json, 'development')).toThrow(
    expect.objectContaining({ code: 'registries_unusable' }),
  );
});
