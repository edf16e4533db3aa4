import { Resvg } from '@resvg/resvg-js';
import { getStroke } from 'perfect-freehand';
import type { Signature } from '../../domain/signature';

/** The ink of a signature as one filled SVG path, in the pad's units. */
export interface SignatureDrawing {
  path: string;
  /** The smallest box around the ink. */
  box: { x: number; y: number; width: number; height: number };
}

// The width of the line, as a part of the pad's longer side: about that of the pen in the mini-program.
const PEN = 1 / 90;

/** Draws the strokes. All pictures of a signature are made from this drawing. */
export function drawSignature({ strokes, width, height }: Signature): SignatureDrawing {
  const size = Math.max(width, height) * PEN;
  const outlines = strokes.map((stroke) =>
    getStroke(
      stroke.map(([x, y, , pressure]) => (pressure === undefined ? [x, y] : [x, y, pressure])),
      {
        size,
        thinning: 0.5,
        smoothing: 0.5,
        streamline: 0.3,
        simulatePressure: stroke.every(([, , , pressure]) => pressure === undefined),
        last: true,
      },
    ),
  );
  const points = outlines.flat();
  // Spread arguments are limited, and a signature may have thousands of points.
  const bound = (axis: 0 | 1, least: (one: number, other: number) => number) =>
    points.reduce((found, point) => least(found, point[axis]), points[0]?.[axis] ?? 0);
  const [x, y] = [bound(0, Math.min), bound(1, Math.min)];
  return {
    path: outlines.map(pathOf).join(''),
    box: { x, y, width: bound(0, Math.max) - x, height: bound(1, Math.max) - y },
  };
}

/** A closed curve through the middles between the points. */
function pathOf(outline: number[][]): string {
  const [first] = outline;
  if (!first) return '';
  const curves = outline.map((point, index) => {
    const [nextX = 0, nextY = 0] = outline[index + 1] ?? first;
    const [x = 0, y = 0] = point;
    return `${index === 0 ? `M${at(x, y)}` : ''}Q${at(x, y)} ${at((x + nextX) / 2, (y + nextY) / 2)}`;
  });
  return `${curves.join('')}Z`;
}

function at(x: number, y: number): string {
  return `${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}`;
}

/** The drawing as a PNG, black on transparent ground. @param width in pixels */
export function signaturePicture(signature: Signature, width: number): Buffer {
  const { path, box } = drawSignature(signature);
  const view = `viewBox="${box.x} ${box.y} ${box.width} ${box.height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${view}><path d="${path}"/></svg>`;
  return new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } })
    .render()
    .asPng();
}
