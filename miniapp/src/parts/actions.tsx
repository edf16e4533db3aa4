import { useRef, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { atWork, useTexts } from '../texts';
import { Tappable } from './tappable';

interface Tapped {
  disabled?: boolean;
  /** While it lasts, the button says that it is at work. */
  onTap: () => void | Promise<unknown>;
  /** What the machine then does. */
  doing?: string;
}

/** The one next step of a screen. */
export function Primary(props: PropsWithChildren<Tapped>) {
  return <Action kind="primary" {...props} />;
}

export function Secondary(props: PropsWithChildren<Tapped>) {
  return <Action kind="secondary" {...props} />;
}

/** What is weighty and not the next step: 「这不是我办的」, the window. */
export function Plain(props: PropsWithChildren<Tapped>) {
  return <Action kind="plain" {...props} />;
}

function Action({
  kind,
  disabled = false,
  onTap,
  doing,
  children,
}: PropsWithChildren<Tapped & { kind: string }>) {
  const texts = useTexts();
  const { isBusy } = useJourney();
  const [isMine, setMine] = useState(false);
  // What is drawn follows a tap late: a second one comes before.
  const isTapped = useRef(false);
  const isOff = disabled || isBusy || isMine;
  const tap = async () => {
    if (isOff || isTapped.current) return;
    isTapped.current = true;
    setMine(true);
    try {
      await onTap();
    } finally {
      isTapped.current = false;
      setMine(false);
    }
  };
  return (
    <Tappable
      className={`action ${kind}${isOff ? ' off' : ''}`}
      disabled={isOff}
      aria-busy={isMine}
      onTap={() => void tap()}
    >
      {isMine ? atWork(texts, doing) : children}
    </Tappable>
  );
}

/** Leads somewhere else, and changes nothing. */
export function Link({ onTap, children }: PropsWithChildren<{ onTap: () => void }>) {
  return (
    <Tappable className="link" onTap={onTap}>
      {children}
    </Tappable>
  );
}
