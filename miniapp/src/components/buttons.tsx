import { useRef, useState } from 'react';
import type { PropsWithChildren } from 'react';
import { useJourney } from '../journey';
import { useTexts, workingText } from '../texts';
import { Pressable } from './pressable';

interface ButtonProps {
  disabled?: boolean;
  /** While its promise lasts, the button says that it is working. */
  onPress: () => unknown;
  /** The step that the machine takes meanwhile. */
  workingStep?: string;
}

/** The one next step of a screen. */
export function PrimaryButton(props: PropsWithChildren<ButtonProps>) {
  return <ActionButton kind="primary" {...props} />;
}

export function SecondaryButton(props: PropsWithChildren<ButtonProps>) {
  return <ActionButton kind="secondary" {...props} />;
}

/** A grave choice that is not the next step: 「这不是我办的」, the window. */
export function PlainButton(props: PropsWithChildren<ButtonProps>) {
  return <ActionButton kind="plain" {...props} />;
}

function ActionButton({
  kind,
  disabled = false,
  onPress,
  workingStep,
  children,
}: PropsWithChildren<ButtonProps & { kind: string }>) {
  const texts = useTexts();
  const { isBusy } = useJourney();
  const [isWorking, setWorking] = useState(false);
  // A second press may come before React has drawn the first.
  const isPressed = useRef(false);
  const isOff = disabled || isBusy || isWorking;
  const press = async () => {
    if (isOff || isPressed.current) return;
    isPressed.current = true;
    setWorking(true);
    try {
      await onPress();
    } finally {
      isPressed.current = false;
      setWorking(false);
    }
  };
  return (
    <Pressable
      className={`action ${kind}${isOff ? ' off' : ''}`}
      disabled={isOff}
      aria-busy={isWorking}
      onPress={() => void press()}
    >
      {isWorking ? workingText(texts, workingStep) : children}
    </Pressable>
  );
}

/** Leads somewhere else, and changes nothing. */
export function LinkButton({ onPress, children }: PropsWithChildren<{ onPress: () => void }>) {
  return (
    <Pressable className="link" onPress={onPress}>
      {children}
    </Pressable>
  );
}
