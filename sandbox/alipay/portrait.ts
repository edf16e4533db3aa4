import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/**
 * A drawn face of no real person, as a PNG of 96 by 96 pixels. The stripes below it show the bytes of the SHA-256 of `seed`, so that
 * two seeds give two pictures.
 */
export function drawPortrait(seed: string): Buffer {
  const hash = createHash('sha256').update(seed).digest();
  const rows = Array.from({ length: SIZE }, (_, y) =>
    Buffer.concat([
      Buffer.from([0]),
      ...Array.from({ length: SIZE }, (__, x) => Buffer.from(colourAt(x, y, hash))),
    ]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const SIZE = 96;

function colourAt(x: number, y: number, hash: Buffer): [number, number, number] {
  const within = (cx: number, cy: number, radius: number) => Math.hypot(x - cx, y - cy) < radius;
  if (y >= 86) return [hash[Math.floor(x / 3)] ?? 0, 140, 200];
  if (within(36, 42, 4) || within(60, 42, 4)) return [40, 40, 40];
  if (Math.abs(y - 62) < 2 && Math.abs(x - 48) < 12) return [150, 60, 60];
  return within(48, 50, 34) ? [240, 205, 175] : [90 + (hash[0] ?? 0) / 2, 140, 200];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
