/** Signs with a key that may lie elsewhere (HSM, KMS). */
export interface RawSigner {
  alg: 'ES256';
  kid: string;
  /** DER certificates, the signer's own first. */
  chain: readonly Buffer[];
  /** @returns r and s, 32 bytes each (IEEE P1363) */
  sign(toBeSigned: Buffer): Promise<Buffer>;
}
