import { z } from 'zod';

/** How the gateway serves calls: well, or as networks and servers do at times. */
export const modeSchema = z.strictObject({
  mode: z.enum([
    'up',
    /** The connection breaks before anything is done. */
    'down',
    /** Answers later than anyone waits for. */
    'slow',
    '500',
    'garbage',
    'unsigned',
    'wrong-signature',
    /** In certificate mode: the answer names another certificate than its own, or none. */
    'other-certificate',
    'no-certificate',
    /** Does the work, then the connection breaks. */
    'lost-reply',
    /** The call arrives twice. */
    'duplicate',
    /** Says, signed, that it cannot serve at the moment. */
    'unavailable',
  ]),
  /** Only for this method. */
  method: z.string().max(100).optional(),
  /** For so many calls, then well again. */
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
    /** The mode for this call, which it uses up. */
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
