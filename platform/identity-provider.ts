import { derivedToken, isSecret } from './secrets';

/** Why a sign-in at the identity provider came to nothing. */
export type ProviderFailure =
  /** It does not answer, or not as a provider does. */
  | 'unavailable'
  /** Its user did not sign in, or did not agree. */
  | 'cancelled'
  /** The code was used before, is too old, or was given to another browser. */
  | 'void'
  /** What it says does not hold: issuer, audience, nonce, time or signature. */
  | 'invalid';

/** @param detail what exactly does not hold, as a code; never a value */
export class ProviderError extends Error {
  constructor(
    readonly failure: ProviderFailure,
    readonly detail: string,
  ) {
    super(`${failure}: ${detail}`);
    this.name = 'ProviderError';
  }
}

/** The account that has signed in there. */
interface ProviderIdentity {
  issuer: string;
  subject: string;
  hasSecondFactor: boolean;
}

/** Sign-in by OpenID Connect: authorization code with PKCE, state and nonce. */
export interface IdentityProvider {
  issuer: string;
  /** Reads what the provider says about itself, unless it is known. @throws ProviderError */
  discover(): Promise<void>;
  /** Where a browser that keeps this secret signs in. @throws ProviderError */
  signInUrl(secret: string): Promise<string>;
  /**
   * The account that has signed in.
   * @param answer the query with which the provider sent that browser back
   * @throws ProviderError
   */
  identify(answer: string, secret: string): Promise<ProviderIdentity>;
  /** Where a browser signs out there too; undefined if that is not offered, or not known yet. */
  signOutUrl(): string | undefined;
}

// Everything that binds a sign-in to its browser comes from the one secret that the browser keeps.
export const stateOf = (secret: string) => derivedToken(secret, 'provider-state');
export const nonceOf = (secret: string) => derivedToken(secret, 'provider-nonce');
export const verifierOf = (secret: string) => derivedToken(secret, 'provider-verifier');

/** Whether an answer is for the browser that keeps this secret. */
export function isStateOf(state: string | null, secret: string): boolean {
  return state !== null && isSecret(state, stateOf(secret));
}
