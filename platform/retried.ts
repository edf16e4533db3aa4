import { setTimeout as pause } from 'node:timers/promises';

/** Work that is tried again until it succeeds. */
export interface Retried {
  /** Resolves once the work has succeeded or, after this call, the try that was under way has ended. */
  stop(): Promise<void>;
}

/** Begins work that a process can do without for a while. @param failed is told why a try failed */
export function retried(
  work: () => Promise<void>,
  { everyMs, failed }: { everyMs: number; failed: (error: unknown) => void },
): Retried {
  const stopping = new AbortController();
  const { signal } = stopping;
  const going = (async () => {
    while (!signal.aborted) {
      try {
        await work();
        return;
      } catch (error) {
        failed(error);
        await pause(everyMs, undefined, { signal }).catch(() => undefined);
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await going;
    },
  };
}
