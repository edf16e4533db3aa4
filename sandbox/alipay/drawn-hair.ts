import { area, ellipse, line, mix, onBothSides, white } from './drawn-shapes';
import type { HairStyle, Person } from './drawn-person';

/** Hair as SVG shapes: `back` is behind the neck, `front` before the face. */
export type Hair = Readonly<{ back: string; front: string }>;

export function drawHair(person: Person): Hair {
  const { back = '', front } = styles[person.hairStyle](person);
  return { back, front };
}

type Style = (person: Person) => { back?: string; front: string };

const styles: Record<HairStyle, Style> = {
  'side-parting'(person) {
    const { faceWidth: w, hair } = person;
    const fringe = `L${w - 5} 150Q${w - 10} 128 ${w - 20} 118C30 128 -14 120 -32 98Q${-w + 16} 116 ${-w + 6} 150`;
    return {
      front: area(cap(w, 180, 6) + fringe + 'Z', hair) + strand(person, 'M-32 98C-20 84 10 76 36 82'),
    };
  },
  'crew-cut'({ faceWidth: w, hair }) {
    const hairline = `L${w - 4} 160L${w - 8} 126C${w - 18} 108 30 106 0 106C-30 106 ${-w + 18} 108 ${-w + 8} 126L${-w + 4} 160`;
    return { front: area(cap(w, 178, -2) + hairline + 'Z', hair) };
  },
  quiff(person) {
    const { faceWidth: w, hair } = person;
    const outer = `M${-w - 4} 170C${-w - 10} 120 ${-w - 4} 88 -44 70C-34 44 38 34 64 58C${w + 2} 72 ${w + 12} 110 ${w + 4} 170`;
    const hairline = `L${w - 5} 150Q${w - 8} 118 46 106C20 118 -20 114 -40 100Q${-w + 10} 114 ${-w + 5} 150Z`;
    return {
      front:
        area(outer + hairline, hair) +
        strand(person, 'M-34 92C-24 66 24 54 50 66') +
        strand(person, 'M-16 100C0 82 30 76 52 86'),
    };
  },
  curtains(person) {
    const { faceWidth: w, hair } = person;
    const hairline = `L${w - 2} 168Q${w - 8} 150 ${w - 14} 144Q20 130 0 92Q-20 130 ${-w + 14} 144Q${-w + 8} 150 ${-w + 2} 168Z`;
    return {
      front: area(cap(w, 176, 8) + hairline, hair) + onBothSides(strand(person, `M6 80Q40 88 ${w - 8} 126`)),
    };
  },
  receding({ faceWidth: w, hair }) {
    const side = `M${w + 4} 182C${w + 14} 146 ${w + 8} 118 ${w - 10} 104Q${w - 10} 126 ${w - 8} 144L${w - 3} 178Z`;
    return { front: onBothSides(area(side, hair)) };
  },
  curls({ faceWidth: w, hair }) {
    return { front: area(cap(w, 180, 4) + `L${w - 4} 150Q0 84 ${-w + 4} 150Z`, hair) + rings(w, hair) };
  },
  bob(person) {
    const { faceWidth: w, hair } = person;
    const outer = `M${-w - 12} 262C${-w - 30} 160 ${-w - 18} 62 0 60C${w + 18} 62 ${w + 30} 160 ${w + 12} 262`;
    const inner = `Q${w - 4} 268 ${w - 14} 256Q${w - 4} 200 ${w - 12} 148Q0 138 ${-w + 12} 148Q${-w + 4} 200 ${-w + 14} 256Q${-w + 4} 268 ${-w - 12} 262Z`;
    return {
      back: area(outer + 'Z', mix(hair, [0, 0, 0], 0.3)),
      front: area(outer + inner, hair) + onBothSides(strand(person, `M26 84Q${w - 8} 96 ${w} 150`)),
    };
  },
  long(person) {
    const { faceWidth: w, hair } = person;
    const lock = `M0 62C${w + 20} 60 ${w + 20} 150 ${w + 16} 220C${w + 14} 280 ${w + 26} 320 ${w + 12} 372Q${w - 10} 366 ${w - 22} 342C${w - 6} 300 ${w + 2} 240 ${w - 6} 168Q28 140 0 92Z`;
    return {
      back: area(`M${-w - 14} 360V170H${w + 14}V360Z`, mix(hair, [0, 0, 0], 0.3)),
      front:
        onBothSides(
          area(lock, hair) + strand(person, `M${w + 4} 160C${w + 10} 220 ${w - 2} 290 ${w + 4} 350`),
        ) + onBothSides(strand(person, `M10 78Q${w - 14} 84 ${w - 2} 130`)),
    };
  },
  bun(person) {
    const { faceWidth: w, hair } = person;
    return {
      back: ellipse(0, 52, 34, 30, mix(hair, [0, 0, 0], 0.2)),
      front:
        area(cap(w, 178, 0) + pulledBack(w), hair) +
        onBothSides(strand(person, `M10 74Q${w - 24} 84 ${w - 10} 112`)),
    };
  },
  ponytail(person) {
    const { faceWidth: w, hair } = person;
    const tail = `M${w - 4} 236C${w + 40} 230 ${w + 34} 300 ${w + 24} 392C${w + 4} 380 ${w - 22} 340 ${w - 14} 296Q${w - 10} 262 ${w - 4} 236Z`;
    const parted = `L${w - 5} 150Q${w - 8} 118 ${w - 26} 108Q10 116 -26 90Q${-w + 14} 104 ${-w + 5} 150Z`;
    return {
      back: area(
        `M${w - 20} 190C${w + 30} 190 ${w + 30} 250 ${w + 10} 280L${w - 20} 250Z`,
        mix(hair, [0, 0, 0], 0.25),
      ),
      front:
        area(tail, hair) +
        strand(person, `M${w + 8} 256C${w + 22} 300 ${w + 10} 340 ${w + 16} 370`) +
        area(cap(w, 178, 2) + parted, hair) +
        strand(person, 'M-24 86C-8 76 24 76 46 90'),
    };
  },
  waves(person) {
    const { faceWidth: w, hair } = person;
    const right = `C${w + 34} 90 ${w + 10} 150 ${w + 22} 180C${w + 36} 210 ${w + 8} 236 ${w + 22} 264C${w + 36} 290 ${w + 12} 316 ${w - 6} 330C${w - 22} 310 ${w + 2} 290 ${w - 6} 262C${w - 14} 240 ${w + 4} 210 ${w - 6} 176`;
    const left = `C20 150 -20 130 -30 92C${-w + 10} 110 ${-w + 4} 150 ${-w + 4} 180C${-w - 4} 210 ${-w + 14} 240 ${-w + 6} 262C${-w - 2} 290 ${-w + 22} 310 ${-w + 6} 330C${-w - 12} 316 ${-w - 36} 290 ${-w - 22} 264C${-w - 8} 236 ${-w - 36} 210 ${-w - 22} 180C${-w - 10} 150 ${-w - 34} 90 -20 60Z`;
    return {
      back: area(`M${-w - 8} 320V160H${w + 8}V320Z`, mix(hair, [0, 0, 0], 0.3)),
      front:
        area(`M-20 60C0 52 40 54 56 76${right}${left}`, hair) + strand(person, 'M-24 84C6 70 44 90 60 130'),
    };
  },
  pixie(person) {
    const { faceWidth: w, hair } = person;
    const fringe = `L${w + 2} 206L${w - 6} 168Q${w - 8} 140 ${w - 18} 128C40 146 -4 152 -44 140Q-24 126 -14 108C-30 134 ${-w + 20} 140 ${-w + 8} 142L${-w + 6} 168L${-w - 2} 206`;
    return {
      front: area(cap(w, 186, 9) + fringe + 'Z', hair) + strand(person, 'M-10 84C14 78 44 92 56 118'),
    };
  },
};

/** The outside of hair that follows the skull, from the left side down at `sideY` to the right, `volume` pixels off. */
function cap(w: number, sideY: number, volume: number): string {
  const side = w + 9 + volume;
  const top = 74 - volume;
  return `M${-w - 3} ${sideY}C${-side} 112 ${-w * 0.72} ${top} 0 ${top}C${w * 0.72} ${top} ${side} 112 ${w + 3} ${sideY}`;
}

/** The hairline of combed-back hair, from right to left. */
function pulledBack(w: number): string {
  return `L${w - 4} 150Q${w - 8} 104 0 100Q${-w + 8} 104 ${-w + 4} 150Z`;
}

function rings(w: number, hair: Person['hair']): string {
  return Array.from({ length: 13 }, (_, index) => {
    const angle = Math.PI * (index / 12);
    const size = index % 2 === 0 ? 17 : 20;
    return ellipse(-Math.cos(angle) * w, 142 - Math.sin(angle) * 62, size, size, hair);
  }).join('');
}

/** A lighter line that shows how the hair is combed. */
function strand({ hair }: Person, course: string): string {
  return line(course, mix(hair, white, 0.16), 3);
}
