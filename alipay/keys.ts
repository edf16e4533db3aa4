import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

// Alipay's key tool writes bare base64, OpenSSL writes PEM, and either may be PKCS#1 or the newer form. The SDK takes
// only what its `keyType` announces, and a line feed at the end of a PEM file is enough to make it build a broken key.

/** A key that is no RSA key in PEM or base64. Says nothing of what it holds. */
class AlipayKeyError extends Error {
  readonly code = 'alipay_key_unusable';

  constructor(which: 'private' | 'public') {
    super(`The ${which} key for Alipay must be an RSA key in PEM, or the base64 of one.`);
    this.name = 'AlipayKeyError';
  }
}

/** An RSA private key as PKCS#8 PEM without a line feed at its end. @throws AlipayKeyError */
export function readPrivateKey(text: string): string {
  const key = rsaKey(
    () => createPrivateKey(text),
    () => createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }),
    () => createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs1' }),
  );
  if (!key) throw new AlipayKeyError('private');
  return key.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
}

/** An RSA public key, also that of a certificate, as SPKI PEM without a line feed at its end. @throws AlipayKeyError */
export function readPublicKey(text: string): string {
  const key = rsaKey(
    () => createPublicKey(text),
    () => createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }),
    () => createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs1' }),
  );
  if (!key) throw new AlipayKeyError('public');
  return key.export({ type: 'spki', format: 'pem' }).toString().trim();
}

function rsaKey(...readings: (() => KeyObject)[]): KeyObject | undefined {
  for (const read of readings) {
    try {
      const key = read();
      if (key.asymmetricKeyType === 'rsa') return key;
    } catch {
      continue;
    }
  }
  return undefined;
}
