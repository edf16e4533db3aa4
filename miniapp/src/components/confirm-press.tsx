import { View } from '@tarojs/components';
import { useTexts } from '../texts';
import { PrimaryButton, SecondaryButton } from './buttons';
import { Question } from './question';

/** A button whose effect can't be undone: it asks once, and says what is lost. */
export function ConfirmPress({
  kind,
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
  return (
    <Question kind={kind} label={label}>
      {(close) => (
        <>
          <View className="text">{loss}</View>
          <PrimaryButton onPress={onConfirm}>{confirm}</PrimaryButton>
          <SecondaryButton onPress={close}>{texts.back}</SecondaryButton>
        </>
      )}
    </Question>
  );
}
