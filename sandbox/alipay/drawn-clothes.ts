import {
  area,
  ellipse,
  inside,
  line,
  mix,
  movedTo,
  onBothSides,
  shadowOf,
  white,
  black,
} from './drawn-shapes';
import { faceOutline } from './drawn-face';
import type { Colour, Outfit, Person } from './drawn-person';

const CHIN = 309;

/** Shoulders, neck and clothes. Their own coordinates are those of a person whose chin is at `CHIN`. */
export function drawBody(person: Person): string {
  const { shoulderWidth: s, clothes, skin, isMan, chin } = person;
  const body =
    `M${-s} 450C${-s + 2} 384 ${-s + 34} 372 -68 352C-50 346 -42 340 -38 326` +
    `H38C42 340 50 346 68 352C${s - 34} 372 ${s - 2} 384 ${s} 450Z`;
  const n = isMan ? 37 : 31;
  const neck = `M${-n} 225V330Q${-n} 350 0 375Q${n} 350 ${n} 330V225Z`;
  const shadow = movedTo(0, CHIN - chin + 20, area(faceOutline(person), shadowOf(skin)));
  const sleeve = line(
    `M${s - 40} 450C${s - 42} 430 ${s - 40} 420 ${s - 34} 410`,
    mix(clothes, black, 0.3),
    2.5,
  );
  const parts = [
    area(body, clothes),
    onBothSides(sleeve),
    area(neck, skin),
    inside('neck', neck, shadow),
    outfits[person.outfit](person),
  ];
  return movedTo(0, chin - CHIN, parts.join(''));
}

const outfits: Record<Outfit, (person: Person) => string> = {
  shirt({ clothes }) {
    const seam = mix(clothes, black, 0.3);
    return (
      area('M-38 326L0 378L38 326L60 350L0 450L-60 350Z', clothes) +
      collar(mix(clothes, white, 0.22), seam) +
      line('M0 380V450', seam, 2) +
      ellipse(5, 400, 2.6, 2.6, mix(clothes, white, 0.7)) +
      ellipse(5, 428, 2.6, 2.6, mix(clothes, white, 0.7))
    );
  },
  suit({ clothes, tie }) {
    const cloth = mix(clothes, black, 0.25);
    return (
      area('M-48 338L-34 326L0 378L34 326L48 338L22 450H-22Z', shirtWhite) +
      area('M-9 374H9L6 388L15 450H-15L-6 388Z', tie) +
      line('M-6 388H6', mix(tie, black, 0.35), 2) +
      collar(white, mix(shirtWhite, black, 0.2)) +
      lapels(cloth)
    );
  },
  blazer({ clothes }) {
    return (
      area('M-44 334L-31 326L0 372L31 326L44 334L22 450H-22Z', mix(clothes, white, 0.86)) +
      collar(white, mix(shirtWhite, black, 0.2)) +
      lapels(mix(clothes, black, 0.2))
    );
  },
  sweater({ clothes }) {
    const rib = mix(clothes, black, 0.25);
    return (
      area('M-52 344L-36 326L0 372L36 326L52 344Q40 392 0 400Q-40 392 -52 344Z', shirtWhite) +
      collar(white, mix(shirtWhite, black, 0.2)) +
      line('M-60 348Q-46 404 0 408Q46 404 60 348', rib, 9) +
      line('M-60 348Q-46 404 0 408Q46 404 60 348', clothes, 3)
    );
  },
  'stand-up'({ clothes }) {
    const seam = mix(clothes, black, 0.3);
    return (
      onBothSides(
        area('M46 312Q50 332 60 350L0 400V362Q30 350 38 322Z', mix(clothes, white, 0.12)) +
          line('M60 350L2 398', seam, 2) +
          line('M38 322Q30 350 2 362', seam, 2),
      ) + line('M0 362V450', seam, 3)
    );
  },
};

const shirtWhite: Colour = [246, 247, 250];

function collar(fill: Colour, seam: Colour): string {
  const flap = 'M36 318L50 340L30 394L0 374Q30 350 36 318Z';
  return onBothSides(area(flap, fill) + line(flap, seam, 1.8));
}

function lapels(fill: Colour): string {
  const lapel = 'M46 330L86 372L66 384L76 394L16 452L4 452Q34 396 46 330Z';
  return onBothSides(area(lapel, fill) + line(lapel, mix(fill, black, 0.35), 1.8));
}
