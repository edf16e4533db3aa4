import type Router from '@koa/router';
import { z } from 'zod';
import { orReject } from './rejection';

/** How a server behaves: `up`, or one of its misbehaviours, for a number of requests if one was given. */
export interface ModeSwitch<M extends string> {
  /** The mode of a request that has come. */
  take(): M;
  /** The mode of the next request. */
  current(): M;
  reset(): void;
  /** `POST /admin/mode` sets it. */
  addTo(router: Router): void;
}

/** @param modes `up` and the misbehaviours */
export function createMode<const M extends string>(modes: readonly ['up', ...M[]]): ModeSwitch<'up' | M> {
  const schema = z.strictObject({
    mode: z.enum(modes),
    /** Number of requests with this mode; afterwards the mode is `up`. */
    times: z.number().int().min(1).optional(),
  });
  let current: { mode: 'up' | M; times?: number } = { mode: 'up' };
  return {
    take() {
      const { mode, times } = current;
      if (times !== undefined) current = times > 1 ? { mode, times: times - 1 } : { mode: 'up' };
      return mode;
    },
    current: () => current.mode,
    reset() {
      current = { mode: 'up' };
    },
    addTo(router) {
      router.post('/admin/mode', (ctx) => {
        current = orReject(schema.safeParse(ctx.request.body).data, 422, 'mode');
        ctx.body = current;
      });
    },
  };
}
