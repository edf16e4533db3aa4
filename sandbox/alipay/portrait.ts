import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** A drawn face as PNG, 96 by 96, in a colour that follows from `seed` and is shared with no other: nobody's picture. */
export function drawPortrait(seed: string): Buffer {
  const colours = createHash('sha256').update(seed).digest();
  const [background, hair] = [colours.subarray(0, 3), colours.subarray(3, 6)];
  const rows = Array.from({ length: SIZE }, (_, y) =>
    Buffer.concat([
      Buffer.from([0]),
      ...Array.from({ length: SIZE }, (__, x) => Buffer.from(colourAt(x, y, background, hair))),
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

function colourAt(x: number, y: number, background: Uint8Array, hair: Uint8Array): ArrayLike<number> {
  const within = (cx: number, cy: number, radius: number) => Math.hypot(x - cx, y - cy) < radius;
  if (within(36, 42, 4) || within(60, 42, 4)) return [40, 40, 40];
  if (Math.abs(y - 62) < 2 && Math.abs(x - 48) < 12) return [150, 60, 60];
  if (!within(48, 50, 34)) return background;
  return y < 28 ? hair : [240, 205, 175];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
