import { View } from '@tarojs/components';
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { platform } from '../platform';
import { PlainButton, SecondaryButton } from './buttons';

/**
 * A button in whose place a question comes. The focus of keys and screen readers goes into the question, and back to the button if
 * the person goes back.
 */
export function Question({
  kind = 'secondary',
  label,
  children,
}: {
  kind?: 'secondary' | 'plain';
  label: string;
  /** The question; `close` brings the button back. */
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const place = useId();
  const hasMoved = useRef(false);
  useEffect(() => {
    if (isOpen || hasMoved.current) platform.focus(place);
    hasMoved.current = isOpen;
  }, [isOpen, place]);
  const Button = kind === 'plain' ? PlainButton : SecondaryButton;
  // Taro's types know no keys.
  const forKeys: object = { tabIndex: -1 };
  // Taro moves what is in a new element once more, by which it loses the focus: this one is there before and after.
  return (
    <View id={place}>
      {isOpen ? (
        <View className="card question" role="group" aria-label={label} {...forKeys}>
          {children(() => setOpen(false))}
        </View>
      ) : (
        <Button onPress={() => setOpen(true)}>{label}</Button>
      )}
    </View>
  );
}
