import { createHash } from 'node:crypto';
import { Resvg } from '@resvg/resvg-js';
import { drawBody } from './drawn-clothes';
import { drawFace, drawGlasses } from './drawn-face';
import { drawHair } from './drawn-hair';
import { personOf } from './drawn-person';
import type { Person } from './drawn-person';
import { area } from './drawn-shapes';

/** Pixels; the proportions of a Chinese ID photo, 26 by 32 mm. */
const WIDTH = 358;
const HEIGHT = 441;

/** How many of the last pictures are kept: the answer to a query that is sent again has the same one. */
const KEPT = 8;
const kept = new Map<string, Buffer>();

/**
 * An ID photo of a person who does not exist, drawn, as a PNG. The SHA-256 of `who` decides what the person looks like, that of
 * `taking` what they wear and what is behind them: two of either give two pictures, and the same two always the same.
 */
export function drawPortrait(who: string, taking: string): Buffer {
  const name = JSON.stringify([who, taking]);
  const known = kept.get(name);
  if (known) return known;
  const { background, clothes, tie, smile } = seededPerson(taking);
  const picture = rasterise(portraitSvg({ ...seededPerson(who), background, clothes, tie, smile }));
  kept.set(name, picture);
  for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
  return picture;
}

const seededPerson = (seed: string): Person => personOf(createHash('sha256').update(seed).digest());

function portraitSvg(person: Person): string {
  const hair = drawHair(person);
  const size = `width="${WIDTH}" height="${HEIGHT}" viewBox="${-WIDTH / 2} 0 ${WIDTH} ${HEIGHT}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>`,
    area(`M${-WIDTH / 2} 0H${WIDTH / 2}V${HEIGHT}H${-WIDTH / 2}Z`, person.background),
    // Enlarges the person, so that the head fills the photo; broad shoulders reach over its sides.
    '<g transform="translate(0 -5) scale(1.12)">',
    ...[hair.back, drawBody(person), drawFace(person), hair.front, drawGlasses(person)],
    '</g></svg>',
  ].join('');
}

function rasterise(svg: string): Buffer {
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}
