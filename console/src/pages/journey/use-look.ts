import { useMutation } from '@tanstack/react-query';
import type { LookReason } from '../../../../domain/looks';
import { useSessionState } from '../../session';

/** Personal data that a clerk can ask for, with a reason. */
export interface Look<Data> {
  /** Undefined while it is hidden. */
  shown?: Data;
  ask: (reason: LookReason) => void;
  isPending: boolean;
  error: unknown;
  hide: () => void;
}

/**
 * Keeps what was asked for in this page only: leaving or reloading it hides it again. It is hidden too while the session is lost.
 * @param about what it belongs to: as soon as that changes, it is hidden
 */
export function useLook<Data>(about: string, read: (reason: LookReason) => Promise<Data>): Look<Data> {
  const { data, mutate, isPending, error, reset } = useMutation({
    mutationFn: async (reason: LookReason) => ({ shown: await read(reason), about }),
  });
  const isLost = useSessionState().kind === 'lost';
  const shown = !isLost && data?.about === about ? data.shown : undefined;
  return { shown, ask: mutate, isPending, error, hide: reset };
}
