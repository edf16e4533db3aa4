import { Resvg } from '@resvg/resvg-js';
import { writtenSignature } from '../../test/documents/samples';
import { drawSignature, signaturePicture } from './signature-drawing';

/** Which pixels of a path are inked, on a pad of 600 by 300. */
function inkOf(path: string): boolean[] {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300"><path d="${path}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  return Array.from({ length: pixels.length / 4 }, (_, pixel) => (pixels[pixel * 4 + 3] ?? 0) > 127);
}

describe('the drawing of a signature', () => {
  it('covers every point that was written, and little else', () => {
    const signature = writtenSignature();
    const ink = inkOf(drawSignature(signature).path);
    // The pen smooths what a hand writes, by less than its own width.
    const isInkedNear = (x: number, y: number) =>
      [-3, 0, 3].some((right) =>
        [-3, 0, 3].some((down) => ink[Math.round(y + down) * 600 + Math.round(x + right)]),
      );
    const missed = signature.strokes.flat().filter(([x, y]) => !isInkedNear(x, y));
    expect(missed).toEqual([]);
    const written = signature.strokes
      .flatMap((stroke) =>
        stroke.slice(1).map(([x, y], at) => Math.hypot(x - stroke[at]![0], y - stroke[at]![1])),
      )
      .reduce((sum, length) => sum + length, 0);
    expect(ink.filter(Boolean).length).toBeLessThan(written * 8);
  });

  it('draws a dot, and a light hand thinner than a heavy one', () => {
    const draw = (pressure: number) => {
      const stroke = writtenSignature().strokes[0]!.map(([x, y, t]): [number, number, number, number] => [
        x,
        y,
        t,
        pressure,
      ]);
      return inkOf(drawSignature({ strokes: [stroke], width: 600, height: 300 }).path).filter(Boolean).length;
    };
    expect(draw(0.1)).toBeLessThan(draw(0.9) * 0.8);
    const dot = drawSignature({ strokes: [[[50, 50, 0]]], width: 600, height: 300 });
    expect(inkOf(dot.path).filter(Boolean).length).toBeGreaterThan(4);
  });

  it('takes the longest signature that may be sent', () => {
    const stroke = Array.from({ length: 20_000 }, (_, at): [number, number, number] => [
      at % 600,
      (at * 7) % 300,
      at,
    ]);
    expect(drawSignature({ strokes: [stroke], width: 600, height: 300 }).box.width).toBeGreaterThan(590);
  });

  it('is the picture too', () => {
    const picture = signaturePicture(writtenSignature(), 400);
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBe(400);
  });
});
