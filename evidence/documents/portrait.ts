import type { Portrait } from './document-source';

// Markers of JPEG (ITU-T T.81, table B.1).
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const FRAMES = [0xc0, 0xc1, 0xc2];
const EXIF = 0xe1;
const ADOBE = 0xee;
// What pixels are decoded with: tables of Huffman, of quantisation and of restarts, and the number of lines.
const TABLES = [0xc4, 0xdb, 0xdc, 0xdd];

/**
 * A picture as a document may hold it: a JPEG of its pixels alone, without the place, time, device and small second picture that a camera
 * adds, and turned as the camera was held. PDF/A allows grey and RGB here, and no CMYK.
 * @returns undefined if it is not such a picture
 */
export function embeddable({ image, mediaType }: Portrait): Buffer | undefined {
  return mediaType === 'image/png' ? wholePng(image) : pixelsOf(image);
}

/** A PNG that ends as it should. pdfkit takes only its pixels. */
function wholePng(image: Buffer): Buffer | undefined {
  const isWhole =
    image.subarray(1, 4).equals(Buffer.from('PNG')) && image.subarray(-8, -4).equals(Buffer.from('IEND'));
  return isWhole ? image : undefined;
}

function pixelsOf(image: Buffer): Buffer | undefined {
  if (image[0] !== 0xff || image[1] !== START) return undefined;
  const kept: Buffer[] = [];
  let orientation = 1;
  let isShown = false;
  let hasPixels = false;
  for (let at = 2; at + 2 <= image.length && image[at] === 0xff;) {
    const marker = image[at + 1] ?? 0;
    // What stands behind the end is no part of the picture.
    if (marker === END) return isShown && hasPixels ? picture(kept, orientation) : undefined;
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = at + 4 <= image.length ? image.readUInt16BE(at + 2) : 0;
    if (length < 2) return undefined;
    const end = at + 2 + length;
    const segment = image.subarray(at, end);
    const next = marker === SCAN ? endOfScan(image, end) : end;
    if (marker === SCAN) hasPixels = true;
    if (FRAMES.includes(marker)) isShown = segment[9] === 1 || segment[9] === 3;
    if (marker === EXIF && orientation === 1) orientation = orientationOf(segment);
    if (marker === SCAN || FRAMES.includes(marker) || TABLES.includes(marker) || isAdobe(segment))
      kept.push(image.subarray(at, next));
    at = next;
  }
  return undefined;
}

/** Says whether three colours are RGB; where it is missing they are YCbCr (ISO 32000-1, 7.4.8). */
function isAdobe(segment: Buffer): boolean {
  return segment[1] === ADOBE && segment.length === 16 && segment.toString('latin1', 4, 9) === 'Adobe';
}

/** Where a scan ends: at the next marker that restarts nothing. Behind 0xff, a zero is no marker. */
function endOfScan(image: Buffer, from: number): number {
  let at = image.indexOf(0xff, from);
  while (at >= 0) {
    const next = image[at + 1] ?? 0;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
    at = image.indexOf(0xff, at + 2);
  }
  return image.length;
}

/** How the picture is to be turned, 1 to 8 (Exif 2.32, tag 0x0112); 1 is not at all. */
function orientationOf(segment: Buffer): number {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return 1;
  const tiff = segment.subarray(10);
  const isLittleEndian = tiff.toString('latin1', 0, 2) === 'II';
  const numberAt = (at: number, bytes: 2 | 4): number => {
    if (at + bytes > tiff.length) return 0;
    return isLittleEndian ? tiff.readUIntLE(at, bytes) : tiff.readUIntBE(at, bytes);
  };
  const directory = numberAt(4, 4);
  for (let index = 0; index < numberAt(directory, 2); index += 1) {
    const entry = directory + 2 + index * 12;
    const value = numberAt(entry + 8, 2);
    if (numberAt(entry, 2) === 0x0112) return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** pdfkit turns a picture by its Exif, so the orientation stands there again, and nothing else. */
function picture(kept: readonly Buffer[], orientation: number): Buffer {
  const exif = Buffer.from('ffe10022457869660000' + '4d4d002a00000008' + '00010112000300000001', 'hex');
  const turned = [exif, Buffer.from([0, orientation, 0, 0, 0, 0, 0, 0])];
  return Buffer.concat([
    Buffer.from([0xff, START]),
    ...(orientation === 1 ? [] : turned),
    ...kept,
    Buffer.from([0xff, END]),
  ]);
}
