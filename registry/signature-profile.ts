import { createHash } from 'node:crypto';

// The signature profile for messages between this system and registration systems, in both directions: HTTP Message Signatures
// (RFC 9421) with Content-Digest (RFC 9530), restricted so that there is only one way to sign a message.

/** Label of the only signature of a message. */
export const SIGNATURE_LABEL = 'sig1';

/** Maximum number of seconds from `created` to `expires`, and maximum difference between the clocks of both sides. */
export const MAX_LIFETIME_SECONDS = 300;

/** A signature has exactly these parameters. */
export const SIGNATURE_PARAMETERS = ['created', 'expires', 'nonce', 'keyid', 'alg'];

/** A signature covers exactly these components. */
export function coveredComponents(hasBody: boolean): string[] {
  return ['@method', '@target-uri', ...(hasBody ? ['content-digest', 'content-type'] : [])];
}

/** The sha-256 member of a Content-Digest header for these bytes. */
export function digestMember(body: Buffer): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}
