import { useCallback, useEffect, useState } from 'react';
import type { Method, PathOf, ResponseOf } from './api-contract';
import type { ApiRequest } from './api-request';
import { useJourney } from './journey';

/** What a page reads from the API. Without value and error it is on its way. */
export interface Query<T> {
  value?: T;
  error?: unknown;
  reload(): void;
}

/**
 * Reads something for a page. The last value stays until a newer one is there, or something else is to be read.
 * @param request undefined where there is nothing to read
 * @param version the value is read again when this changes
 */
export function useQuery<M extends Method, P extends PathOf<M>>(
  request: ApiRequest<M, P> | undefined,
  version?: unknown,
): Query<ResponseOf<M, P>> {
  const { read } = useJourney();
  const [state, setState] = useState<{
    request?: ApiRequest<M, P>;
    value?: ResponseOf<M, P>;
    error?: unknown;
  }>({
    request,
  });
  // A page makes its request anew whenever it is drawn; the first one for an address is the one that counts.
  if (state.request?.url !== request?.url) setState({ request });
  const [reloads, setReloads] = useState(0);
  const current = state.request;
  useEffect(() => {
    if (!current) return undefined;
    let isWanted = true;
    const set = (result: { value?: ResponseOf<M, P>; error?: unknown }) => {
      if (isWanted) setState((before) => ({ ...before, ...result }));
    };
    set({ error: undefined });
    read(current).then(
      (value) => set({ value, error: undefined }),
      (error: unknown) => set({ error, value: undefined }),
    );
    return () => {
      isWanted = false;
    };
  }, [current, version, reloads, read]);
  const reload = useCallback(() => setReloads((before) => before + 1), []);
  return { value: state.value, error: state.error, reload };
}
