import { z } from 'zod';
import { defineRoute } from '../define-route';
import type { Route } from '../define-route';
import type { ApiDependencies } from '../dependencies';

const health = z.strictObject({
  status: z.enum(['up', 'down']),
  parts: z.record(z.string(), z.enum(['up', 'down'])).optional(),
});

export function healthRoutes({ store, isTemporalUp }: ApiDependencies): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/health/live',
      summary: 'Whether the process serves requests',
      audience: 'public',
      responses: { 200: { description: 'It does', schema: health } },
      handle: async () => ({ body: { status: 'up' } }),
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
        const isUp = { database: await isDatabaseUp(), temporal: await isTemporalUp() };
        const parts = Object.fromEntries(
          Object.entries(isUp).map(([part, up]) => [part, up ? 'up' : 'down']),
        );
        const ready = isUp.database && isUp.temporal;
        return { status: ready ? 200 : 503, body: { status: ready ? 'up' : 'down', parts } };
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
