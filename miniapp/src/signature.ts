/** x, y within the pad in pixels, and milliseconds since the first touch. */
export type Point = [number, number, number];
export type Stroke = Point[];

/** The server's rule, asked before the server is: enough points and ink, and more than a dash. What it lets through the server judges. */
export function hasEnoughInk(strokes: readonly Stroke[], width: number, height: number): boolean {
  const points = strokes.flat();
  const side = Math.min(width, height);
  const ink = strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0);
  const span = (at: 0 | 1) =>
    Math.max(...points.map((point) => point[at])) - Math.min(...points.map((point) => point[at]));
  return points.length >= 12 && ink >= side * 0.5 && span(0) >= side * 0.08 && span(1) >= side * 0.08;
}

function lengthOf(stroke: Stroke): number {
  return stroke.slice(1).reduce((sum, [x, y], before) => {
    const [fromX, fromY] = stroke[before] ?? [x, y];
    return sum + Math.hypot(x - fromX, y - fromY);
  }, 0);
}
