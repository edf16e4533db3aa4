import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import type { Session } from '../client';
import { bodyOf, post } from '../session';

type Enrolled = Awaited<ReturnType<typeof addPasskey>>;
export type { Enrolled };

/** Passkeys belong to host names: an address of numbers has none. */
export function arePasskeysPossible(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|:/.test(window.location.hostname);
}

/** The browser has been told to stop, has waited too long, or can't do it. */
export function isUnfinished(error: unknown): boolean {
  return error instanceof WebAuthnError || (error instanceof Error && error.name === 'NotAllowedError');
}

/** Shows one of the own passkeys. @throws also what the browser throws */
export async function showPasskey(): Promise<Session> {
  const optionsJSON = await bodyOf(post('/api/clerk/second-factor/passkey-request', { body: {} }));
  const response = signedOf(await startAuthentication({ optionsJSON }));
  return await bodyOf(post('/api/clerk/second-factor', { body: { kind: 'passkey', response } }));
}

/** Makes a passkey and enrols it. @throws also what the browser throws */
export async function addPasskey(name: string) {
  const optionsJSON = await bodyOf(post('/api/clerk/factors/passkey-offer', { body: {} }));
  const { id, rawId, type, response } = await startRegistration({ optionsJSON });
  const { clientDataJSON, attestationObject, transports } = response;
  const made = { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
  return await bodyOf(post('/api/clerk/factors/passkeys', { body: { name, response: made } }));
}

function signedOf({ id, rawId, type, response }: Awaited<ReturnType<typeof startAuthentication>>) {
  const { clientDataJSON, authenticatorData, signature } = response;
  return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature } };
}
