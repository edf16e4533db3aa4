import {
  area,
  black,
  ellipse,
  inside,
  line,
  mix,
  movedTo,
  onBothSides,
  shadowOf,
  white,
} from './drawn-shapes';
import type { Colour, Person } from './drawn-person';

const BROW_Y = 161;
const EYE_Y = 188;
const lipRed: Colour = [196, 74, 84];

/** The head from the top of the skull to the chin, as an SVG path. */
export function faceOutline({ faceWidth: w, jawWidth, chin }: Person): string {
  return (
    `M${-w} 170C${-w} 112 ${-w * 0.62} 84 0 84C${w * 0.62} 84 ${w} 112 ${w} 170` +
    `C${w} 236 ${jawWidth} ${chin} 0 ${chin}C${-jawWidth} ${chin} ${-w} 236 ${-w} 170Z`
  );
}

/** Ears, skin and everything on it, without hair and glasses. */
export function drawFace(person: Person): string {
  return [
    onBothSides(ear(person)),
    area(faceOutline(person), person.skin),
    cheeks(person),
    person.isOld ? wrinkles(person) : '',
    beard(person),
    onBothSides(eye(person) + brow(person)),
    eyeLights(person),
    nose(person),
    mouth(person),
  ].join('');
}

export function drawGlasses({ glasses, eyeGap, faceWidth }: Person): string {
  if (glasses === 'none') return '';
  const frame: Colour = glasses === 'round' ? [92, 66, 48] : [44, 46, 54];
  const [half, radius] = glasses === 'round' ? [25, 25] : [28, 9];
  const height = glasses === 'round' ? 25 : 20;
  const lens = `M${eyeGap + 1 - half} ${EYE_Y + 2 - height + radius}a${radius} ${radius} 0 0 1 ${radius} ${-radius}`;
  const top = `h${2 * (half - radius)}a${radius} ${radius} 0 0 1 ${radius} ${radius}v${2 * (height - radius)}`;
  const bottom = `a${radius} ${radius} 0 0 1 ${-radius} ${radius}h${-2 * (half - radius)}a${radius} ${radius} 0 0 1 ${-radius} ${-radius}Z`;
  const outline = lens + top + bottom;
  const arm = `M${eyeGap + 1 + half} ${EYE_Y - 4}L${faceWidth + 2} ${EYE_Y - 8}`;
  const bridge = `M${half - eyeGap - 1} ${EYE_Y - 2}Q0 ${EYE_Y - 9} ${eyeGap + 1 - half} ${EYE_Y - 2}`;
  return (
    onBothSides(
      area(outline, white, 'fill-opacity="0.1"') + line(outline, frame, 3.5) + line(arm, frame, 3.5),
    ) + line(bridge, frame, 3.5)
  );
}

function ear({ faceWidth, skin }: Person): string {
  const x = faceWidth + 1;
  return (
    ellipse(x, 192, 12, 22, mix(skin, shadowOf(skin), 0.35)) +
    line(`M${x + 1} 180C${x + 8} 180 ${x + 8} 194 ${x + 3} 202`, shadowOf(skin), 2.5)
  );
}

function cheeks({ faceWidth, isMan }: Person): string {
  const blush = `fill-opacity="${isMan ? 0.14 : 0.24}"`;
  return onBothSides(ellipse(faceWidth * 0.6, 225, 16, 11, [232, 96, 92], blush));
}

function wrinkles({ skin, mouthWidth, eyeGap }: Person): string {
  const crease = mix(skin, shadowOf(skin), 0.7);
  const side =
    line(`M19 226C${mouthWidth + 4} 232 ${mouthWidth + 8} 240 ${mouthWidth + 8} 248`, crease, 2) +
    line(`M${eyeGap - 10} 206C${eyeGap - 4} 211 ${eyeGap + 6} 211 ${eyeGap + 12} 206`, crease, 2);
  return onBothSides(side) + line('M-24 136C-10 132 10 132 24 136', crease, 2);
}

