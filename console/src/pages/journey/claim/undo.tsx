import { useEffect, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { Done } from '../../../components/done';
import { Failure } from '../../../components/failure';
import { useKeys } from '../../../keys';
import { useTextsOf } from '../../../texts';
import { decidingTexts } from '../../../texts/deciding';

const SECONDS = 10;

/** Says what was done about the work on a journey, and offers to take it back for ten seconds. */
export function Undoable({
  said,
  undo,
  onUndone,
}: {
  said: string;
  undo: () => Promise<unknown>;
  onUndone: (said: string) => void;
}) {
  const words = useTextsOf(decidingTexts);
  const [left, setLeft] = useState(SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1_000);
    return () => clearInterval(timer);
  }, []);
  const { mutate, error, isPending, isIdle } = useMutation({
    mutationFn: undo,
    onSuccess: () => onUndone(words.undone),
  });
  const canUndo = left > 0 && isIdle;
  useKeys({ undo: () => canUndo && mutate() });
  return (
    <>
      <Done title={said} />
      {error && <Failure error={error} />}
      {(canUndo || isPending) && (
        <div>
          <Button aria-keyshortcuts="z" loading={isPending} onClick={() => mutate()}>
            {words.undoLast(left)}
          </Button>
        </div>
      )}
    </>
  );
}
