import { createHash } from 'node:crypto';

// How messages between us and registration systems are signed: HTTP Message Signatures (RFC 9421) with Content-Digest
// (RFC 9530), narrowed down so that there is one way to sign a message. Both directions hold to it.

/** The one signature of a message. */
export const SIGNATURE_LABEL = 'sig1';

/** Seconds from `created` to `expires` at most, and by how much the clocks of both sides may differ. */
export const LONGEST_LIFETIME = 300;

/** Every one of them, and no other. */
export const SIGNATURE_PARAMETERS = ['created', 'expires', 'nonce', 'keyid', 'alg'];

/** What a signature covers: all of these, and nothing else. */
export function coveredComponents(hasBody: boolean): string[] {
  return ['@method', '@target-uri', ...(hasBody ? ['content-digest', 'content-type'] : [])];
}

/** The member of a Content-Digest header that stands for exactly these bytes. */
export function digestMember(body: Buffer): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}
