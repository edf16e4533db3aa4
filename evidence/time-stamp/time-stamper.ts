/** @throws TimeStampUnavailable */
export interface TimeStamper {
  /** @param hash SHA-256 @returns a verified TimeStampToken (DER) */
  stamp(hash: Buffer): Promise<Buffer>;
}
