import type { BodyOf } from './api-contract';

/** A signature as it is sent: strokes of points, and the size of the pad that they were written on. */
export type Signature = Pick<
  BodyOf<'POST', '/api/journeys/{id}/to-dos/{toDoId}/signature'>,
  'strokes' | 'width' | 'height'
>;

/** A signature that is being written; `beganAt` is when its first point was, in milliseconds since 1970. */
export interface Ink extends Signature {
  beganAt: number;
}

/** x and y, milliseconds since the first point, and the pressure if the device feels it. */
export type Point = Signature['strokes'][number][number];

/** The canvas on the screen, in pixels. `isTurned`: the person holds the phone sideways to write on it. */
export interface Pad {
  width: number;
  height: number;
  isTurned: boolean;
}

/** Its width and height as the person sees them. */
function sizeOf({ width, height, isTurned }: Pad): { width: number; height: number } {
  return isTurned ? { width: height, height: width } : { width, height };
}

/** How a signature lies on a pad that may have another size than the first one: as large as possible, in the middle. */
interface Placement {
  scale: number;
  left: number;
  top: number;
}

export function placementOf({ strokes, width, height }: Signature, pad: Pad): Placement {
  const size = sizeOf(pad);
  if (strokes.length === 0) return { scale: 1, left: 0, top: 0 };
  const scale = Math.min(size.width / width, size.height / height);
  return { scale, left: (size.width - width * scale) / 2, top: (size.height - height * scale) / 2 };
}

export function isSamePlacement(one: Placement, other: Placement): boolean {
  return one.scale === other.scale && one.left === other.left && one.top === other.top;
}

/**
 * Converts a place on the pad to a point of the signature. On a turned pad, down on the screen is right in the signature.
 * A place outside the pad becomes the nearest one on its edge, so that no stroke is lost.
 */
export function fromPad(
  pad: Pad,
  { scale, left, top }: Placement,
  { x, y, pressure }: { x: number; y: number; pressure?: number },
  time: number,
): Point {
  const { width, height } = sizeOf(pad);
  const [right, down] = pad.isTurned ? [y, pad.width - x] : [x, y];
  const place = [
    rounded((within(right, width) - left) / scale),
    rounded((within(down, height) - top) / scale),
    time,
  ] as const;
  return pressure === undefined ? [...place] : [...place, Math.round(pressure * 100) / 100];
}

/** Adds a stroke. The first one sets the size to that of the pad; a stroke beyond that size, on another pad, enlarges it. */
export function withStroke(signature: Signature, stroke: Point[], pad: Pad): Signature {
  const size = sizeOf(pad);
  const { strokes, width, height } = signature;
  if (strokes.length === 0) return { strokes: [stroke], ...size };
  const isWithin = stroke.every(([x, y]) => x >= 0 && y >= 0 && x <= width && y <= height);
  if (isWithin) return { strokes: [...strokes, stroke], width, height };
  const { scale, left, top } = placementOf(signature, pad);
  const wider = { width: rounded(size.width / scale), height: rounded(size.height / scale) };
  const moved = [...strokes, stroke].map((one) =>
    one.map(([x, y, ...rest]): Point => [
      within(rounded(x + left / scale), wider.width),
      within(rounded(y + top / scale), wider.height),
      ...rest,
    ]),
  );
  return { strokes: moved, ...wider };
}

function within(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The part of a canvas's context that a pen uses. */
interface Canvas2d {
  lineCap: string;
  lineJoin: string;
  lineWidth: number;
  strokeStyle: unknown;
  fillStyle: unknown;
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
  translate(x: number, y: number): void;
  scale(x: number, y: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  beginPath(): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  moveTo(x: number, y: number): void;
  quadraticCurveTo(byX: number, byY: number, x: number, y: number): void;
  fill(): void;
  stroke(): void;
}

/** Draws strokes while they are written, or all of them again. */
export interface Pen {
  down(point: Point): void;
  move(point: Point): void;
  draw(strokes: readonly Point[][]): void;
}

const MAX_LINE_WIDTH = 5;
const MIN_LINE_WIDTH = 1.8;

/** Makes a pen with round curves between the points. The line is thinner the faster or the lighter the person writes. */
export function penOn(
  context: Canvas2d,
  canvas: { width: number; height: number },
  { width, height, isTurned }: Pad,
  { scale, left, top }: Placement,
  pixelRatio: number,
): Pen {
  canvas.width = Math.round(width * pixelRatio);
  canvas.height = Math.round(height * pixelRatio);
  if (isTurned) context.setTransform(0, pixelRatio, -pixelRatio, 0, width * pixelRatio, 0);
  else context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.translate(left, top);
  context.scale(scale, scale);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = '#111';
  context.fillStyle = '#111';

  let last: Point | undefined;
  let middle: readonly [number, number] | undefined;
  let lineWidth = MIN_LINE_WIDTH;

  const pen: Pen = {
    down(point) {
      last = point;
      middle = [point[0], point[1]];
      lineWidth = (MAX_LINE_WIDTH + MIN_LINE_WIDTH) / 2;
      // A stroke may be a mere dot.
      context.beginPath();
      context.arc(point[0], point[1], lineWidth / 2, 0, Math.PI * 2);
      context.fill();
    },
    move(point) {
      if (!last || !middle) return;
      const next = [(last[0] + point[0]) / 2, (last[1] + point[1]) / 2] as const;
      // The width follows slowly, so that uneven movements do not show.
      lineWidth += (widthOf(last, point) - lineWidth) * 0.3;
      context.lineWidth = lineWidth;
      context.beginPath();
      context.moveTo(middle[0], middle[1]);
      context.quadraticCurveTo(last[0], last[1], next[0], next[1]);
      context.stroke();
      last = point;
      middle = next;
    },
    draw(strokes) {
      const size = sizeOf({ width, height, isTurned });
      context.clearRect(-left / scale, -top / scale, size.width / scale, size.height / scale);
      for (const [first, ...others] of strokes) {
        if (!first) continue;
        pen.down(first);
        for (const point of others) pen.move(point);
      }
    },
  };
  return pen;
}

function widthOf([fromX, fromY, before]: Point, [x, y, now, pressure]: Point): number {
  if (pressure !== undefined) return MIN_LINE_WIDTH + (MAX_LINE_WIDTH - MIN_LINE_WIDTH) * pressure;
  const speed = Math.hypot(x - fromX, y - fromY) / Math.max(1, now - before);
  return Math.max(MIN_LINE_WIDTH, MAX_LINE_WIDTH - speed * 2);
}
