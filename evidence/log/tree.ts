import { createHash } from 'node:crypto';

// The Merkle tree of RFC 6962, section 2.1, with SHA-256. Sizes and positions are whole numbers below 2^53.

/** MTH of a tree without leaves. */
export const EMPTY_ROOT = createHash('sha256').digest();

export function hashLeaf(entry: Buffer): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(entry).digest();
}

export function hashNode(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
}

/** The root of a complete subtree. @param hashes a power of two of them, side by side at one level */
export function fold(hashes: readonly Buffer[]): Buffer {
  let level = hashes;
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, at) =>
      hashNode(hashAt(below, 2 * at), hashAt(below, 2 * at + 1)),
    );
  }
  return hashAt(level, 0);
}

function hashAt(hashes: readonly Buffer[], at: number): Buffer {
  const hash = hashes[at];
  if (!hash) throw new RangeError('A hash of the tree is missing.');
  return hash;
}
