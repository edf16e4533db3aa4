import { drawPortrait } from './portrait';

const seeds = Array.from({ length: 50 }, (_, index) => `certify-${index}`);

it('draws a PNG with the proportions of an ID photo', () => {
  const picture = drawPortrait('a seed');
  expect(picture.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([358, 441]);
});

it('draws the same picture for a seed, also after it has drawn many others', () => {
  const first = drawPortrait('a seed');
  seeds.forEach((seed) => drawPortrait(seed));
  const again = drawPortrait('a seed');
  expect(again).not.toBe(first);
  expect(again.equals(first)).toBe(true);
});

it('draws another picture for each seed', () => {
  expect(new Set(seeds.map((seed) => drawPortrait(seed).toString('base64'))).size).toBe(seeds.length);
});

it('draws pictures of at most 40 KB', () => {
  expect(Math.max(...seeds.map((seed) => drawPortrait(seed).length))).toBeLessThanOrEqual(40 * 1024);
});
