import { randomBytes } from 'node:crypto';
import { createLeakDetector } from '../test/leak-detector';
import { KeyRingError, readKeyRing } from './key-ring';

const key = () => randomBytes(32).toString('base64');

const valid = () => ({
  wrapping: [
    { id: 'wrapping-2', key: key() },
    { id: 'wrapping-1', key: key() },
  ],
  commands: [{ id: 'commands-1', key: key() }],
  person: { id: 'person-1', key: key() },
  account: { id: 'account-1', key: key() },
  identifier: { id: 'identifier-1', key: key() },
});

function issuesOf(ring: unknown, env: 'development' | 'production' = 'development') {
  try {
    readKeyRing(typeof ring === 'string' ? ring : JSON.stringify(ring), env);
  } catch (error) {
    if (error instanceof KeyRingError) return error.issues;
    throw error;
  }
  return [];
}

test('reads every key, and the first wrapping key is the current one', () => {
  const file = valid();
  const ring = readKeyRing(JSON.stringify(file), 'production');
  expect(ring.wrapping.map(({ id }) => id)).toEqual(['wrapping-2', 'wrapping-1']);
  expect(ring.wrapping[0].bytes.toString('base64')).toBe(file.wrapping[0]?.key);
  expect(ring.person).toEqual({ id: 'person-1', bytes: Buffer.from(file.person.key, 'base64') });
  expect(ring.identifier.bytes).toHaveLength(32);
});

const shared = key();

test.each<[string, object, { path: string; code: string }[]]>([
  [
    'a short key',
    { person: { id: 'p', key: randomBytes(31).toString('base64') } },
    [{ path: 'person.key', code: 'not_base64_of_32_bytes' }],
  ],
  [
    'a long key',
    { person: { id: 'p', key: randomBytes(33).toString('base64') } },
    [{ path: 'person.key', code: 'not_base64_of_32_bytes' }],
  ],
  [
    'an empty key',
    { person: { id: 'p', key: '' } },
    [{ path: 'person.key', code: 'not_base64_of_32_bytes' }],
  ],
  [
    'a key in hex',
    { person: { id: 'p', key: randomBytes(32).toString('hex') } },
    [{ path: 'person.key', code: 'not_base64_of_32_bytes' }],
  ],
  [
    'a key with blanks',
    { person: { id: 'p', key: `${key()} ` } },
    [{ path: 'person.key', code: 'not_base64_of_32_bytes' }],
  ],
  ['no wrapping key', { wrapping: [] }, [{ path: 'wrapping.0', code: 'missing_or_invalid' }]],
  ['a missing key', { account: undefined }, [{ path: 'account', code: 'missing_or_invalid' }]],
  ['an unknown field', { extra: 1 }, [{ path: '', code: 'unknown_field' }]],
  [
    'an id that is no name',
    { account: { id: 'a b', key: key() } },
    [{ path: 'account.id', code: 'invalid_id' }],
  ],
  [
    'an id used twice',
    { account: { id: 'wrapping-1', key: key() } },
    [{ path: 'account.id', code: 'duplicate_id' }],
  ],
  [
    'the same bytes under two ids',
    { person: { id: 'p', key: shared }, identifier: { id: 'i', key: shared } },
    [{ path: 'identifier.key', code: 'duplicate_key' }],
  ],
])('rejects %s', (_, change, issues) => {
  expect(issuesOf({ ...valid(), ...change })).toEqual(issues);
});

test.each(['not json', '', 'null', '[]', '7'])('rejects %j', (text) => {
  expect(issuesOf(text)).toHaveLength(1);
});

test('rejects embedded keys in production only, all of them at once', () => {
  const ring = {
    ...valid(),
    wrapping: [
      { id: 'wrapping-2', key: key() },
      { id: 'embedded-wrapping', key: key() },
    ],
    person: { id: 'Embedded-person', key: key() },
  };
  expect(issuesOf(ring, 'development')).toEqual([]);
  expect(issuesOf(ring, 'production')).toEqual([
    { path: 'wrapping.1.id', code: 'embedded_key' },
    { path: 'person.id', code: 'embedded_key' },
  ]);
});

test('no error contains key material', () => {
  const file = valid();
  const material = [...file.wrapping, file.person, file.account, file.identifier].map((entry) => entry.key);
  const detector = createLeakDetector(material);
  const broken = [
    JSON.stringify(file).slice(0, -9),
    JSON.stringify({ ...file, [file.person.key]: 1 }),
    JSON.stringify({ ...file, person: { id: file.person.key, key: 'x' } }),
    JSON.stringify({ ...file, account: { id: 'a', key: file.person.key } }),
    JSON.stringify({ ...file, account: { id: 'a', key: `${file.account.key}x` } }),
    JSON.stringify({ ...file, account: { id: 'a', key: file.account.key, [file.account.key]: 1 } }),
  ];
  for (const json of broken) {
    expect(detector.search('file', json)).not.toEqual([]);
    expect(() => readKeyRing(json, 'production')).toThrow(KeyRingError);
    try {
      readKeyRing(json, 'production');
    } catch (error) {
      const { message, stack, issues, cause } = error as KeyRingError;
      expect(detector.search('error', JSON.stringify({ message, stack, issues, cause }))).toEqual([]);
    }
  }
});
