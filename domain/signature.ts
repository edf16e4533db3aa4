/** One point of a stroke: x and y in the pad's units, milliseconds since the first point, and pressure from 0 to 1. */
export type Point = [x: number, y: number, t: number, pressure?: number];

/** The strokes on a pad of `width` by `height` units. They are the truth, and any picture is drawn from them. */
export interface Signature {
  strokes: Point[][];
  width: number;
  height: number;
}

export type SignatureDefect =
  'signature_outside' | 'signature_times' | 'signature_too_little' | 'signature_a_line';

// A name of two characters written small covers more than this; a tap, a tick or a line does not.
const LEAST_INK = 0.5;
const LEAST_SPAN = 0.08;
const LEAST_POINTS = 12;

// Two characters take a hand about a second; a session in which nothing is tapped ends sooner than an hour.
const LEAST_MS = 100;
const MOST_MS = 3_600_000;

/**
 * Why this is no signature; undefined if it may be one. It measures that somebody wrote, not who.
 */
export function defectOf({ strokes, width, height }: Signature): SignatureDefect | undefined {
  const points = strokes.flat();
  if (points.some(([x, y]) => x < 0 || y < 0 || x > width || y > height)) return 'signature_outside';
  const side = Math.min(width, height);
  const ink = strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0);
  if (points.length < LEAST_POINTS || ink < LEAST_INK * side) return 'signature_too_little';
  if (!areTimesOfAHand(points)) return 'signature_times';
  const span = (of: (point: Point) => number) => Math.max(...points.map(of)) - Math.min(...points.map(of));
  const isFlat = span(([x]) => x) < LEAST_SPAN * side || span(([, y]) => y) < LEAST_SPAN * side;
  return isFlat || isStraight(points, LEAST_SPAN * side) ? 'signature_a_line' : undefined;
}

/** Whether time passed between the first point and the last, and never went backwards. Screens may tell several points of one moment. */
function areTimesOfAHand(points: Point[]): boolean {
  const times = points.map(([, , t]) => t);
  const [first = 0, last = 0] = [times.at(0), times.at(-1)];
  return last <= MOST_MS && last - first >= LEAST_MS && times.every((t, at) => t >= (times[at - 1] ?? 0));
}

function lengthOf(stroke: Point[]): number {
  return stroke.slice(1).reduce((sum, [x, y], before) => {
    const [fromX, fromY] = stroke[before] ?? [x, y];
    return sum + Math.hypot(x - fromX, y - fromY);
  }, 0);
}

/** Whether all points lie within `width` of the straight line between the two that are farthest from each other. */
function isStraight(points: Point[], width: number): boolean {
  const [first] = points;
  if (!first) return true;
  const from = farthestFrom(first, points);
  const to = farthestFrom(from, points);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  return points.every(([x, y]) => {
    const area = (to[0] - from[0]) * (from[1] - y) - (from[0] - x) * (to[1] - from[1]);
    return length === 0 || Math.abs(area) / length < width / 2;
  });
}

function farthestFrom([x, y]: Point, points: Point[]): Point {
  const distance = (point: Point) => Math.hypot(point[0] - x, point[1] - y);
  return points.reduce((farthest, point) => (distance(point) > distance(farthest) ? point : farthest));
}
