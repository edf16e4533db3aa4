// Tiles as in c2sp.org/tlog-tiles: the hash at level L and position N is the root of the 256^L leaves from N · 256^L on, and a tile
// is 256 hashes of one level.

export const TILE_WIDTH = 256;

/** The number of hashes at a level of a tree: only complete subtrees have one. */
export function widthOfLevel(level: number, treeSize: number): number {
  return Math.floor(treeSize / TILE_WIDTH ** level);
}

/** A tile, or its first hashes. */
export interface TilePlace {
  /** Of the tile in its level. */
  index: number;
  /** 1 to 256 hashes. */
  width: number;
}

/** The path of a tile below its level, such as `x001/x234/067` or `000.p/3`. */
export function tilePath({ index, width }: TilePlace): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const elements = padded.match(/\d{3}/g) ?? [];
  const path = elements.map((element, at) => (at < elements.length - 1 ? `x${element}` : element)).join('/');
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

/** Reads such a path. @returns undefined if it is another path, or another spelling of a path */
export function readTilePath(path: string): TilePlace | undefined {
  const [, elements = '', width] = /^((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? [];
  const place = {
    index: Number(elements.replaceAll(/\D/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  return place.width <= TILE_WIDTH && tilePath(place) === path ? place : undefined;
}

/**
 * An entry bundle: entries in their order, each after its length.
 * @param entries at most 65,535 bytes each
 */
export function entryBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}
