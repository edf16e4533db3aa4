import { randomBytes } from 'node:crypto';
import { createLeakDetector } from '../test/leak-detector';
import { createEncryption } from './encryption';
import type { EncryptionError } from './encryption';
import type { Key, KeyRing } from './key-ring';

const key = (id: string): Key => ({ id, bytes: randomBytes(32) });

const ringOf = (...wrapping: [Key, ...Key[]]): KeyRing => ({
  wrapping,
  commands: [key('commands')],
  person: key('person'),
  account: key('account'),
  identifier: key('identifier'),
});

const unreadable = expect.objectContaining({ code: 'sealed_value_unreadable' });
const name = '欧阳测试';
const encryption = createEncryption(ringOf(key('wrapping-1')));
const { key: dataKey, wrapped, wrappingKeyId } = encryption.createDataKey('journey:1');

test.each([[null], [0], [''], [name], [{ name, nested: [1, { two: '2' }] }], [[]]])(
  'opens a sealed value: %j',
  (value) => {
    expect(encryption.open(dataKey, 'c', encryption.seal(dataKey, 'c', value))).toEqual(value);
  },
);

test('opens sealed bytes, none and many', () => {
  for (const bytes of [Buffer.alloc(0), randomBytes(100_000)]) {
    expect(encryption.openBytes(dataKey, 'c', encryption.sealBytes(dataKey, 'c', bytes)).equals(bytes)).toBe(
      true,
    );
  }
});

test('a wrapped data key opens to the same key', () => {
  expect(encryption.openDataKey(wrapped, wrappingKeyId, 'journey:1').bytes.equals(dataKey.bytes)).toBe(true);
  expect(dataKey.bytes).toHaveLength(32);
});

test('a sealed blob is version, IV, ciphertext and tag, and differs each time', () => {
  const [one, two] = [
    encryption.sealBytes(dataKey, 'c', Buffer.alloc(10)),
    encryption.sealBytes(dataKey, 'c', Buffer.alloc(10)),
  ];
  expect(one).toHaveLength(1 + 12 + 10 + 16);
  expect(one[0]).toBe(1);
  expect(one.equals(two)).toBe(false);
  expect(createLeakDetector([name]).search('blob', encryption.seal(dataKey, 'c', name))).toEqual([]);
});

test('every data key is different', () => {
  const bytes = Array.from({ length: 50 }, () =>
    encryption.createDataKey('journey:1').key.bytes.toString('hex'),
  );
  expect(new Set(bytes).size).toBe(50);
});

test('a changed byte is detected at any place', () => {
  const sealed = encryption.seal(dataKey, 'c', { name });
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
    expect(() => encryption.open(dataKey, 'c', changed)).toThrow(unreadable);
  }
});

test('a shortened, lengthened or empty blob is rejected', () => {
  const sealed = encryption.seal(dataKey, 'c', name);
  for (let length = 0; length < sealed.length; length++) {
    expect(() => encryption.openBytes(dataKey, 'c', sealed.subarray(0, length))).toThrow(unreadable);
  }
  expect(() => encryption.openBytes(dataKey, 'c', Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow(
    unreadable,
  );
});

test('another key does not open a value', () => {
  const other = encryption.createDataKey('journey:1').key;
  expect(() => encryption.open(other, 'c', encryption.seal(dataKey, 'c', name))).toThrow(unreadable);
});

test('a value moved to another row or column does not open', () => {
  const sealed = encryption.seal(dataKey, 'journey:1:name', name);
  expect(() => encryption.open(dataKey, 'journey:2:name', sealed)).toThrow(unreadable);
  expect(() => encryption.open(dataKey, 'journey:1:number', sealed)).toThrow(unreadable);
});

test('a data key moved to another owner, or changed, does not open', () => {
  expect(() => encryption.openDataKey(wrapped, wrappingKeyId, 'journey:2')).toThrow(unreadable);
  const changed = Buffer.from(wrapped);
  changed.writeUInt8(wrapped.readUInt8(20) ^ 1, 20);
  expect(() => encryption.openDataKey(changed, wrappingKeyId, 'journey:1')).toThrow(unreadable);
});

test('after rotation old data keys open with the old wrapping key and new ones use the new', () => {
  const [old, current] = [key('wrapping-1'), key('wrapping-2')];
  const before = createEncryption(ringOf(old)).createDataKey('journey:1');
  const rotated = createEncryption(ringOf(current, old));
  expect(
    rotated.openDataKey(before.wrapped, before.wrappingKeyId, 'journey:1').bytes.equals(before.key.bytes),
  ).toBe(true);
  expect(rotated.createDataKey('journey:1').wrappingKeyId).toBe('wrapping-2');
  expect(() => rotated.openDataKey(before.wrapped, 'wrapping-2', 'journey:1')).toThrow(unreadable);
});

test('the error names a wrapping key that is missing in the ring', () => {
  const gone = createEncryption(ringOf(key('wrapping-2')));
  expect(() => gone.openDataKey(wrapped, wrappingKeyId, 'journey:1')).toThrow(
    expect.objectContaining({ code: 'wrapping_key_unknown' }),
  );
});

test('bytes that are no JSON do not open as a value, and the error does not quote them', () => {
  const sealed = encryption.sealBytes(dataKey, 'c', Buffer.from(name));
  expect.assertions(2);
  try {
    encryption.open(dataKey, 'c', sealed);
  } catch (error) {
    expect(error).toEqual(unreadable);
    const { message, stack, cause } = error as EncryptionError;
    expect(createLeakDetector([name]).search('error', JSON.stringify({ message, stack, cause }))).toEqual([]);
  }
});

test('a value without a JSON form is not sealed', () => {
  const loop: unknown[] = [];
  loop.push(loop);
  for (const value of [undefined, () => name, 1n, loop]) {
    expect(() => encryption.seal(dataKey, 'c', value)).toThrow(
      expect.objectContaining({ code: 'value_not_json' }),
    );
  }
});
