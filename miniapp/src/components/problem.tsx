import { View } from '@tarojs/components';
import { useTexts } from '../texts';
import { SecondaryButton } from './buttons';

/** What went wrong with one part of a page, and the way to try it again if there is one. */
export function Problem({ text, onRetry }: { text: string; onRetry?: () => void }) {
  const texts = useTexts();
  return (
    <View className="problem" role="alert">
      <View>{text}</View>
      {onRetry && <SecondaryButton onPress={onRetry}>{texts.retry}</SecondaryButton>}
    </View>
  );
}
