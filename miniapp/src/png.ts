// Mini-programs show pictures in PNG from a data URL; whether they show SVG nobody has written down.

/**
 * A picture in black and white (ISO/IEC 15948), not compressed.
 * @param rows of bytes, each of which is eight pixels; 1 is white. At most 65,535 bytes together with one more for each row
 * @returns the file in Base64
 */
export function pngOf(rows: readonly (readonly number[])[]): string {
  const width = (rows[0]?.length ?? 0) * 8;
  const header = [...bigEndian(width), ...bigEndian(rows.length), 1, 0, 0, 0, 0];
  // Each row begins with its filter: none.
  const pixels: number[] = [];
  for (const row of rows) pixels.push(0, ...row);
  const { length } = pixels;
  // One block that is stored as it is (RFC 1951, 3.2.4).
  const stored = [1, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff, ...pixels];
  const zlib = [0x78, 0x01, ...stored, ...bigEndian(adler32(pixels))];
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return base64Of([...signature, ...chunk('IHDR', header), ...chunk('IDAT', zlib), ...chunk('IEND', [])]);
}

function chunk(name: string, data: readonly number[]): number[] {
  const named = [...Array.from(name, (letter) => letter.charCodeAt(0)), ...data];
  return [...bigEndian(data.length), ...named, ...bigEndian(crc32(named))];
}

function bigEndian(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

function crc32(bytes: readonly number[]): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

function adler32(bytes: readonly number[]): number {
  let [sum, sums] = [1, 0];
  for (const byte of bytes) {
    sum = (sum + byte) % 65521;
    sums = (sums + sum) % 65521;
  }
  return sums * 0x10000 + sum;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Alipay has no btoa. */
function base64Of(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    const digit = (shift: number) => DIGITS[(bits >> shift) & 63] ?? '';
    text +=
      digit(18) +
      digit(12) +
      (second === undefined ? '=' : digit(6)) +
      (third === undefined ? '=' : digit(0));
  }
  return text;
}
