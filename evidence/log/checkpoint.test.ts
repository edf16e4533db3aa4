import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { openCheckpoint, readTreeHead, signCheckpoint } from './checkpoint';
import { noteSigners, noteVerifiers, openNote, signNote } from './note';
import { consistencyText, inclusionText } from './proof-text';

const pem = () =>
  generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const ORIGIN = 'identity.example/log';
const [first, second, stranger] = [pem(), pem(), pem()];
const signers = noteSigners(first.privateKey, ORIGIN);
const verifiers = noteVerifiers(first.publicKey, ORIGIN);
const head = { origin: ORIGIN, size: 1001, root: Buffer.alloc(32, 7) };

it('a checkpoint says origin, size and root, signed under the name of the origin', () => {
  const note = signCheckpoint(head, signers);
  expect(note).toMatch(
    /^identity\.example\/log\n1001\nBwcH[A-Za-z0-9+/]+=\n\n— identity\.example\/log [A-Za-z0-9+/]{91}=\n$/,
  );
  expect(openCheckpoint(note, verifiers)).toEqual(head);
});

// From the specification, https://c2sp.org/signed-note, whose example has this key and this text.
it('the example of the specification is verified, and its verifier key is made', () => {
  const typed = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64');
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), typed.subarray(1)]);
  const key = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`;
  const example = noteVerifiers(key, 'PeterNeumann');
  expect(example[0]?.verifierKey).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  const text =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n";
  const signature =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
  expect(openNote(`${text}\n${signature}`, example)).toBe(text);
});

it('during a rotation both keys sign, and a verifier needs one of them', () => {
  const note = signCheckpoint(head, noteSigners(second.privateKey + first.privateKey, ORIGIN));
  expect(note.match(/^— /gm)).toHaveLength(2);
  expect(openCheckpoint(note, verifiers)).toEqual(head);
  expect(openCheckpoint(note, noteVerifiers(second.publicKey, ORIGIN))).toEqual(head);
  expect(openCheckpoint(note, noteVerifiers(stranger.publicKey, ORIGIN))).toBeUndefined();
});

it('a key is trusted for its own name only', () => {
  const note = signCheckpoint(head, noteSigners(first.privateKey, 'other.example/log'));
  expect(openCheckpoint(note, verifiers)).toBeUndefined();
});

it('a changed bit of the text or of the signature is noticed', () => {
  const bytes = Buffer.from(signCheckpoint(head, signers));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ (1 << bit);
      // The last bits of base64 may say nothing: then the same bytes are read.
      const opened = openCheckpoint(changed.toString(), verifiers);
      expect(opened === undefined || at > bytes.length - 4).toBe(true);
    }),
  );
});

it.each([
  ['no signature', `${ORIGIN}\n1\n${'A'.repeat(43)}=\n\n`],
  ['no blank line', `${ORIGIN}\n1\n${'A'.repeat(43)}=\n`],
  ['a line that is no signature', `${signCheckpoint(head, signers)}# comment\n`],
  ['an end without a newline', signCheckpoint(head, signers).slice(0, -1)],
])('a note with %s is none', (_, note) => {
  expect(openNote(note, verifiers)).toBeUndefined();
});

it.each([
  'identity.example/log\n01\nAAAA\n',
  'identity.example/log\n-1\nAAAA\n',
  `\n1\n${'A'.repeat(43)}=\n`,
  `o\n1\n${'A'.repeat(42)}==\n`,
  `o\n9999999999999999\n${'A'.repeat(43)}=\n`,
])('%j is no checkpoint, even if it is signed', (text) => {
  expect(openCheckpoint(signNote(text, signers), verifiers)).toBeUndefined();
  expect(readTreeHead(text)).toBeUndefined();
});

it.each([
  '',
  'no key',
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
])('a file without Ed25519 keys is refused and not quoted', (file) => {
  expect(() => noteSigners(file, ORIGIN)).toThrow('TLOG_SIGNING_KEY_FILE must name a file');
  expect(() => noteVerifiers(file, ORIGIN)).toThrow('TLOG_PUBLIC_KEYS_FILE must name a file');
});

it('proofs are text with a hash a line, and the checkpoint as it was signed', () => {
  const proof = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const hashes = proof.map((hash) => `${hash.toString('base64')}\n`).join('');
  const note = signCheckpoint(head, signers);
  expect(inclusionText(5, proof, note)).toBe(`c2sp.org/tlog-proof@v1\nindex 5\n${hashes}\n${note}`);
  expect(inclusionText(0, [], note)).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${note}`);
  expect(consistencyText(600, proof, note)).toBe(`old 600\n${hashes}\n${note}`);
});
