import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Key, KeyRing } from './key-ring';
import { createPseudonyms, JOURNEY_ID, MATTER_ID } from './pseudonyms';

const key = (id: string, byte?: number): Key => ({
  id,
  bytes: byte === undefined ? randomBytes(32) : Buffer.alloc(32, byte),
});

const ring: KeyRing = {
  wrapping: [key('w', 1)],
  commands: [key('c', 6)],
  person: key('p', 2),
  account: key('a', 3),
  identifier: key('i', 4),
};
const pseudonyms = createPseudonyms(ring);
const number = '110101190001010014';

// Computed with Python's hmac: UTF-16LE parts, each after its length in four bytes, big-endian.
test('pseudonyms are stable across processes and releases', () => {
  expect(pseudonyms.person('resident_id', number)).toBe(
    'a6f3bf8409e7f278ce91542e0c8789a72eef632ecc632464578c741afaff76e0',
  );
  expect(pseudonyms.journeyId('account', 'person')).toBe('journey-c185c0397ec026fcc9cc6275d4e7701c');
});

test('each pseudonym has its documented form', () => {
  for (const hash of [
    pseudonyms.person('resident_id', number),
    pseudonyms.account('alipay', 'open-id'),
    pseudonyms.device('a-device-of-somebody'),
    pseudonyms.updateId('account', 'key', 'confirm', '{}'),
    pseudonyms.rate('127.0.0.1'),
  ]) {
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(pseudonyms.journeyId('account', 'person')).toMatch(JOURNEY_ID);
  expect(pseudonyms.matterId('beijing', 'matter', 1)).toMatch(MATTER_ID);
});

test('parts that are split differently give different pseudonyms', () => {
  const parts = fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(parts, parts, (one, two) => {
      fc.pre(one[0] !== two[0] || one[1] !== two[1]);
      expect(pseudonyms.person(...one)).not.toBe(pseudonyms.person(...two));
    }),
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (left, right) => {
      fc.pre(left !== '');
      expect(pseudonyms.account(left, right)).not.toBe(pseudonyms.account('', left + right));
    }),
  );
  expect(pseudonyms.updateId('ab', 'c', 'd', 'e')).not.toBe(pseudonyms.updateId('a', 'bc', 'd', 'e'));
  expect(pseudonyms.updateId('a', 'b', 'cd', 'e')).not.toBe(pseudonyms.updateId('a', 'b', 'c', 'de'));
});

test('an Update id depends on every part', () => {
  const ids = [
    pseudonyms.updateId('account', 'key', 'confirm', '{}'),
    pseudonyms.updateId('another', 'key', 'confirm', '{}'),
    pseudonyms.updateId('account', 'another', 'confirm', '{}'),
    pseudonyms.updateId('account', 'key', 'refuse', '{}'),
    pseudonyms.updateId('account', 'key', 'confirm', '{"revision":2}'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('a handle is valid only in its own session', () => {
  const places = [
    pseudonyms.authorizedIdentity('session', 'handle'),
    pseudonyms.authorizedIdentity('another', 'handle'),
    pseudonyms.authorizedIdentity('session', 'another'),
  ];
  expect(new Set(places).size).toBe(places.length);
});

test('different lone surrogates in a client key stay different', () => {
  expect(pseudonyms.updateId('a', '\ud800', 'c', '')).not.toBe(pseudonyms.updateId('a', '\udfff', 'c', ''));
});

test('the same parts give another pseudonym for another purpose', () => {
  const same = createPseudonyms({
    ...ring,
    person: key('x', 5),
    account: key('x', 5),
    identifier: key('x', 5),
  });
  const names = [same.person('a', 'b'), same.account('a', 'b'), same.journeyId('a', 'b').slice(8)];
  expect(new Set(names.map((text) => text.slice(0, 32))).size).toBe(3);
});

test('another key gives another pseudonym, and no key gives none', () => {
  const other = createPseudonyms({ ...ring, person: key('p') });
  expect(other.person('resident_id', number)).not.toBe(pseudonyms.person('resident_id', number));
  expect(other.account('alipay', 'x')).toBe(pseudonyms.account('alipay', 'x'));
  const plain = [number, `resident_id${number}`, `resident_id:${number}`].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  );
  expect(plain).not.toContain(pseudonyms.person('resident_id', number));
});

test('a person has another journey from another account, a matter another id for each version and system', () => {
  const ids = [
    pseudonyms.journeyId('a', 'p'),
    pseudonyms.journeyId('b', 'p'),
    pseudonyms.journeyId('a', 'q'),
    pseudonyms.matterId('r', 'm', 1),
    pseudonyms.matterId('r', 'm', 2),
    pseudonyms.matterId('s', 'm', 1),
    pseudonyms.matterId('r', 'n', 1),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
