import { View } from '@tarojs/components';
import { useTexts } from '../texts';

export type Result = 'success' | 'failure' | 'waiting';

/** How something ended, large enough to be understood without reading. */
export function ResultMark({ result }: { result: Result }) {
  const texts = useTexts();
  return <View className={`mark mark-${result}`} role="img" aria-label={texts.marks[result]} />;
}
