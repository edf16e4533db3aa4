import { View } from '@tarojs/components';
import { useTexts } from '../texts';

/** Stands where a text will be that is on its way, and is about as high. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const texts = useTexts();
  return (
    <View className="skeleton" role="status">
      <View className="unseen">{texts.working}</View>
      {Array.from({ length: lines }, (_, line) => (
        <View key={line} className="skeleton-bar" />
      ))}
    </View>
  );
}