function eye({ eyeGap, eyeHeight, isMan }: Person): string {
  const lid = 'M-16 2C-10 -10 8 -11 16 -1';
  const outline = `${lid}C9 8 -8 9 -16 2Z`;
  const iris = ellipse(0, -1, 8.5, 9 / eyeHeight, [78, 50, 36]) + ellipse(0, -1, 4.5, 4.8 / eyeHeight, black);
  const lashes = isMan ? line(lid, black, 3) : line(lid, black, 4) + line('M14 -2L20 -6', black, 3);
  const parts = area(outline, white) + inside('eye', outline, iris) + lashes;
  return movedTo(eyeGap, EYE_Y, `<g transform="scale(1.08 ${eyeHeight})">${parts}</g>`);
}

/** The light comes from one side, so this is the same in both eyes. */
function eyeLights({ eyeGap }: Person): string {
  return (
    ellipse(eyeGap + 2.5, EYE_Y - 4, 2.2, 2.2, white) + ellipse(2.5 - eyeGap, EYE_Y - 4, 2.2, 2.2, white)
  );
}

function brow({ eyeGap, browWidth, hair, skin, isMan }: Person): string {
  const arch = isMan ? 5 : 8;
  const course = `M${eyeGap - 17} ${BROW_Y + 3}Q${eyeGap + 2} ${BROW_Y - arch} ${eyeGap + 19} ${BROW_Y + 2}`;
  return line(course, mix(mix(hair, black, 0.25), skin, 0.15), browWidth);
}

function nose({ noseWidth: w, skin }: Person): string {
  const shadow = shadowOf(skin);
  return (
    area(
      `M5 186C7 205 ${w + 3} 220 ${w} 230C${w - 4} 236 5 234 0 235C5 222 3 205 5 186Z`,
      mix(skin, shadow, 0.35),
    ) + line(`M${-w} 227C${-w - 1} 235 -5 232 0 236C5 232 ${w + 1} 235 ${w} 227`, shadow, 2.8)
  );
}

function mouth({ mouthWidth: w, chin, skin, isMan, smile }: Person): string {
  const lips = mix(shadowOf(skin), lipRed, isMan ? 0.3 : 0.75);
  const upper = `M${-w} 0C${-w / 2} -5 -5 -8 0 -5C5 -8 ${w / 2} -5 ${w} 0Q0 9 ${-w} 0Z`;
  const lower = `M${-w} 0Q0 9 ${w} 0C${w / 2} 16 ${-w / 2} 16 ${-w} 0Z`;
  const teeth = `M${-w + 3} 1Q0 6 ${w - 3} 1Q0 17 ${-w + 3} 1Z`;
  const gap =
    smile === 'open'
      ? area(teeth, white)
      : line(`M${-w - 1} -1Q0 9 ${w + 1} -1`, mix(lips, [90, 30, 36], 0.5), 2.4);
  return movedTo(0, chin - 31, area(lower, mix(lips, skin, 0.25)) + area(upper, lips) + gap);
}

function beard(person: Person): string {
  const { beard: kind, faceWidth: w, chin, mouthWidth, hair, skin } = person;
  if (kind === 'none') return '';
  const lip = chin - 46;
  const half = mouthWidth + 8;
  const colour = mix(hair, skin, 0.12);
  const moustache = `M0 ${lip + 2}C8 ${lip - 4} ${half - 8} ${lip} ${half} ${lip + 16}C${half - 12} ${lip + 10} 8 ${lip + 14} 0 ${lip + 10}`;
  const both = onBothSides(area(`${moustache}Z`, colour));
  const goatee = area(
    `M${-half} ${lip + 12}Q${-half + 6} ${lip + 26} -16 ${lip + 29}H16Q${half - 6} ${lip + 26} ${half} ${lip + 12}L${half - 4} ${chin - 10}Q0 ${chin + 12} ${-half + 4} ${chin - 10}Z`,
    colour,
  );
  const full = `M${-w - 4} 186L${-w + 7} 190C${-w + 12} 222 ${-half - 8} ${lip + 4} ${-half} ${lip + 10}Q0 ${lip - 14} ${half} ${lip + 10}C${half + 8} ${lip + 4} ${w - 12} 222 ${w - 7} 190L${w + 4} 186V310H${-w - 4}Z`;
  if (kind === 'moustache') return both;
  if (kind === 'goatee') return both + inside('beard', faceOutline(person), goatee);
  const opacity = kind === 'stubble' ? 'fill-opacity="0.22"' : '';
  return inside('beard', faceOutline(person), area(full, colour, opacity));
}
