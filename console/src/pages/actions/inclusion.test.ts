import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { verifyInclusion } from './inclusion';
import { signCheckpoint } from '../../../../evidence/log/checkpoint';
import { noteSigners } from '../../../../evidence/log/note';
import { appended, treeOf } from '../../../../evidence/log/proofs';
import type { NewHash } from '../../../../evidence/log/proofs';
import { inclusionText } from '../../../../evidence/log/proof-text';
import { hashLeaf } from '../../../../evidence/log/tree';

// What runs in the auditor's browser, against proofs of the log.
const ORIGIN = 'log.example';
const signerOf = () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return noteSigners(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), ORIGIN);
};
const signers = signerOf();
const keys = signers.map(({ verifierKey }) => `${verifierKey}\n`).join('');
const entryOf = (leaf: number) => `clerk-action ${leaf.toString(16).padStart(64, '0')}`;

async function proofOf(leaf: number, size: number, by = signers): Promise<string> {
  const leaves = Array.from({ length: size }, (_, at) => hashLeaf(Buffer.from(entryOf(at))));
  const hashes: NewHash[] = await appended(0, leaves, async () => []);
  const tree = treeOf(size, async (level, from, count) =>
    hashes
      .filter((one) => one.level === level && one.position >= from && one.position < from + count)
      .map(({ hash }) => hash),
  );
  const note = signCheckpoint({ origin: ORIGIN, size, root: await tree.root(size) }, by);
  return inclusionText(leaf, await tree.inclusion(leaf, size), note);
}

it.each([
  [0, 1],
  [0, 2],
  [2, 3],
  [4, 7],
  [6, 7],
  [255, 256],
  [256, 257],
  [300, 301],
  [77, 700],
])('leaf %d of %d is proven', async (leaf, size) => {
  expect(await verifyInclusion(entryOf(leaf), await proofOf(leaf, size), keys)).toMatchObject({ size });
});

it.each<[string, (proof: string) => string, string]>([
  ['another leaf', (proof) => proof.replace('index 4', 'index 5'), 'wrong-root'],
  ['a leaf beyond the tree', (proof) => proof.replace('index 4', 'index 9'), 'wrong-root'],
  ['a hash less', (proof) => proof.replace(/\n[A-Za-z0-9+/]{43}=\n/, '\n'), 'wrong-root'],
  ['another size', (proof) => proof.replace('\n7\n', '\n8\n'), 'wrong-signature'],
  ['no signature', (proof) => proof.slice(0, proof.indexOf('—')), 'wrong-signature'],
  ['another form', (proof) => proof.replace('@v1', '@v2'), 'proof-malformed'],
  ['nothing', () => '', 'proof-malformed'],
])('%s is no proof', async (_, change, defect) => {
  expect(await verifyInclusion(entryOf(4), change(await proofOf(4, 7)), keys)).toEqual({ defect });
});

it('another entry, another key or another log is no proof', async () => {
  const proof = await proofOf(4, 7);
  expect(await verifyInclusion(entryOf(5), proof, keys)).toEqual({ defect: 'wrong-root' });
  expect(await verifyInclusion(entryOf(4), await proofOf(4, 7, signerOf()), keys)).toEqual({
    defect: 'wrong-signature',
  });
  expect(await verifyInclusion(entryOf(4), proof, keys.replace(ORIGIN, 'other.example'))).toEqual({
    defect: 'wrong-signature',
  });
});
