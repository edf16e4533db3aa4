import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { appended, treeOf } from './proofs';
import type { ReadHashes } from './proofs';
import { entryBundle, readTilePath, tilePath } from './tiles';
import { hashLeaf } from './tree';

/*
 * The model computes everything from all leaves, as RFC 6962 defines it, and verifies as RFC 9162 (2.1.3.2, 2.1.4.2) does. It shares
 * nothing with the code but node:crypto.
 */
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const node = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right);
const entry = (at: number) => Buffer.from(`entry ${at}`);
const leaf = (at: number) => sha256(Buffer.of(0), entry(at));

function rootOf(from: number, to: number): Buffer {
  if (to === from) return sha256();
  if (to - from === 1) return leaf(from);
  let split = 1;
  while (split * 2 < to - from) split *= 2;
  return node(rootOf(from, from + split), rootOf(from + split, to));
}

function isIncluded(index: number, size: number, proof: Buffer[], root: Buffer): boolean {
  let [fn, sn] = [BigInt(index), BigInt(size - 1)];
  let hash = leaf(index);
  for (const sibling of proof) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      hash = node(sibling, hash);
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else hash = node(hash, sibling);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && hash.equals(root);
}

function isConsistent(from: number, to: number, proof: Buffer[], first: Buffer, second: Buffer): boolean {
  if (from === to) return proof.length === 0 && first.equals(second);
  const path = (from & (from - 1)) === 0 ? [first, ...proof] : proof;
  let [fn, sn] = [BigInt(from - 1), BigInt(to - 1)];
  while (fn & 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  const [start, ...rest] = path;
  if (!start) return false;
  let [fr, sr] = [start, start];
  for (const hash of rest) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      [fr, sr] = [node(hash, fr), node(hash, sr)];
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else sr = node(sr, hash);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && fr.equals(first) && sr.equals(second);
}

/** A log of entries 0, 1, …, which are added in batches; and every read that it was asked for. */
async function logOf(batches: readonly number[]) {
  const levels: Buffer[][] = [];
  const reads: number[] = [];
  const read: ReadHashes = async (level, from, count) => {
    reads.push(count);
    const found = (levels[level] ?? []).slice(from, from + count);
    if (found.length !== count) throw new Error(`Level ${level} has no ${count} hashes from ${from} on.`);
    return found;
  };
  let size = 0;
  for (const batch of batches) {
    const leaves = Array.from({ length: batch }, (_, at) => hashLeaf(entry(size + at)));
    for (const { level, position, hash } of await appended(size, leaves, read)) {
      const there = (levels[level] ??= []);
      if (position !== there.length)
        throw new Error(`Position ${position} of level ${level} comes out of turn.`);
      there.push(hash);
    }
    size += batch;
  }
  reads.length = 0;
  return { size, tree: treeOf(size, read), levels, reads };
}

const batches = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 8 });

it('a log has the root of RFC 6962 at every size, however it grew', async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.nat(), async (added, pick) => {
      const { size, tree, levels } = await logOf(added);
      const at = pick % (size + 1);
      expect(await tree.root(size)).toEqual(rootOf(0, size));
      expect(await tree.root(at)).toEqual(rootOf(0, at));
      expect(levels[1]?.length ?? 0).toBe(Math.floor(size / 256));
    }),
    { numRuns: 40 },
  );
});

it('an inclusion proof convinces of its own leaf, size and root, and of nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.nat(), fc.nat(), fc.nat(), async (added, pickSize, pickIndex, pickBit) => {
      const { size: all, tree } = await logOf([1, ...added]);
      const size = 1 + (pickSize % all);
      const index = pickIndex % size;
      const proof = await tree.inclusion(index, size);
      const root = rootOf(0, size);
      expect(isIncluded(index, size, proof, root)).toBe(true);
      if (index > 0) expect(isIncluded(index - 1, size, proof, root)).toBe(false);
      expect(isIncluded(index, size, proof, rootOf(0, size + 1))).toBe(false);
      if (proof.length > 0) expect(isIncluded(index, size, flipped(proof, pickBit), root)).toBe(false);
    }),
    { numRuns: 40 },
  );
});

it('a consistency proof convinces of its own two trees, and of nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.nat(), fc.nat(), fc.nat(), async (added, pickTo, pickFrom, pickBit) => {
      const { size: all, tree } = await logOf([1, ...added]);
      const to = 1 + (pickTo % all);
      const from = 1 + (pickFrom % to);
      const proof = await tree.consistency(from, to);
      const [first, second] = [rootOf(0, from), rootOf(0, to)];
      expect(isConsistent(from, to, proof, first, second)).toBe(true);
      expect(isConsistent(from, to, proof, rootOf(1, from + 1), second)).toBe(false);
      if (proof.length > 0) {
        expect(isConsistent(from, to, flipped(proof, pickBit), first, second)).toBe(false);
      }
    }),
    { numRuns: 40 },
  );
});

function flipped(proof: readonly Buffer[], pick: number): Buffer[] {
  const at = pick % (proof.length * 256);
  return proof.map((hash, which) => {
    const copy = Buffer.from(hash);
    const byte = Math.floor((at % 256) / 8);
    if (which === Math.floor(at / 256)) copy[byte] = copy[byte]! ^ (1 << (at % 8));
    return copy;
  });
}

it('a proof reads at most two tiles of each level', async () => {
  const { tree, reads } = await logOf(Array<number>(260).fill(256));
  await tree.inclusion(12_345, 66_000);
  expect(reads.length).toBeLessThanOrEqual(6);
  expect(Math.max(...reads)).toBeLessThanOrEqual(256);
});

it.each([
  [0, 256, '000'],
  [0, 1, '000.p/1'],
  [67, 256, '067'],
  [1_234_067, 256, 'x001/x234/067'],
  [1_000, 255, 'x001/000.p/255'],
])('the tile %i of width %i is at %s', (index, width, path) => {
  expect(tilePath({ index, width })).toBe(path);
  expect(readTilePath(path)).toEqual({ index, width });
});

it('every tile has one path', () => {
  fc.assert(
    fc.property(fc.nat(999_999_999_999), fc.integer({ min: 1, max: 256 }), (index, width) => {
      expect(readTilePath(tilePath({ index, width }))).toEqual({ index, width });
    }),
  );
});

it.each([
  ...[
    '',
    '0',
    '00',
    '0000',
    'x000/001',
    '067.p/0',
    '067.p/256',
    '067.p/257',
    '067.p/999',
    '067.p/01',
    '067.p/',
    '067.p',
    'x001/67',
  ],
  ...['001/067', '-01', '067/', '/067', 'x001//067', '067.p/1/', '０６７', 'x001/x234/067.P/3', '%30'],
])('%j is the path of no tile', (path) => {
  expect(readTilePath(path)).toBeUndefined();
});

it('an entry bundle has each entry after its length', () => {
  const entries = [Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(300, 7)];
  expect(entryBundle(entries).toString('hex')).toBe(`00036f6e650000012c${'07'.repeat(300)}`);
});
