import { createHmac } from 'node:crypto';
import type { Key, KeyRing } from './key-ring';

/** How the ids of the two kinds of workflow look, wherever one is recognized. */
export const JOURNEY_ID = /^journey-[0-9a-f]{32}$/;
export const MATTER_ID = /^matter-[0-9a-f]{32}$/;

/**
 * Names for persons and things that nobody can guess or reverse without the key ring: an identity number has so few
 * possible values that a plain hash of it could be searched. The same input always gives the same name.
 */
export interface Pseudonyms {
  /** A natural person by document: 64 hex digits. The number must already be normalised. */
  person(documentType: string, normalisedNumber: string): string;
  /** An account at a channel such as Alipay: 64 hex digits. */
  account(channel: string, externalId: string): string;
  /** A phone, by what the mini-program calls it: 64 hex digits. */
  device(externalId: string): string;
  /** The journey workflow's id, `journey-` and 32 hex digits: one for each account and person (both pseudonyms). */
  journeyId(account: string, person: string): string;
  /** The matter workflow's id, `matter-` and 32 hex digits: one for each version. */
  matterId(registry: string, externalId: string, version: number): string;
  /** What a registration system pushed, as canonical JSON: 64 hex digits, the same for the same content. */
  matterContent(canonical: string): string;
  /** What a person is shown of a matter, as canonical JSON: 64 hex digits, by which text and signature are compared. */
  shownText(canonical: string): string;
  /** The id of a Temporal Update, 64 hex digits: the same command has the same id, anything else another. */
  updateId(account: string, idempotencyKey: string, command: string, body: string): string;
  /** Where the identity lies for which a session was given this handle, 64 hex digits: for another session somewhere else. */
  authorizedIdentity(session: string, handle: string): string;
  /** A login at which passwords are tried, wherever or at one place, as a key of what is counted: 64 hex digits. */
  signInTries(login: string, ...place: string[]): string;
  /** What proves that a device was given this name when it signed in to this login: 64 hex digits. */
  clerkDevice(login: string, device: string): string;
  /** The half of a one-time password that belongs to whoever proposed this act: 64 hex digits. */
  oneTimeHalf(act: string): string;
  /** A client's network as a key of what is counted: 64 hex digits. */
  rate(address: string): string;
}

/** HMAC-SHA-256 under the three hashing keys of `ring`. */
export function createPseudonyms(ring: KeyRing): Pseudonyms {
  return {
    person: (documentType, number) => keyedHash(ring.person, 'person', documentType, number),
    account: (channel, externalId) => keyedHash(ring.account, 'account', channel, externalId),
    device: (externalId) => keyedHash(ring.identifier, 'device', externalId),
    journeyId: (account, person) => `journey-${shortHash(ring.identifier, 'journey', account, person)}`,
    matterId: (registry, externalId, version) =>
      `matter-${shortHash(ring.identifier, 'matter', registry, externalId, String(version))}`,
    matterContent: (canonical) => keyedHash(ring.identifier, 'matter-content', canonical),
    shownText: (canonical) => keyedHash(ring.identifier, 'shown-text', canonical),
    updateId: (account, idempotencyKey, command, body) =>
      keyedHash(ring.identifier, 'update', account, idempotencyKey, command, body),
    authorizedIdentity: (session, handle) =>
      keyedHash(ring.identifier, 'authorized-identity', session, handle),
    signInTries: (login, ...place) => keyedHash(ring.identifier, 'sign-in-tries', login, ...place),
    clerkDevice: (login, device) => keyedHash(ring.identifier, 'clerk-device', login, device),
    oneTimeHalf: (act) => keyedHash(ring.identifier, 'one-time-half', act),
    rate: (address) => keyedHash(ring.identifier, 'rate', address),
  };
}

// Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") differ, and the first part is the purpose. UTF-16,
// because UTF-8 would turn every lone surrogate of a client's key into the same replacement character.
function keyedHash(key: Key, ...parts: string[]): string {
  const hmac = createHmac('sha256', key.bytes);
  for (const part of parts) {
    const bytes = Buffer.from(part, 'utf16le');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hmac.update(length).update(bytes);
  }
  return hmac.digest('hex');
}

// 128 bits: no two of any realistic number of journeys meet, and the id stays readable in Temporal's UI.
function shortHash(key: Key, ...parts: string[]): string {
  return keyedHash(key, ...parts).slice(0, 32);
}
