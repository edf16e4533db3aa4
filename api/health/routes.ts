import { z } from 'zod';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

const state = z.enum(['up', 'down']);

const health = z.strictObject({
  status: state,
  parts: z.strictObject({ database: state, temporal: state }).optional(),
});

export function healthRoutes({ store, isTemporalUp, leaving }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/health/live',
      summary: 'Whether the process serves requests',
      audience: 'public',
      responses: { 200: { description: 'It does', schema: health } },
      handle: async () => ({ status: 200, body: { status: 'up' } }),
    }),
    defineRoute({
      method: 'get',
      path: '/health/serving',
      summary: 'Whether a balancer is to send requests to this process',
      audience: 'public',
      responses: {
        200: { description: 'It is, whether the database and Temporal answer or not', schema: health },
        503: { description: 'It is not: the process is about to end', schema: health },
      },
      async handle() {
        return { status: leaving.aborted ? 503 : 200, body: { status: stateOf(!leaving.aborted) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/health/ready',
      summary: 'Whether everything behind it answers too',
      audience: 'public',
      responses: {
        200: { description: 'It does', schema: health },
        503: { description: 'The parts that do not are named', schema: health },
      },
      async handle() {
        const [database, temporal] = await Promise.all([isDatabaseUp(), isTemporalUp()]);
        const parts = { database: stateOf(database), temporal: stateOf(temporal) };
        const isReady = database && temporal;
        return { status: isReady ? 200 : 503, body: { status: stateOf(isReady), parts } };
      },
    }),
  ];

  // A table of ours, so that a database before its migration is not ready.
  async function isDatabaseUp(): Promise<boolean> {
    try {
      await store.knex('journeys').limit(1).select('id');
      return true;
    } catch {
      return false;
    }
  }
}

function stateOf(isUp: boolean): z.infer<typeof state> {
  return isUp ? 'up' : 'down';
}
