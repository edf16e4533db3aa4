import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { noteSigners, noteVerifiers } from '../../evidence/log/note';
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

/** The transparency log of tests, and the keys that sign for it. */
export const LOG_ORIGIN = 'identity.example/log';
const logPair = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
export const logIdentity = { origin: LOG_ORIGIN, signers: noteSigners(logPair.privateKey, LOG_ORIGIN) };
export const logVerifiers = noteVerifiers(logPair.publicKey, LOG_ORIGIN);
