const sentences = {
  signature_missing: 'The request carries no signature',
  signature_malformed: 'The signature is not the only one, or not written as the profile says',
  signature_components: 'The signature must cover the method, the target and the body, and nothing else',
  signature_lifetime: 'The signature must expire after it was created, within 300 seconds',
  signature_expired: 'The signature has expired',
  signature_not_yet_valid: 'The signature was created in the future',
  signature_key_unknown: 'Nobody is known by the key of the signature',
  signature_algorithm: 'The algorithm of the signature is not that of its key',
  signature_invalid: 'The signature is not that of its key over this request',
  digest_missing: 'The request has a body without a sha-256 digest',
  digest_mismatch: 'The digest is not that of the body',
} as const;

export type SignatureErrorCode = keyof typeof sentences;

/** Why a request is not believed to come from a registration system. */
export class SignatureError extends Error {
  constructor(readonly code: SignatureErrorCode) {
    super(`${sentences[code]}.`);
    this.name = 'SignatureError';
  }
}

/** @throws SignatureError */
export function refuse(code: SignatureErrorCode): never {
  throw new SignatureError(code);
}
