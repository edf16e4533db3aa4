import type { Point, Signature } from '../../domain/signature';

/** The canvas as it lies on the screen, in pixels; turned, it is written on by who holds the phone sideways. */
export interface Pad {
  width: number;
  height: number;
  isTurned: boolean;
}

/** How wide and high it is to who writes on it. */
function sizeOf({ width, height, isTurned }: Pad): { width: number; height: number } {
  return isTurned ? { width: height, height: width } : { width, height };
}

/** How a signature lies on a pad that may not be the one it was begun on: as large as it can be, in the middle. */
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
 * Where a touch is in the signature: turned, what goes down the screen goes to the right. A finger that leaves the pad writes on at
 * its edge, so that no stroke is lost.
 */
export function fromPad(
  pad: Pad,
  { scale, left, top }: Placement,
  { x, y, pressure }: { x: number; y: number; pressure?: number },
  time: number,
): Point {
  const { width, height } = sizeOf(pad);
  const [right, down] = pad.isTurned ? [y, pad.width - x] : [x, y];
  const at = [
    rounded((within(right, width) - left) / scale),
    rounded((within(down, height) - top) / scale),
    time,
  ] as const;
  return pressure === undefined ? [...at] : [...at, Math.round(pressure * 100) / 100];
}

/** One stroke more. The first takes the measure of the pad; one that leaves that measure, on a larger pad, widens it. */
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

function within(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** What a pen needs of a canvas. */
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

/** Draws while somebody writes, or all of it anew. */
export interface Pen {
  down(point: Point): void;
  move(point: Point): void;
  draw(strokes: readonly Point[][]): void;
}

const WIDEST = 5;
const THINNEST = 1.8;

/** A pen whose line is rounded between the points, and thinner the faster it goes, or the less it is pressed. */
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
  let lineWidth = THINNEST;

  const pen: Pen = {
    down(point) {
      last = point;
      middle = [point[0], point[1]];
      lineWidth = (WIDEST + THINNEST) / 2;
      // A dot is a stroke too.
      context.beginPath();
      context.arc(point[0], point[1], lineWidth / 2, 0, Math.PI * 2);
      context.fill();
    },
    move(point) {
      if (!last || !middle) return;
      const next = [(last[0] + point[0]) / 2, (last[1] + point[1]) / 2] as const;
      // Widths follow slowly, or every uneven move of a hand would show.
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
  if (pressure !== undefined) return THINNEST + (WIDEST - THINNEST) * pressure;
  const speed = Math.hypot(x - fromX, y - fromY) / Math.max(1, now - before);
  return Math.max(THINNEST, WIDEST - speed * 2);
}
