import { View } from '@tarojs/components';
import type { Journey } from '../api-contract';
import { formatTime, fillIn, useTexts } from '../texts';

const cardFailures = ['bank_card_mismatch', 'bank_card_unusable'];

/** After a failure: how often this check may still fail today, and when the count starts anew. */
export function AttemptsLeft({ view: { attempts, step, notices } }: { view: Journey }) {
  const texts = useTexts();
  const hasFailed = step === 'face-failed' || notices.some(({ code }) => cardFailures.includes(code));
  if (!attempts || !hasFailed) return null;
  const { left, resetsAt } = attempts;
  return <View className="hint">{fillIn(texts.attemptsLeft, { left, at: formatTime(resetsAt) })}</View>;
}
