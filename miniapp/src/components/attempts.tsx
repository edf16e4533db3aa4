import { View } from '@tarojs/components';
import type { Journey } from '../api-contract';
import { formatTime, fillIn, useTexts } from '../texts';

/** How often this check may still fail today, and when the count starts anew. */
export function AttemptsLeft({ view: { attempts } }: { view: Journey }) {
  const texts = useTexts();
  if (!attempts) return null;
  const { left, resetsAt } = attempts;
  return <View className="hint">{fillIn(texts.attemptsLeft, { left, at: formatTime(resetsAt) })}</View>;
}
