import { View } from '@tarojs/components';
import { announcedMinutes, formatSeconds } from '../countdown';
import { fillIn, useTexts } from '../texts';

/** How long the person may still sign. It is announced to screen readers at a few marks, and read aloud whenever they come to it. */
export function Countdown({ from, left }: { from: number; left: number }) {
  const texts = useTexts();
  const minutes = announcedMinutes(from, left);
  return (
    <View className="countdown">
      <View role="timer">{fillIn(texts.timeLeft, { left: formatSeconds(left) })}</View>
      <View className="unseen" role="status">
        {minutes === undefined ? '' : fillIn(texts.minutesLeft, { minutes })}
      </View>
    </View>
  );
}
