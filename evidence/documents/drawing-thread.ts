import { parentPort } from 'node:worker_threads';
import type { DocumentSource } from './document-source';
import { drawWith } from './drawing';
import type { Draw } from './drawing';
import { openFonts } from './fonts';

// The thread that draw-in-thread.ts starts. An error ends it, and the one who asked is told.

const draw = drawWith(openFonts());

parentPort?.on('message', ([kind, source, madeAt]: Parameters<Draw>) => {
  void draw(kind, withBuffer(source), madeAt).then((drawn) => parentPort?.postMessage(drawn));
});

/** Between threads a Buffer becomes a Uint8Array. */
function withBuffer(source: DocumentSource): DocumentSource {
  const { portrait } = source;
  if (typeof portrait === 'string') return source;
  return { ...source, portrait: { ...portrait, image: Buffer.from(portrait.image) } };
}
