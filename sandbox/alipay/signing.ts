import { createSign, createVerify } from 'node:crypto';

/** The signed text of V2: all parameters except `sign` and empty ones, sorted by name, unescaped, joined by `&`. */
export function textToSign(parameters: Record<string, string>): string {
  return Object.keys(parameters)
    .filter((name) => name !== 'sign' && parameters[name] !== '')
    .sort()
    .map((name) => `${name}=${parameters[name] ?? ''}`)
    .join('&');
}

export function isSigned(text: string, signature: string, publicKey: string): boolean {
  return createVerify('RSA-SHA256').update(text, 'utf8').verify(publicKey, signature, 'base64');
}

export function signatureOf(text: string, privateKey: string): string {
  return createSign('RSA-SHA256').update(text, 'utf8').sign(privateKey, 'base64');
}
