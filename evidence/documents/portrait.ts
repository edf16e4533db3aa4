import type { Portrait } from './document-source';

// JPEG (ITU-T T.81, annex B).
const START = 0xd8;
const SCAN = 0xda;
const COMMENT = 0xfe;
const FRAMES = [0xc0, 0xc1, 0xc2];
// JFIF and Adobe say which colours these are. All other application segments say where a picture comes from.
const COLOURS = [0xe0, 0xee];

/**
 * A picture as a document may hold it: a JPEG without the place, time and device that a camera writes into it. PDF/A allows grey and
 * RGB here, and no CMYK.
 * @returns undefined if it is not such a picture
 */
export function embeddable({ image, mediaType }: Portrait): Buffer | undefined {
  return mediaType === 'image/png' ? wholePng(image) : withoutMetadata(image);
}

/** A PNG that ends as it should. pdfkit takes only its pixels. */
function wholePng(image: Buffer): Buffer | undefined {
  const isWhole =
    image.subarray(1, 4).equals(Buffer.from('PNG')) && image.subarray(-8, -4).equals(Buffer.from('IEND'));
  return isWhole ? image : undefined;
}

function withoutMetadata(image: Buffer): Buffer | undefined {
  if (image[0] !== 0xff || image[1] !== START) return undefined;
  const kept = [image.subarray(0, 2)];
  let isShown = false;
  for (let at = 2; at + 4 <= image.length;) {
    const marker = image[at + 1] ?? 0;
    if (image[at] !== 0xff) return undefined;
    if (marker === SCAN) return isShown ? Buffer.concat([...kept, image.subarray(at)]) : undefined;
    const end = at + 2 + image.readUInt16BE(at + 2);
    const segment = image.subarray(at, end);
    if (FRAMES.includes(marker)) isShown = segment[9] === 1 || segment[9] === 3;
    const isMetadata = (marker >= 0xe0 && marker <= 0xef) || marker === COMMENT;
    if (!isMetadata || COLOURS.includes(marker)) kept.push(segment);
    at = end;
  }
  return undefined;
}
