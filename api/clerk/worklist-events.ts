import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { changesMissed, newestChange } from '../../db/decisions/worklist-feed';
import type { WorklistEvent } from '../../db/decisions/worklist-feed';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

// Open pages of one clerk on this api.
const MOST_OF_CLERK = 10;
// What a page that does not read may have waiting for it.
const MOST_WAITING_BYTES = 64 * 1024;
const RECONNECT_MS = 2_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Proxies such as nginx pass each event on at once.
  'X-Accel-Buffering': 'no',
  // So that nothing is left of it when the api stops.
  Connection: 'close',
};

/** Tells open pages which entries of the worklist have changed. */
export function worklistEventsRoute({ store, worklistFeed }: ApiDependencies): Route {
  const open = new Map<string, number>();
  return defineRoute({
    method: 'get',
    path: '/api/clerk/worklist/events',
    summary: 'Server-sent events: which journeys have come to the worklist, changed in it or left it',
    audience: 'clerk',
    right: 'see',
    action: 'watch-worklist',
    background: true,
    query: z.strictObject({}),
    responses: {
      200: {
        description:
          'Events `change` with `{journey, change, isWaiting}`; `ready` at the beginning; `reset` where the list has to be read again',
        mediaType: 'text/event-stream',
      },
    },
    async handle({ clerk, clerkSession: { token }, lastEventId }) {
      if ((open.get(clerk.id) ?? 0) >= MOST_OF_CLERK)
        throw new ApiError('too_many_requests', { retryAfter: 60 });
      const stream = new PassThrough();
      const write = (text: string): void => {
        if (stream.writableLength > MOST_WAITING_BYTES) stream.destroy();
        else stream.write(text);
      };
      open.set(clerk.id, (open.get(clerk.id) ?? 0) + 1);
      // First it listens, so that nothing is lost between what it missed and what comes.
      const stop = worklistFeed.listen({
        scope: clerk.scope,
        token,
        changed: (event) => write(textOf(event)),
        beat: () => write(':\n\n'),
        end: () => stream.end(),
      });
      stream.once('close', () => {
        stop();
        const left = (open.get(clerk.id) ?? 1) - 1;
        if (left > 0) open.set(clerk.id, left);
        else open.delete(clerk.id);
      });
      try {
        const last = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : undefined;
        const newest = await newestChange(store.knex);
        const missed =
          last === undefined ? [] : await changesMissed(store.knex, { last, scope: clerk.scope });
        write(`retry: ${RECONNECT_MS}\nid: ${newest}\nevent: ${missed ? 'ready' : 'reset'}\ndata: {}\n\n`);
        for (const event of missed ?? []) write(textOf(event));
      } catch (error) {
        stream.destroy();
        throw error;
      }
      return { status: 200, headers: HEADERS, body: stream };
    },
  });
}

function textOf({ id, journey, isWaiting }: WorklistEvent): string {
  return `id: ${id}\nevent: change\ndata: ${JSON.stringify({ journey, change: id, isWaiting })}\n\n`;
}
