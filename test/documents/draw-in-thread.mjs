// Draws documents in the thread of the compiled product, whose layout differs from that of the sources.
// `node draw-in-thread.mjs FILE`: the file holds what to draw (node:v8). Writes a line of JSON: the SHA-256 of each document or its
// error, and for how long nothing else ran meanwhile.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { deserialize } from 'node:v8';

const require = createRequire(import.meta.url);
const folder = join(import.meta.dirname, '../../dist/evidence/documents');
/** @type {typeof import('../../evidence/documents/draw-in-thread.ts')} */
const { drawInThread } = require(join(folder, 'draw-in-thread.js'));

const draw = drawInThread();
const requests = deserialize(readFileSync(process.argv[2] ?? ''));
let [last, blockedMs] = [performance.now(), 0];
const ticking = setInterval(() => {
  const now = performance.now();
  [last, blockedMs] = [now, Math.max(blockedMs, now - last)];
}, 5);
const began = performance.now();
const settled = await Promise.allSettled(
  requests.map((/** @type {Parameters<typeof draw>} */ request) => draw(...request)),
);
clearInterval(ticking);
const drawn = settled.map((one) =>
  one.status === 'fulfilled'
    ? createHash('sha256').update(one.value.file).digest('hex')
    : String(one.reason.name),
);
process.stdout.write(`${JSON.stringify({ drawn, blockedMs, tookMs: performance.now() - began })}\n`);
