import { portraitIn } from './portrait';

const jpeg = Buffer.from('ffd8ffe000104a46494600', 'hex');
const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

const withFace = (face: unknown) => JSON.stringify({ facial_picture_front: { FEATURE_FACE: face } });

it.each([
  ['JPEG', jpeg],
  ['PNG', png],
])('reads a %s from the material of a face check', (_, picture) => {
  expect(portraitIn(withFace(picture.toString('base64')))).toEqual(picture);
});

it('reads nested JSON texts and plain objects', () => {
  const FEATURE_FACE = jpeg.toString('base64');
  expect(portraitIn({ facial_picture_front: { FEATURE_FACE } })).toEqual(jpeg);
  expect(portraitIn(JSON.stringify({ facial_picture_front: JSON.stringify({ FEATURE_FACE }) }))).toEqual(
    jpeg,
  );
});

it.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty text', ''],
  ['an empty object', '{}'],
  ['text that is no JSON', '{'],
  ['a face that is no text', withFace({ deep: 1 })],
  ['an empty face', withFace('')],
  ['an SVG picture', withFace(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'))],
  ['a web page', withFace(Buffer.from('<html>').toString('base64'))],
  ['a number', 5],
])('finds no picture in %s', (_, material) => {
  expect(portraitIn(material)).toBeUndefined();
});

it('accepts a picture of 2 MB and ignores a larger one', () => {
  const largest = Buffer.concat([jpeg], 2 * 1024 * 1024);
  expect(portraitIn(withFace(largest.toString('base64')))?.length).toBe(largest.length);
  const larger = Buffer.concat([jpeg], largest.length + 1);
  expect(portraitIn(withFace(larger.toString('base64')))).toBeUndefined();
  expect(portraitIn(withFace(Buffer.concat([jpeg], 2 * largest.length).toString('base64')))).toBeUndefined();
});
