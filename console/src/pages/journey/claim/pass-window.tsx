import type { ReactNode } from 'react';
import { Button } from 'antd';
import { Dialog } from '../../../components/dialog';
import { Failure } from '../../../components/failure';
import { useTextsOf } from '../../../texts';
import { claimTexts } from '../../../texts/claim';

/** What every window has that passes a journey on. */
export interface Passing {
  id: string;
  /** @param said what was done */
  onDone: (said: string) => void;
  onClose: () => void;
}

export function PassWindow({
  title,
  hint,
  error,
  isPending,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  hint: string;
  error: unknown;
  isPending: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const words = useTextsOf(claimTexts);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <p className="hint">{hint}</p>
        {error !== null && <Failure error={error} />}
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={isPending}>
            {words.confirm}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
