import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readPrivateKey, readPublicKey } from './keys';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ellipticCurve = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const base64 = (key: Buffer) => key.toString('base64');

it.each([
  ['PKCS#8 PEM', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ['PKCS#1 PEM', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['PKCS#1 PEM with Windows line ends', windows(privateKey.export({ type: 'pkcs1', format: 'pem' }))],
  ['PKCS#8 base64', base64(privateKey.export({ type: 'pkcs8', format: 'der' }))],
  ['PKCS#1 base64', base64(privateKey.export({ type: 'pkcs1', format: 'der' }))],
])('reads a private key in %s', (_, text) => {
  expect(createPrivateKey(readPrivateKey(text)).equals(privateKey)).toBe(true);
  expect(readPrivateKey(text)).toMatch(/^-----BEGIN PRIVATE KEY-----[^]+-----END PRIVATE KEY-----$/);
});

it.each([
  ['SPKI PEM', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ['PKCS#1 PEM', publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['SPKI base64', base64(publicKey.export({ type: 'spki', format: 'der' }))],
  ['PKCS#1 base64', base64(publicKey.export({ type: 'pkcs1', format: 'der' }))],
])('reads a public key in %s', (_, text) => {
  expect(createPublicKey(readPublicKey(text)).equals(publicKey)).toBe(true);
});

it.each(['', 'not a key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])(
  'rejects %j without quoting it',
  (text) => {
    const unusable = { code: 'alipay_key_unusable', message: expect.not.stringContaining('AAAA') };
    expect(() => readPrivateKey(text)).toThrow(expect.objectContaining(unusable));
    expect(() => readPublicKey(text)).toThrow(expect.objectContaining(unusable));
  },
);

it('rejects a key that is not RSA', () => {
  const [secret, open] = [
    ellipticCurve.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ellipticCurve.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  ];
  expect(() => readPrivateKey(secret)).toThrow('RSA');
  expect(() => readPublicKey(open)).toThrow('RSA');
});

function windows(pem: string | Buffer): string {
  return pem.toString().replaceAll('\n', '\r\n');
}
