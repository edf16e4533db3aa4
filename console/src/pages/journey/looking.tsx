import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { lookReasons } from '../../../../domain/looks';
import type { LookReason } from '../../../../domain/looks';
import { Failure } from '../../components/failure';
import { useTextsOf } from '../../texts';
import { journeyTexts } from '../../texts/journey';
import { lookReasonTexts } from '../../texts/look-reasons';
import type { Look } from './use-look';

const focus = (element: HTMLElement | null) => element?.focus();

/** A button that first asks why somebody looks at personal data; choosing the reason shows it. The focus goes to what takes its place. */
export function Looking<Data>({
  look,
  labels,
  children,
}: {
  look: Look<Data>;
  labels: {
    show: string;
    /** Says that it is shown. */
    shown: string;
    /** Without it, it is hidden elsewhere. */
    hide?: string;
  };
  children?: (shown: Data) => ReactNode;
}) {
  const { shown, ask, hide } = look;
  // What was pressed here last: elsewhere on the page it may be asked for and hidden too.
  const [pressed, setPressed] = useState<'show' | 'cancel' | 'reason' | 'hide'>();
  // It was shown by another part of the page.
  if (shown !== undefined && pressed === 'show') setPressed(undefined);
  if (shown === undefined && (pressed === 'show' || (pressed === 'reason' && isUnanswered(look))))
    return (
      <Reasons
        isPending={look.isPending}
        error={look.error}
        onChoose={(reason) => {
          setPressed('reason');
          ask(reason);
        }}
        onCancel={() => setPressed('cancel')}
      />
    );
  if (shown === undefined)
    return (
      <Button
        autoFocus={pressed === 'cancel' || pressed === 'hide'}
        disabled={look.isPending}
        onClick={() => setPressed('show')}
      >
        {labels.show}
      </Button>
    );
  return (
    <>
      <p className="hint" role="status" tabIndex={-1} ref={pressed === 'reason' ? focus : undefined}>
        {labels.shown}
      </p>
      {children?.(shown)}
      {labels.hide && (
        <Button
          onClick={() => {
            setPressed('hide');
            hide();
          }}
        >
          {labels.hide}
        </Button>
      )}
    </>
  );
}

const isUnanswered = ({ isPending, error }: Look<unknown>) => isPending || error !== null;

/** A button that asks why somebody looks at personal data. What is shown then takes its place. */
export function AskReason({ label, onChoose }: { label: string; onChoose: (reason: LookReason) => void }) {
  const [pressed, setPressed] = useState<'show' | 'cancel'>();
  if (pressed === 'show') return <Reasons onChoose={onChoose} onCancel={() => setPressed('cancel')} />;
  return (
    <Button autoFocus={pressed === 'cancel'} onClick={() => setPressed('show')}>
      {label}
    </Button>
  );
}

function Reasons({
  isPending = false,
  error = null,
  onChoose,
  onCancel,
}: {
  isPending?: boolean;
  error?: unknown;
  onChoose: (reason: LookReason) => void;
  onCancel: () => void;
}) {
  const words = useTextsOf(journeyTexts);
  const reasons = useTextsOf(lookReasonTexts);
  return (
    <div className="stack" role="group" aria-label={words.why} tabIndex={-1} ref={focus}>
      <p>
        <strong>{words.why}</strong> <span className="hint">{words.recorded}</span>
      </p>
      <div className="reasons">
        {lookReasons.map((reason) => (
          <Button key={reason} disabled={isPending} onClick={() => onChoose(reason)}>
            {reasons[reason]}
          </Button>
        ))}
        <Button type="text" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
      {error !== null && <Failure error={error} />}
    </div>
  );
}
