import { createHmac } from 'node:crypto';
import type { Key, KeyRing } from './key-ring';

/** The forms of the two kinds of workflow id. */
export const JOURNEY_ID = /^journey-[0-9a-f]{32}$/;
export const MATTER_ID = /^matter-[0-9a-f]{32}$/;

/**
 * Pseudonyms for persons and things. Nobody can compute or reverse them without the key ring. A plain hash would not be enough:
 * there are so few identity numbers that all their hashes could be tried. The same input always gives the same pseudonym.
 */
export interface Pseudonyms {
  /** A natural person, identified by a document: 64 hex digits. The number must already be normalised. */
  person(documentType: string, normalisedNumber: string): string;
  /** An account at a channel such as Alipay: 64 hex digits. */
  account(channel: string, externalId: string): string;
  /** A phone, identified by the mini-program's id for it: 64 hex digits. */
  device(externalId: string): string;
  /** The journey workflow's id, `journey-` and 32 hex digits: one for each account and person (both pseudonyms). */
  journeyId(account: string, person: string): string;
  /** The matter workflow's id, `matter-` and 32 hex digits: one for each version. */
  matterId(registry: string, externalId: string, version: number): string;
  /** The invitation of a person to a version of a matter, by the registration system's own id of the person: 32 hex digits. */
  invitation(matter: string, reference: string): string;
  /** The pushed content of a matter, given as canonical JSON: 64 hex digits. */
  matterContent(canonical: string): string;
  /** The text of a matter that a person sees, given as canonical JSON: 64 hex digits. A signature refers to the text by this hash. */
  displayedText(canonical: string): string;
  /** A document of a matter, by the SHA-256 of its content in hex: 64 hex digits. */
  applicationDocument(registry: string, sha256: string): string;
  /** The id of a Temporal Update: 64 hex digits. A repeated command has the same id. */
  updateId(account: string, idempotencyKey: string, command: string, body: string): string;
  /** The storage key of the identity that a session reads with this handle: 64 hex digits. Other sessions get other keys. */
  authorizedIdentity(session: string, handle: string): string;
  /** The counter of password tries for a login, in total or from one place: 64 hex digits. */
  signInTries(login: string, ...place: string[]): string;
  /** Proves that a device got this name when it signed in to this login: 64 hex digits. */
  clerkDevice(login: string, device: string): string;
  /** A clerk's recovery code, as it is kept: 64 hex digits. */
  recoveryCode(clerk: string, code: string): string;
  /** The proposer's half of the one-time password for this act: 64 hex digits. */
  oneTimeHalf(act: string): string;
  /** The counter of requests from a client's network: 64 hex digits. */
  rate(address: string): string;
  /** From which the code is made that opens the verification of a piece of evidence: 64 hex digits. */
  verificationCode(evidence: string): string;
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
    invitation: (matter, reference) => shortHash(ring.identifier, 'invitation', matter, reference),
    matterContent: (canonical) => keyedHash(ring.identifier, 'matter-content', canonical),
    displayedText: (canonical) => keyedHash(ring.identifier, 'shown-text', canonical),
    applicationDocument: (registry, sha256) =>
      keyedHash(ring.identifier, 'application-document', registry, sha256),
    updateId: (account, idempotencyKey, command, body) =>
      keyedHash(ring.identifier, 'update', account, idempotencyKey, command, body),
    authorizedIdentity: (session, handle) =>
      keyedHash(ring.identifier, 'authorized-identity', session, handle),
    signInTries: (login, ...place) => keyedHash(ring.identifier, 'sign-in-tries', login, ...place),
    clerkDevice: (login, device) => keyedHash(ring.identifier, 'clerk-device', login, device),
    recoveryCode: (clerk, code) => keyedHash(ring.identifier, 'recovery-code', clerk, code),
    oneTimeHalf: (act) => keyedHash(ring.identifier, 'one-time-half', act),
    rate: (address) => keyedHash(ring.identifier, 'rate', address),
    verificationCode: (evidence) => keyedHash(ring.identifier, 'verification-code', evidence),
  };
}

// The first part is the purpose. Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") differ. The encoding is
// UTF-16, because UTF-8 would turn every lone surrogate in a client's key into the same replacement character.
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

// 128 bits are enough to avoid collisions for any realistic number of journeys, and keep the id readable in Temporal's UI.
function shortHash(key: Key, ...parts: string[]): string {
  return keyedHash(key, ...parts).slice(0, 32);
}
