import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

// Alipay's key tool writes plain base64, and OpenSSL writes PEM. Both may use PKCS#1 or the newer PKCS#8 or SPKI form. The SDK
// accepts only the form that its `keyType` names, and it builds a broken key from a PEM file that ends with a line feed.

/** The text is no RSA key in PEM or base64. The error does not quote the text. */
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

/** An RSA public key (also from a certificate) as SPKI PEM without a line feed at its end. @throws AlipayKeyError */
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
