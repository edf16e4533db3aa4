import { TILE_WIDTH, widthOfLevel } from './tiles';
import { EMPTY_ROOT, fold, hashNode } from './tree';

/** Reads `count` hashes of a level, from a position on. */
export type ReadHashes = (level: number, from: number, count: number) => Promise<Buffer[]>;

/** What is asked of one state of a log. It reads each tile once. */
export interface Tree {
  /** Root of the first `size` leaves. */
  root(size: number): Promise<Buffer>;
  /** RFC 6962, 2.1.1: the siblings of a leaf and of the nodes above it, from the leaf on. @param index below `size` */
  inclusion(index: number, size: number): Promise<Buffer[]>;
  /** RFC 6962, 2.1.2: proves that the first `from` leaves of the first `to` are unchanged. @param from 1 to `to` */
  consistency(from: number, to: number): Promise<Buffer[]>;
}

/** @param size of the whole tree; hashes beyond it are not read */
export function treeOf(size: number, readHashes: ReadHashes): Tree {
  const tiles = new Map<string, Promise<Buffer[]>>();
  const tile = (level: number, index: number): Promise<Buffer[]> => {
    const key = `${level}/${index}`;
    const from = index * TILE_WIDTH;
    const count = Math.min(TILE_WIDTH, widthOfLevel(level, size) - from);
    const known = tiles.get(key) ?? readHashes(level, from, count);
    tiles.set(key, known);
    return known;
  };

  /** The root of a complete subtree, from the hashes of the highest level that is not above it. */
  async function complete(start: number, leaves: number): Promise<Buffer> {
    let level = 0;
    while (TILE_WIDTH ** (level + 1) <= leaves) level += 1;
    const unit = TILE_WIDTH ** level;
    const from = start / unit;
    const hashes = await tile(level, Math.floor(from / TILE_WIDTH));
    return fold(hashes.slice(from % TILE_WIDTH, (from % TILE_WIDTH) + leaves / unit));
  }

  /** MTH of the leaves from `start` to `end`, which is not among them. */
  async function hashOf(start: number, end: number): Promise<Buffer> {
    const half = largestPowerBelow(end - start);
    if (half * 2 === end - start || end - start === 1) return await complete(start, end - start);
    return hashNode(await hashOf(start, start + half), await hashOf(start + half, end));
  }

  async function path(index: number, start: number, end: number): Promise<Buffer[]> {
    if (end - start === 1) return [];
    const middle = start + largestPowerBelow(end - start);
    return index < middle
      ? [...(await path(index, start, middle)), await hashOf(middle, end)]
      : [...(await path(index, middle, end)), await hashOf(start, middle)];
  }

  /** SUBPROOF. @param isKnown whether the verifier knows the hash of these leaves, having the earlier root */
  async function subproof(from: number, start: number, end: number, isKnown: boolean): Promise<Buffer[]> {
    if (from === end) return isKnown ? [] : [await hashOf(start, end)];
    const middle = start + largestPowerBelow(end - start);
    return from <= middle
      ? [...(await subproof(from, start, middle, isKnown)), await hashOf(middle, end)]
      : [...(await subproof(from, middle, end, false)), await hashOf(start, middle)];
  }

  return {
    root: async (leaves) => (leaves === 0 ? EMPTY_ROOT : await hashOf(0, leaves)),
    inclusion: (index, leaves) => path(index, 0, leaves),
    consistency: (from, to) => subproof(from, 0, to, true),
  };
}

/** A hash that is complete for the first time. */
export interface NewHash {
  level: number;
  position: number;
  hash: Buffer;
}

/** The hashes of every level that further leaves bring about, those of the leaves included. */
export async function appended(
  size: number,
  leaves: readonly Buffer[],
  readHashes: ReadHashes,
): Promise<NewHash[]> {
  const all: NewHash[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0; level += 1) {
    const from = widthOfLevel(level, size);
    all.push(...added.map((hash, at) => ({ level, position: from + at, hash })));
    const tile = Math.floor(from / TILE_WIDTH) * TILE_WIDTH;
    const isFilled = from + added.length >= tile + TILE_WIDTH;
    const before = isFilled && from > tile ? await readHashes(level, tile, from - tile) : [];
    added = isFilled ? foldTiles([...before, ...added]) : [];
  }
  return all;
}

/** The roots of the full tiles. */
function foldTiles(hashes: readonly Buffer[]): Buffer[] {
  return Array.from({ length: Math.floor(hashes.length / TILE_WIDTH) }, (_, at) =>
    fold(hashes.slice(at * TILE_WIDTH, (at + 1) * TILE_WIDTH)),
  );
}

/** The largest power of two below a number; 1 for 1. */
function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
