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
  const thumbnail = segment(0xe0, Buffer.from('JFIF with a small picture'));
  const adobe = segment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\x01', 'latin1'));

  it('says nothing of where and with what it was taken', () => {
    expect(read(jpeg(thumbnail, place, frame(3), comment))).toEqual(jpeg(frame(3)));
  });

  it('says so after none of its scans, and not behind its end', () => {
    const whole = jpeg(frame(3));
    const again = Buffer.concat([whole.subarray(0, -2), scan]);
    expect(read(Buffer.concat([whole, Buffer.from('GPS'), whole]))).toEqual(whole);
    expect(read(Buffer.concat([whole.subarray(0, -2), place, comment, scan]))).toEqual(again);
  });

  it('keeps its tables, its colours and all bytes of its scans', () => {
    const tables = [0xc4, 0xdb, 0xdd].map((marker) => segment(marker, Buffer.from('table')));
    const pixels = Buffer.from([0xff, 0xda, 0, 3, 0, 1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff, 0xd7, 0xff, 0xd9]);
    const whole = Buffer.concat([jpeg(adobe, ...tables, frame(3)).subarray(0, -scan.length), pixels]);
    expect(read(whole)).toEqual(whole);
  });

  it('keeps of what a camera wrote how it is to be turned', () => {
    const written = (order: string, directory: string) =>
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), Buffer.from(order + directory, 'hex')]));
    const big = written('4d4d002a00000008', '0001' + '011200030000000100060000' + '00000000');
    const little = written(
      '49492a0008000000',
      '0200' + '0f0102000500000000000000' + '120103000100000006000000',
    );
    const nonsense = written('4d4d002a00000008', '0001' + '011200030000000100090000');
    const outside = written('4d4d002a00ffffff', '0001');
    for (const exif of [big, little]) expect(read(jpeg(exif, frame(3)))).toEqual(jpeg(big, frame(3)));
    for (const exif of [nonsense, outside]) expect(read(jpeg(exif, frame(3)))).toEqual(jpeg(frame(3)));
  });

  it('is grey or has three colours', () => {
    expect(read(jpeg(frame(1)))).toEqual(jpeg(frame(1)));
    expect(read(jpeg(frame(4)))).toBeUndefined();
  });

  it.each([
    ['no picture', Buffer.from('not a picture')],
    ['an empty file', Buffer.alloc(0)],
    ['a picture without its end', jpeg(frame(3)).subarray(0, -2)],
    [
      'a picture without a scan',
      Buffer.concat([jpeg(frame(3)).subarray(0, -scan.length), scan.subarray(-2)]),
    ],
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
