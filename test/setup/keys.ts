import { randomBytes } from 'node:crypto';
import { createCommandProofs } from '../../platform/command-proof';

const key = (id: string) => ({ id, bytes: randomBytes(32) });

/** The keys of api and worker in tests. */
export const ring = {
  wrapping: [key('wrapping-1')] as [{ id: string; bytes: Buffer }],
  commands: [key('commands-1')] as [{ id: string; bytes: Buffer }],
  person: key('person-1'),
  account: key('account-1'),
  identifier: key('identifier-1'),
};

export const proofs = createCommandProofs(ring);
