import { View } from '@tarojs/components';
import { useEffect, useId, useRef, useState } from 'react';
import { platform } from '../platform';
import { useTexts } from '../texts';
import { PlainButton, PrimaryButton, SecondaryButton } from './buttons';

/**
 * A button whose effect can't be undone: it asks once, and says what is lost. The focus of keys and screen readers goes into
 * the question, and back to the button if the person goes back.
 */
export function ConfirmPress({
  kind = 'secondary',
  label,
  loss,
  confirm,
  onConfirm,
}: {
  kind?: 'secondary' | 'plain';
  label: string;
  /** What is lost, and what stays. */
  loss: string;
  /** Names the effect: the button of the question. */
  confirm: string;
  onConfirm: () => unknown;
}) {
  const texts = useTexts();
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
        <View className="card" role="group" aria-label={label} {...forKeys}>
          <View className="text">{loss}</View>
          <PrimaryButton onPress={onConfirm}>{confirm}</PrimaryButton>
          <SecondaryButton onPress={() => setOpen(false)}>{texts.back}</SecondaryButton>
        </View>
      ) : (
        <Button onPress={() => setOpen(true)}>{label}</Button>
      )}
    </View>
  );
}
