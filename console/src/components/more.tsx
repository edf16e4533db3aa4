import { Button } from 'antd';
import { useTexts } from '../texts';

/** Reads the next page of a list. */
export function More({
  query: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}) {
  const { state } = useTexts();
  if (!hasNextPage) return null;
  return (
    <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
      {state.more}
    </Button>
  );
}
