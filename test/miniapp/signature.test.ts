import { fromPad, placementOf, withStroke } from '../../miniapp/src/signature';
import type { Pad } from '../../miniapp/src/signature';

const upright: Pad = { width: 300, height: 200, isTurned: false };
const sideways: Pad = { width: 300, height: 800, isTurned: true };
const nothing = { strokes: [], width: 0, height: 0 };
const stroke = (...places: [number, number][]) =>
  places.map(([x, y], at): [number, number, number] => [x, y, at * 16]);

test('the first stroke sets the size to that of the pad', () => {
  const written = withStroke(nothing, stroke([10, 20], [30, 40]), upright);
  expect(written).toEqual({ strokes: [stroke([10, 20], [30, 40])], width: 300, height: 200 });
});

test.each([
  ['upright: where the finger is', upright, { x: 30, y: 40 }, [30, 40, 5]],
  ['beyond the edge: at the edge', upright, { x: -8, y: 900 }, [0, 200, 5]],
  ['turned: down on the screen is right', sideways, { x: 300, y: 700 }, [700, 0, 5]],
  ['turned: left on the screen is down', sideways, { x: 20, y: 0 }, [0, 280, 5]],
  ['with pressure', upright, { x: 30, y: 40, pressure: 0.4567 }, [30, 40, 5, 0.46]],
])('%s', (_, pad, touch, place) => {
  expect(fromPad(pad, placementOf(nothing, pad), touch, 5)).toEqual(place);
});

test('another pad shows the signature unchanged, as large as possible and in the middle', () => {
  const written = withStroke(nothing, stroke([0, 0], [300, 200]), upright);
  const placement = placementOf(written, sideways);
  expect(placement).toEqual({ scale: 1.5, left: 175, top: 0 });
  // A touch where a point is shown gives that point: 175 to the right and 0 down, as the person sees the pad.
  expect(fromPad(sideways, placement, { x: 300, y: 175 }, 0)).toEqual([0, 0, 0]);
  expect(placementOf(written, upright)).toEqual({ scale: 1, left: 0, top: 0 });
});

test('a stroke beyond the first pad enlarges the size, and all strokes keep their places to each other', () => {
  const written = withStroke(nothing, stroke([0, 0], [300, 200]), upright);
  const beyond = stroke([-50, 100], [350, 100]);
  const wider = withStroke(written, beyond, sideways);
  expect(wider.width).toBeCloseTo(800 / 1.5, 0);
  expect(wider.height).toBe(200);
  const [first, second] = wider.strokes;
  const shift = (first?.[0]?.[0] ?? 0) - 0;
  expect(shift).toBeCloseTo(175 / 1.5, 0);
  expect(second?.map(([x]) => x)).toEqual([shift - 50, shift + 350].map((x) => expect.closeTo(x, 0)));
  for (const [x, y] of wider.strokes.flat()) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(wider.width);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(wider.height);
  }
});
