const messages = {
  signature_missing: 'The request has no signature',
  signature_malformed:
    'The request has several signatures, or the signature does not have the form of the profile',
  signature_components: 'The signature must cover the method, the target and the body, and nothing else',
  signature_lifetime: 'The signature must expire after it was created, within 300 seconds',
  signature_expired: 'The signature has expired',
  signature_not_yet_valid: 'The signature was created in the future',
  signature_key_unknown: 'The key id of the signature is unknown',
  signature_algorithm: 'The signature uses another algorithm than its key',
  signature_invalid: 'The signature does not match its key and this request',
  digest_missing: 'The request has a body but no sha-256 digest',
  digest_mismatch: 'The digest does not match the body',
} as const;

export type SignatureErrorCode = keyof typeof messages;

/** What is wrong at one place of the headers that sign a request. It repeats nothing that was sent, and tells no right value. */
export interface SignatureIssue {
  /** A header; after a dot, a covered component or a parameter of `signature-input`. */
  path: string;
  code:
    | 'missing'
    | 'repeated'
    | 'not_expected'
    | 'wrong_form'
    | 'wrong_value'
    | 'stale'
    | 'in_the_future'
    | 'unknown'
    | 'mismatch';
  /** The form or the bound that holds at this place. */
  expected: string;
}

/** The signature of a request could not be verified. */
export class SignatureError extends Error {
  constructor(
    readonly code: SignatureErrorCode,
    readonly issues: readonly SignatureIssue[],
  ) {
    super(`${messages[code]}.`);
    this.name = 'SignatureError';
  }
}

/** @throws SignatureError */
export function rejectSignature(code: SignatureErrorCode, ...issues: SignatureIssue[]): never {
  throw new SignatureError(code, issues);
}
