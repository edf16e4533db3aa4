import { View } from '@tarojs/components';
import type { Journey } from '../api';
import { filled, timeOf, useTexts } from '../texts';

/** What is left of today's attempts, and when they are counted anew. */
export function AttemptsLeft({ view: { attempts } }: { view: Journey }) {
  const texts = useTexts();
  if (!attempts) return null;
  const { left, resetsAt } = attempts;
  return <View className="hint">{filled(texts.attemptsLeft, { left, at: timeOf(resetsAt) })}</View>;
}
