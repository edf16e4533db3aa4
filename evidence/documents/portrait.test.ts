import { embeddable } from './portrait';

const segment = (marker: number, content: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};
/** The parts of a JPEG of one pixel, by the number of its colours. */
const frame = (colours: number) =>
  segment(0xc0, Buffer.from([8, 0, 1, 0, 1, colours, ...Array<number>(colours * 3).fill(1)]));
const scan = Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
const jpeg = (...segments: Buffer[]) => Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, scan]);
const read = (image: Buffer) => embeddable({ image, mediaType: 'image/jpeg' });

describe('a portrait in a document', () => {
  const place = segment(0xe1, Buffer.from('Exif GPS 39.9 N 116.4 E'));
  const comment = segment(0xfe, Buffer.from('taken with a phone'));
  const jfif = segment(0xe0, Buffer.from('JFIF'));

  it('says nothing of where and with what it was taken', () => {
    expect(read(jpeg(jfif, place, frame(3), comment))).toEqual(jpeg(jfif, frame(3)));
  });

  it('is grey or has three colours', () => {
    expect(read(jpeg(frame(1)))).toEqual(jpeg(frame(1)));
    expect(read(jpeg(frame(4)))).toBeUndefined();
  });

  it.each([
    ['no picture', Buffer.from('not a picture')],
    ['an empty file', Buffer.alloc(0)],
    ['a picture without pixels', jpeg(frame(3)).subarray(0, -scan.length)],
    ['a segment that is longer than the file', Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0xff, 0xff, 8])],
    ['a segment without a length', Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 0, 0xff, 0xc0, 0, 0])],
  ])('is left out where it is %s', (_, image) => {
    expect(read(image)).toBeUndefined();
  });

  it('is a PNG with its end', () => {
    expect(
      embeddable({ image: Buffer.from('\x89PNG\r\n\x1a\n....'), mediaType: 'image/png' }),
    ).toBeUndefined();
  });
});
