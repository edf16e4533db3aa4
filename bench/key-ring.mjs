import { randomBytes } from 'node:crypto';

/** @import { KeyRing } from '../platform/key-ring.ts' */

/** Random keys for one run. @returns {KeyRing} */
export function newKeyRing() {
  /** @param {string} id */
  const key = (id) => ({ id, bytes: randomBytes(32) });
  return {
    wrapping: [key('wrapping')],
    commands: [key('commands')],
    person: key('person'),
    account: key('account'),
    identifier: key('identifier'),
  };
}
