/** No authority gave a token that can be used. `code` says why, for logs and histories. */
export class TimeStampUnavailable extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'TimeStampUnavailable';
  }
}

export interface TimeStamper {
  /** @throws TimeStampUnavailable @param hash SHA-256 @returns a verified TimeStampToken (DER) */
  stamp(hash: Buffer): Promise<Buffer>;
}
