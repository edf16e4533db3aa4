import { View } from '@tarojs/components';
import { useTexts } from '../texts';

/** Stands where a text will be that is on its way, and is about as high. @param what is done meanwhile, where that is worth saying */
export function Skeleton({ what, lines = 3 }: { what?: string; lines?: number }) {
  const texts = useTexts();
  return (
    <View className="skeleton" role="status">
      <View className={what ? 'hint' : 'unseen'}>{what ?? texts.working}</View>
      {Array.from({ length: lines }, (_, line) => (
        <View key={line} className="skeleton-bar" />
      ))}
    </View>
  );
}
