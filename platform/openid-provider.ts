import {
  allowInsecureRequests,
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientError,
  ClientSecretBasic,
  discovery,
  enableNonRepudiationChecks,
  ResponseBodyError,
} from 'openid-client';
import type { Configuration, IDToken } from 'openid-client';
import { nonceOf, ProviderError, stateOf, verifierOf } from './identity-provider';
import type { IdentityProvider } from './identity-provider';
import { asCode } from './public-text';

/** How the identity provider is reached, and what it knows us by. */
export interface IdentityProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim by which it says that it has checked a second factor, and the value that says so; it vouches for none without this. */
  secondFactor?: { claim: 'acr' | 'amr'; value: string };
  /** Where it sends browsers back to, with an answer and after signing out. */
  redirectUri: string;
  signedOutUri: string;
  /** How long ago it may have asked its user to sign in. */
  maxAgeSeconds: number;
}

const TIMEOUT_SECONDS = 5;

/** The provider names itself otherwise than `OIDC_ISSUER` does. */
const OTHER_ISSUER = 'issuer_spelled_otherwise';

/** Asks the provider for nothing yet: it may be down, and passwords work without it. */
export function createOpenidProvider(settings: IdentityProviderSettings): IdentityProvider {
  const { issuer, clientId, clientSecret, secondFactor, redirectUri, maxAgeSeconds } = settings;
  let known: Configuration | undefined;
  let discovering: Promise<Configuration> | undefined;

  async function configuration(): Promise<Configuration> {
    if (known) return known;
    discovering ??= discovery(new URL(issuer), clientId, undefined, ClientSecretBasic(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      // Plain http is for development: the configuration of production refuses it.
      execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
    }).finally(() => {
      discovering = undefined;
    });
    const found = await failing(discovering);
    // The library compares addresses, for which a last slash or capitals may be the same, and tokens with what stands here. We link
    // accounts by our spelling (OpenID Connect Discovery 1.0, 4.3: exactly the same).
    if (found.serverMetadata().issuer !== issuer) throw new ProviderError('invalid', OTHER_ISSUER);
    return (known = found);
  }

  return {
    issuer,
    async discover() {
      await configuration();
    },
    async signInUrl(secret) {
      const parameters = {
        scope: 'openid',
        redirect_uri: redirectUri,
        state: stateOf(secret),
        nonce: nonceOf(secret),
        code_challenge: await calculatePKCECodeChallenge(verifierOf(secret)),
        code_challenge_method: 'S256',
        // Desks are shared: who signed in there before, and for something else, does not count.
        prompt: 'login',
        max_age: String(maxAgeSeconds),
        ...(secondFactor?.claim === 'acr' && { acr_values: secondFactor.value }),
      };
      return buildAuthorizationUrl(await configuration(), parameters).href;
    },
    async identify(answer, secret) {
      const tokens = await failing(
        authorizationCodeGrant(await configuration(), new URL(`${redirectUri}?${answer}`), {
          pkceCodeVerifier: verifierOf(secret),
          expectedState: stateOf(secret),
          expectedNonce: nonceOf(secret),
          maxAge: maxAgeSeconds,
          idTokenExpected: true,
        }),
      );
      const claims = tokens.claims();
      if (!claims) throw new ProviderError('invalid', 'no_id_token');
      return { issuer: claims.iss, subject: claims.sub, hasSecondFactor: says(claims, secondFactor) };
    },
    signOutUrl() {
      if (known?.serverMetadata().end_session_endpoint === undefined) return undefined;
      return buildEndSessionUrl(known, { post_logout_redirect_uri: settings.signedOutUri }).href;
    },
  };
}

function says(claims: IDToken, secondFactor: IdentityProviderSettings['secondFactor']): boolean {
  if (!secondFactor) return false;
  const said = claims[secondFactor.claim];
  return Array.isArray(said) ? said.includes(secondFactor.value) : said === secondFactor.value;
}

async function failing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw failureOf(error);
  }
}

// Of the provider that can't be reached or that answers otherwise than the protocol says.
const UNAVAILABLE = [
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
];
// By which a provider says that its user did not sign in (OpenID Connect Core, 3.1.2.6; RFC 6749, 4.1.2.1).
const CANCELLED = ['access_denied', 'login_required', 'interaction_required', 'consent_required'];
const DOWN = ['server_error', 'temporarily_unavailable'];

function failureOf(error: unknown): ProviderError {
  if (error instanceof AuthorizationResponseError) {
    const failure = CANCELLED.includes(error.error)
      ? 'cancelled'
      : DOWN.includes(error.error)
        ? 'unavailable'
        : 'invalid';
    return new ProviderError(failure, asDetail(error.error));
  }
  // From the endpoint for tokens: `invalid_grant` is about the code, all else about us and the provider.
  if (error instanceof ResponseBodyError) {
    const failure = error.error === 'invalid_grant' ? 'void' : 'unavailable';
    return new ProviderError(failure, asDetail(error.error));
  }
  if (error instanceof ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED')
    return new ProviderError('invalid', OTHER_ISSUER);
  if (error instanceof ClientError && error.code !== undefined) {
    const { claim } = Object((error.cause as Error | undefined)?.cause) as { claim?: unknown };
    const detail = asDetail(typeof claim === 'string' ? `token_${claim}` : error.code);
    return new ProviderError(UNAVAILABLE.includes(error.code) ? 'unavailable' : 'invalid', detail);
  }
  return new ProviderError('unavailable', 'not_reached');
}

/** The provider makes some of these words up. */
function asDetail(word: string): string {
  return asCode(word.toLowerCase()) ?? 'unknown';
}
