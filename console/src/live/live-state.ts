import { useSyncExternalStore } from 'react';

let isLive: boolean | undefined;
const listeners = new Set<() => void>();

export function setLive(next: boolean | undefined): void {
  isLive = next;
  for (const listener of listeners) listener();
}

/** Whether changes are told at once; undefined as long as that is not known. */
export function useIsLive(): boolean | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isLive,
  );
}
