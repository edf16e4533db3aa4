import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

export type PasskeyAssertion = AuthenticationResponseJSON;
export type PasskeyRegistration = RegistrationResponseJSON;

/** To whom passkeys belong: a host name, and the one origin from whose pages they are used. */
export interface RelyingParty {
  id: string;
  origin: string;
  name: string;
}

/** A passkey, as it is kept. */
export interface KnownPasskey {
  /** The credential's id, as base64url. */
  id: string;
  /** COSE. */
  publicKey: Buffer;
  /** Of its signatures; 0 where the authenticator counts none. */
  counter: number;
  transports: string[];
}

/** The relying party at an address. Browsers want https there, or the host `localhost`. */
export function relyingPartyAt(publicUrl: string, name: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin, name };
}

// EdDSA, ES256 and RS256 (RFC 9053, RFC 8812), the preferred one first.
const ALGORITHMS = [-8, -7, -257];
// So long a browser waits for its user.
const PATIENCE_MS = 2 * 60_000;

const named = ({ id, transports }: KnownPasskey) => ({ type: 'public-key' as const, id, transports });

/**
 * What a browser needs to make a passkey (WebAuthn Level 3, 5.4). The authenticator has to verify its user. `known` are those of the
 * same owner: an authenticator makes no second one.
 */
export function passkeyCreation(
  { id, name }: RelyingParty,
  owner: { id: string; login: string; name: string },
  { challenge, known }: { challenge: string; known: readonly KnownPasskey[] },
) {
  return {
    ...{ challenge, timeout: PATIENCE_MS, attestation: 'none' as const },
    rp: { id, name },
    user: { id: Buffer.from(owner.id).toString('base64url'), name: owner.login, displayName: owner.name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
    excludeCredentials: known.map(named),
    authenticatorSelection: {
      residentKey: 'discouraged' as const,
      userVerification: 'required' as const,
    },
  };
}

/** What a browser needs to use one of these (WebAuthn Level 3, 5.5). */
export function passkeyRequest(
  { id: rpId }: RelyingParty,
  { challenge, known }: { challenge: string; known: readonly KnownPasskey[] },
) {
  return {
    ...{ challenge, rpId, timeout: PATIENCE_MS, userVerification: 'required' as const },
    allowCredentials: known.map(named),
  };
}

/** The passkey that a browser has made for this challenge at our origin; undefined if it proves none. */
export async function passkeyFrom(
  response: PasskeyRegistration,
  { id, origin }: RelyingParty,
  challenge: string,
): Promise<KnownPasskey | undefined> {
  const { registrationInfo } = await unlessRefused(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!registrationInfo) return undefined;
  const { credential } = registrationInfo;
  return {
    id: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
  };
}

/**
 * The new counter of a passkey that has signed this challenge at our origin; undefined if it has not. A counter that does not grow
 * belongs to a copy, and is refused too.
 */
export async function counterAfter(
  response: PasskeyAssertion,
  { id, origin }: RelyingParty,
  { challenge, known }: { challenge: string; known: KnownPasskey },
): Promise<number | undefined> {
  const { verified, authenticationInfo } = await unlessRefused(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      credential: { ...known, publicKey: new Uint8Array(known.publicKey) },
      requireUserVerification: true,
    }),
  );
  return verified ? authenticationInfo?.newCounter : undefined;
}

/** The library throws an Error for everything that a response has wrong, and for what it can't read. */
async function unlessRefused<T>(verify: () => Promise<T>): Promise<Partial<T>> {
  try {
    return await verify();
  } catch {
    return {};
  }
}
