import { drawPortrait } from './portrait';

const seeds = Array.from({ length: 50 }, (_, index) => `certify-${index}`);

it('draws a PNG with the proportions of an ID photo', () => {
  const picture = drawPortrait('a person', 'a check');
  expect(picture.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([358, 441]);
});

it('draws the same picture for a person and a check, also after it has drawn many others', () => {
  const first = drawPortrait('a person', 'a check');
  seeds.forEach((seed) => drawPortrait('a person', seed));
  const again = drawPortrait('a person', 'a check');
  expect(again).not.toBe(first);
  expect(again.equals(first)).toBe(true);
});

it('draws another picture for each person and each check', () => {
  const pictures = seeds.flatMap((seed) => [drawPortrait('a person', seed), drawPortrait(seed, 'a check')]);
  expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(2 * seeds.length);
});

it('draws pictures of at most 40 KB', () => {
  expect(Math.max(...seeds.map((seed) => drawPortrait(seed, seed).length))).toBeLessThanOrEqual(40 * 1024);
});
