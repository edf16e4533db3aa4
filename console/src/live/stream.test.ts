import { expect, test } from 'vitest';
import { delayOf, followWorklist } from './stream';
import type { Source } from './stream';

/** Streams that a test plays. */
function playing() {
  const sources: {
    tell: (type: string, data?: unknown, readyState?: number) => void;
    isClosed: () => boolean;
  }[] = [];
  const waiting: (() => void)[] = [];
  const told: string[] = [];
  const stop = followWorklist({
    open() {
      const listeners: [string, (event: { data?: unknown }) => void][] = [];
      let readyState = 1;
      const source: Source = {
        get readyState() {
          return readyState;
        },
        addEventListener: (type, listener) => void listeners.push([type, listener]),
        close: () => void (readyState = 2),
      };
      sources.push({
        tell(type, data, state = 1) {
          readyState = state;
          for (const [of, listener] of listeners) if (of === type) listener({ data: JSON.stringify(data) });
        },
        isClosed: () => readyState === 2,
      });
      return source;
    },
    changed: ({ journey }) => void told.push(journey),
    readAgain: () => void told.push('all'),
    became: (state) => void told.push(state),
    later: (then) => waiting.push(then),
  });
  const next = () => waiting.shift()?.();
  return { sources, told, stop, next, waiting };
}

test('what may have been missed is read again: at the beginning, after a reset and after a refusal', () => {
  const { sources, told, next } = playing();
  sources[0]!.tell('ready', {});
  sources[0]!.tell('change', { journey: 'one' });
  // The browser takes it up itself, and the api tells what was missed.
  sources[0]!.tell('error', undefined, 0);
  sources[0]!.tell('ready', {});
  sources[0]!.tell('reset', {});
  sources[0]!.tell('error', undefined, 2);
  next();
  sources[1]!.tell('ready', {});
  expect(told).toEqual([
    ...['all', 'live', 'one', 'lost', 'live', 'all', 'live'],
    ...['refused', 'all', 'live'],
  ]);
});

test('a stream that is over is not opened again', () => {
  const { sources, stop, next, waiting } = playing();
  sources[0]!.tell('error', undefined, 2);
  stop();
  next();
  expect([sources.length, waiting.length, sources[0]!.isClosed()]).toEqual([1, 0, true]);
});

test('tries come later and later, and not all pages at once', () => {
  expect([0, 1, 2, 10].map((tries) => delayOf(tries, 1))).toEqual([1_000, 2_000, 4_000, 60_000]);
  expect(delayOf(10, 0)).toBe(30_000);
});
