import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Draw, Drawn } from './drawing';

/**
 * Draws in a thread of its own, one document after the other: a long text takes seconds, in which the worker must answer Temporal. The
 * thread starts with the first document and reads the fonts once. It keeps no process alive.
 */
export function drawInThread(): Draw {
  let thread: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function running(): Worker {
    if (thread) return thread;
    const started = new Worker(join(__dirname, 'drawing-thread.js'));
    // The next document starts another one.
    started.once('error', () => (thread = undefined));
    return (thread = started);
  }

  async function draw(...request: Parameters<Draw>): Promise<Drawn> {
    const drawing = running();
    drawing.ref();
    try {
      const answered = once(drawing, 'message');
      drawing.postMessage(request);
      // Throws the error that ends the thread.
      const [{ file, missing }] = (await answered) as [Drawn];
      return { file: Buffer.from(file), missing };
    } finally {
      drawing.unref();
    }
  }

  return (...request) => {
    const drawn = last.then(() => draw(...request));
    last = drawn.catch(() => undefined);
    return drawn;
  };
}
