import { z } from 'zod';

/** The mode in which the gateway serves calls: normally (`up`), or with a fault of network or server. */
export const modeSchema = z.strictObject({
  mode: z.enum([
    'up',
    /** Breaks the connection before the work. */
    'down',
    /** Responds after the caller's timeout. */
    'slow',
    '500',
    'garbage',
    'unsigned',
    'wrong-signature',
    /** In certificate mode: the response names another certificate, or none. */
    'other-certificate',
    'no-certificate',
    /** Does the work, then breaks the connection. */
    'lost-reply',
    /** Does the work twice, as if the call had arrived twice. */
    'duplicate',
    /** Sends a signed failure: the service is not available. */
    'unavailable',
  ]),
  /** Applies only to this method. */
  method: z.string().max(100).optional(),
  /** Number of calls with this mode; afterwards the mode is `up`. */
  times: z.number().int().min(1).optional(),
  delayMs: z.number().int().min(0).max(120_000).default(15_000),
});

export type Mode = z.infer<typeof modeSchema>;

export function createModes() {
  let current: Mode = { mode: 'up', delayMs: 0 };
  return {
    set(mode: Mode): void {
      current = mode;
    },
    get: () => current,
    /** The mode for this call, which is counted. */
    take(method: string | undefined): Mode {
      const { mode, method: only, times } = current;
      if (mode === 'up' || (only !== undefined && only !== method)) return { mode: 'up', delayMs: 0 };
      const taken = current;
      if (times !== undefined) {
        current = times > 1 ? { ...current, times: times - 1 } : { mode: 'up', delayMs: 0 };
      }
      return taken;
    },
  };
}
