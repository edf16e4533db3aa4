import { prepared } from '../prepared';

/** Path of a Python that has jwcrypto, joserfc and jcs. */
export function joseVerifier(): string {
  return prepared('jose-verifier');
}
