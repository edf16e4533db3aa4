import { defectOf } from './signature';
import type { Point, Signature, SignatureDefect } from './signature';

const pad = (strokes: Point[][]): Signature => ({ strokes, width: 600, height: 300 });

/** `count` points from `from` to `to`, the first of them `begun` milliseconds after the signature's. */
const line = (from: [number, number], to: [number, number], count = 20, begun = 0): Point[] =>
  Array.from({ length: count }, (_, at) => {
    const part = at / (count - 1);
    return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part, begun + at * 16];
  });

const written = [
  line([100, 80], [220, 80]),
  line([160, 50], [160, 220], 20, 500),
  line([120, 140], [210, 150], 20, 1_000),
  line([300, 60], [380, 230], 20, 1_500),
];

/** Up and down, 20 units across. */
const zigzag = (place: (along: number, across: number) => [number, number]): Point[] =>
  Array.from({ length: 60 }, (_, at) => [...place(at * 8, at % 2 === 0 ? 0 : 20), at * 16]);

/** The same strokes at other times. */
const timed = (timeOf: (t: number, at: number) => number) => {
  let at = 0;
  return pad(written.map((stroke) => stroke.map(([x, y, t]): Point => [x, y, timeOf(t, at++)])));
};

test.each<[string, Signature, SignatureDefect | undefined]>([
  ['a few strokes', pad(written), undefined],
  [
    'a curve in one stroke',
    pad([[...line([50, 50], [200, 200]), ...line([200, 200], [350, 60], 20, 320)]]),
    undefined,
  ],
  ['a small name', pad(written.map((stroke) => stroke.map(([x, y, t]) => [x / 3, y / 3, t]))), undefined],
  ['nothing', pad([]), 'signature_too_little'],
  ['a tap', pad([[[10, 10, 0]]]), 'signature_too_little'],
  ['a tick', pad([line([10, 10], [30, 40], 5), line([30, 40], [70, 5], 5, 80)]), 'signature_too_little'],
  ['many points on one spot', pad([line([50, 50], [50, 50], 200)]), 'signature_too_little'],
  ['a level line', pad([line([20, 100], [580, 104], 60)]), 'signature_a_line'],
  ['an upright line', pad([line([300, 10], [302, 290], 60)]), 'signature_a_line'],
  ['a slanting line', pad([line([20, 20], [580, 280], 60)]), 'signature_a_line'],
  [
    'a line there and back',
    pad([line([20, 20], [580, 280]), line([580, 280], [20, 20], 20, 400)]),
    'signature_a_line',
  ],
  ['beyond the edge', pad([...written, line([590, 100], [610, 120], 20, 2_000)]), 'signature_outside'],
  ['left of the edge', pad([...written, line([-1, 100], [20, 120], 20, 2_000)]), 'signature_outside'],
  ['above the edge', pad([...written, line([100, -1], [120, 20], 20, 2_000)]), 'signature_outside'],
  ['below the edge', pad([...written, line([100, 290], [120, 301], 20, 2_000)]), 'signature_outside'],
  ['up to every edge', pad([...written, line([0, 0], [600, 300], 20, 2_000)]), undefined],
  [
    'much ink in eleven points',
    pad([line([50, 50], [200, 200], 6), line([60, 200], [250, 60], 5, 200)]),
    'signature_too_little',
  ],
  [
    'the same in twelve points',
    pad([line([50, 50], [200, 200], 6), line([60, 200], [250, 60], 6, 200)]),
    undefined,
  ],
  [
    'much ink in a flat zigzag',
    pad([zigzag((along, across) => [50 + along, 100 + across])]),
    'signature_a_line',
  ],
  [
    'much ink in a narrow zigzag',
    pad([zigzag((along, across) => [100 + across, 20 + along / 2])]),
    'signature_a_line',
  ],
  ['a tenth of a second long', timed((_, at) => (at === 0 ? 0 : 100)), undefined],
  ['a little shorter', timed((_, at) => (at === 0 ? 0 : 99)), 'signature_times'],
  ['just an hour long', timed((_, at) => at * (3_600_000 / 79)), undefined],
  ['in no time', timed(() => 0), 'signature_times'],
  ['at one moment', timed(() => 1_700_000_000_000), 'signature_times'],
  ['faster than a hand', timed((_, at) => at), 'signature_times'],
  ['whose time goes backwards', timed((t) => 2_000 - t), 'signature_times'],
  [
    'one of whose strokes was written before the one before it',
    timed((t, at) => (at < 20 ? t + 600 : t)),
    'signature_times',
  ],
  ['that begins an hour after its beginning', timed((t) => t + 3_600_000), 'signature_times'],
  ['longer than an hour', timed((t) => t * 10_000), 'signature_times'],
  ['as a screen tells it, in steps', timed((t) => Math.floor(t / 100) * 100), undefined],
])('%s', (_, signature, defect) => {
  expect(defectOf(signature)).toBe(defect);
});

it('judges the same on a pad of any size', () => {
  const large = written.map((stroke) => stroke.map(([x, y, t]): Point => [x * 4, y * 4, t]));
  expect(defectOf({ strokes: large, width: 2400, height: 1200 })).toBeUndefined();
});
