import { createTestKey, keysOf } from '../../test/setup/signing-key';
import { jwksOf } from './jwks';
import { signDetached, verifyDetached } from './jws';

const payload = Buffer.from('{"name":"试验甲"}');
const at = new Date('2026-03-01T00:00:00.700Z');
const { key, signer } = createTestKey('key-1');
const keys = keysOf(key);

it('what was signed is verified, with the second in which it was', async () => {
  const jws = await signDetached(signer, payload, at);
  const [header = '', middle, signature = ''] = jws.split('.');
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
    ...{ alg: 'ES256', iat: 1772323200, kid: 'key-1' },
  });
  expect([middle, Buffer.from(signature, 'base64url').length]).toEqual(['', 64]);
  const signedAt = new Date('2026-03-01T00:00:00Z');
  expect(verifyDetached(jws, payload, keys)).toEqual({ valid: true, key, signedAt });
});

it('one changed byte fails, wherever it is', async () => {
  const jws = await signDetached(signer, payload, at);
  const changedAt = (text: string, position: number) =>
    [1, 2, 4].map((bit) => {
      const bytes = Buffer.from(text);
      bytes[position] = bytes[position]! ^ bit;
      return bytes;
    });
  const forged = [
    ...Array.from(jws, (_, position) =>
      changedAt(jws, position).map((bytes) => [bytes.toString(), payload] as const),
    ),
    ...Array.from(payload, (_, position) =>
      changedAt(payload.toString(), position).map((bytes) => [jws, bytes] as const),
    ),
  ].flat();
  const accepted = forged.filter(([text, bytes]) => verifyDetached(text, bytes, keys).valid);
  expect(forged.length).toBeGreaterThan(400);
  expect(accepted).toEqual([]);
});

it.each([
  ['', 'jws_malformed'],
  ['a.b.c', 'jws_malformed'],
  ['a..', 'jws_malformed'],
  ['..', 'jws_malformed'],
  ['eyJhbGciOiJub25lIn0..', 'jws_malformed'],
])('%j is no signature of ours: %s', (text, defect) => {
  expect(verifyDetached(text, payload, keys)).toEqual({ valid: false, defect });
});

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

it.each([
  { alg: 'none' },
  { alg: 'HS256' },
  { crit: ['b64'], b64: false },
  { jwk: {} },
  { iat: -1 },
  { iat: 1.5 },
])('a header with %j is refused', async (change) => {
  const header = encoded({ alg: 'ES256', iat: 1772323200, kid: 'key-1', ...change });
  const input = `${header}.${payload.toString('base64url')}`;
  const signature = await signer.sign(Buffer.from(input));
  const jws = `${header}..${signature.toString('base64url')}`;
  expect(verifyDetached(jws, payload, keys)).toEqual({ valid: false, defect: 'jws_malformed' });
});

it('the payload may not come along: it would be another one than the verifier was given', async () => {
  const jws = await signDetached(signer, payload, at);
  const whole = jws.replace('..', `.${payload.toString('base64url')}.`);
  expect(verifyDetached(whole, payload, keys)).toEqual({ valid: false, defect: 'jws_malformed' });
});

it('a key that is not listed is unknown, and another key under its id has not signed', async () => {
  const jws = await signDetached(signer, payload, at);
  const other = createTestKey('key-2').key;
  expect(verifyDetached(jws, payload, keysOf(other))).toEqual({ valid: false, defect: 'key_unknown' });
  const sameId = keysOf({ ...other, id: 'key-1' });
  expect(verifyDetached(jws, payload, sameId)).toEqual({ valid: false, defect: 'signature_wrong' });
});

it('a retired key verifies what it signed until then, and nothing later', async () => {
  const until = new Date('2026-06-01T00:00:00Z');
  const retired = keysOf({ ...key, until }, createTestKey('key-2').key);
  const signedAt = async (time: string) =>
    verifyDetached(await signDetached(signer, payload, new Date(time)), payload, retired);
  expect(await signedAt('2026-05-31T23:59:59Z')).toMatchObject({ valid: true });
  expect(await signedAt('2026-06-01T00:00:00Z')).toEqual({ valid: false, defect: 'key_not_live' });
  expect(await signedAt('2019-12-31T23:59:59Z')).toEqual({ valid: false, defect: 'key_not_live' });
});

it('the JWK Set says of every key when it signed, and nothing secret', () => {
  const until = new Date('2026-06-01T00:00:00Z');
  const [first, second] = jwksOf(keysOf({ ...key, until }, createTestKey('key-2').key)).keys;
  expect(first).toEqual({
    ...{ kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String) },
    ...{
      kid: 'key-1',
      alg: 'ES256',
      use: 'sig',
      nbf: 1577836800,
      exp: 1780272000,
      x5c: [expect.any(String)],
    },
  });
  expect(second).not.toHaveProperty('d');
});
