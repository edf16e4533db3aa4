import type { ReactNode } from 'react';
import { Button } from 'antd';
import { useTexts } from '../texts';
import { Failure } from './failure';
import { Skeleton } from './skeleton';

/** The states of what is read from the api: on its way, failed, empty, or there. What is there stays while it is read again. */
export function Loaded<T>({
  query,
  empty,
  children,
}: {
  query: { data: T | undefined; error: unknown; isFetching: boolean; refetch: () => Promise<unknown> };
  /** The sentence for nothing; undefined if there is something. */
  empty?: (data: T) => string | undefined;
  children: (data: T) => ReactNode;
}) {
  const { state } = useTexts();
  const { data, error, isFetching, refetch } = query;
  const nothing = data === undefined ? undefined : empty?.(data);
  return (
    <>
      {error !== null && (
        <div role="group" className="stack">
          <Failure error={error} />
          <div>
            <Button loading={isFetching} onClick={() => void refetch()}>
              {state.again}
            </Button>
          </div>
        </div>
      )}
      {data === undefined && error === null && <Skeleton />}
      {nothing !== undefined && (
        <p className="empty" role="status">
          {nothing}
        </p>
      )}
      {data !== undefined && nothing === undefined && children(data)}
    </>
  );
}
